/** Calls to the server: the Data API's operations, as the user who is logged in. */

export class ApiError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

let token = '';
let onLoggedOut: () => void = () => undefined;

/** What to send with every call; empty when logged out. */
export function setToken(value: string): void {
  token = value;
}

export function whenLoggedOut(action: () => void): void {
  onLoggedOut = action;
}

type Members = Record<string, unknown>;

export function call<T>(operation: string, members: Members = {}): Promise<T> {
  return post<T>(operation, JSON.stringify(members), { 'content-type': 'application/json' });
}

/** Sends the next piece of a file, and gives the file's location. */
export async function uploadPiece(
  location: string,
  name: string,
  offset: number,
  piece: Blob,
): Promise<string> {
  const { Location } = await post<{ Location: string }>('Upload', piece, {
    'content-type': 'application/octet-stream',
    'x-redward-upload-location': encodeURIComponent(location),
    'x-redward-upload-name': encodeURIComponent(name),
    'x-redward-upload-offset': String(offset),
  });
  return Location;
}

async function post<T>(
  operation: string,
  body: string | Blob,
  headers: Record<string, string>,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/console/api/${operation}`, {
      method: 'POST',
      headers: { ...headers, 'x-redward-csrf': token },
      body,
      credentials: 'same-origin',
    });
  } catch {
    throw new ApiError('Unreachable', 'The server does not answer.', 0);
  }
  const answer = (await response.json().catch(() => ({}))) as Members;
  if (!response.ok) {
    const type = text(answer['__type']) || 'Error';
    if (type === 'NotLoggedInException') {
      onLoggedOut();
    }
    throw new ApiError(type, text(answer['message']) || response.statusText, response.status);
  }
  return answer as T;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

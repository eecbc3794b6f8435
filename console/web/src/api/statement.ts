import { ApiError, call } from './call';
import type { Described, Page, Submitted } from './types';

function parameters(values: Readonly<Record<string, string>>): object {
  const named = Object.entries(values).map(([name, value]) => ({ name, value }));
  return named.length > 0 ? { Parameters: named } : {};
}

/** A session of the warehouse kept for one tab, so that settings and temporary tables last. */
export class TabSession {
  private id = '';
  private readonly keepSeconds = 3600;
  /** True if the last statement found its session gone and went to a new one. */
  renewed = false;

  constructor(readonly database: string) {}

  async submit(sql: string, values: Readonly<Record<string, string>> = {}): Promise<Submitted> {
    this.renewed = false;
    const given = parameters(values);
    if (this.id) {
      try {
        return await this.remember(
          call<Submitted>('ExecuteStatement', {
            Sql: sql,
            SessionId: this.id,
            SessionKeepAliveSeconds: this.keepSeconds,
            ResultFormat: 'TEXT',
            ...given,
          }),
        );
      } catch (error) {
        if (!(error instanceof ApiError) || error.type !== 'ResourceNotFoundException') {
          throw error;
        }
        this.renewed = true;
      }
    }
    return this.remember(
      call<Submitted>('ExecuteStatement', {
        Sql: sql,
        Database: this.database,
        SessionKeepAliveSeconds: this.keepSeconds,
        ResultFormat: 'TEXT',
        ...given,
      }),
    );
  }

  private async remember(submitted: Promise<Submitted>): Promise<Submitted> {
    const answer = await submitted;
    this.id = answer.SessionId ?? '';
    return answer;
  }
}

const ENDED = new Set(['FINISHED', 'FAILED', 'ABORTED']);

/** Waits for the end of a statement. */
export async function awaitEnd(
  id: string,
  onStep: (described: Described) => void = () => undefined,
): Promise<Described> {
  for (let seconds = 0; ; seconds = 1) {
    const described = await call<Described>('DescribeStatement', {
      Id: id,
      WaitTimeSeconds: seconds,
    });
    onStep(described);
    if (ENDED.has(described.Status)) {
      return described;
    }
  }
}

export function cancel(id: string): Promise<unknown> {
  return call('CancelStatement', { Id: id });
}

export function pageAt(id: string, row: number): Promise<Page> {
  return call<Page>('GetStatementResult', { Id: id, FirstRow: row });
}

/** What marks a query as the console's own, so that it is not listed among the user's. */
export const OWN = '/* redward:console */';

/** Runs a statement of the console's own and gives its rows, at most one page. */
export async function query(
  database: string,
  sql: string,
  values: Readonly<Record<string, string>> = {},
): Promise<Record<string, string | null>[]> {
  const submitted = await call<Submitted>('ExecuteStatement', {
    Sql: sql.replace(/^select\b/i, `select ${OWN}`),
    Database: database,
    ResultFormat: 'TEXT',
    WaitTimeSeconds: 10,
    ...parameters(values),
  });
  const end = await awaitEnd(submitted.Id);
  if (end.Status !== 'FINISHED') {
    throw new ApiError('StatementError', end.Error ?? 'The statement was stopped.', 400);
  }
  if (!end.HasResultSet) {
    return [];
  }
  const page = await pageAt(submitted.Id, 0);
  const names = page.ColumnMetadata.map((column) => column.name);
  return page.Records.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}

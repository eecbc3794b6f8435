import { ApiError, call, uploadPiece } from '../api/call';
import { query } from '../api/statement';
import { identifier, literal } from '../sql/quote';

/** A file that has been handed over and looked at. */
export interface Uploaded {
  location: string;
  name: string;
  bytes: number;
  columns: { name: string; type: string }[];
  sample: Record<string, string | null>[];
}

const PIECE_BYTES = 4 << 20;
export const MOST_BYTES = 512 * 1024 * 1024;
const SAMPLE_ROWS = 20;

/** Sends a file piece by piece and reads what its columns are. */
export async function upload(
  database: string,
  file: File,
  onprogress: (share: number) => void,
): Promise<Uploaded> {
  if (file.size > MOST_BYTES) {
    throw new ApiError('TooLarge', `A file may have ${MOST_BYTES >> 20} MB; COPY takes more.`, 400);
  }
  const name = file.name.replace(/[^\w .()+-]/g, '_').replace(/^[^\w]+/, '') || 'file.csv';
  let location = '';
  let sent = 0;
  do {
    const piece = file.slice(sent, sent + PIECE_BYTES);
    location = await uploadPiece(location, name, sent, piece);
    sent += piece.size;
    onprogress(file.size > 0 ? sent / file.size : 1);
  } while (sent < file.size);
  try {
    const described = await query(database, `describe select * from ${literal(location)}`);
    const sample = await query(
      database,
      `select * from ${literal(location)} limit ${SAMPLE_ROWS}`,
    );
    const columns = described.map((row) => {
      const [columnName, type] = Object.values(row);
      return { name: columnName ?? '', type: type ?? '' };
    });
    return { location, name, bytes: file.size, columns, sample };
  } catch (error) {
    await forget(location);
    throw error;
  }
}

export async function forget(location: string): Promise<void> {
  await call('ForgetUpload', { Location: location }).catch(() => undefined);
}

/** A table's name for a file. */
export function tableName(file: string): string {
  const stem = file.replace(/\..*$/, '').toLowerCase();
  return stem.replace(/\W+/g, '_').replace(/^(\d)/, '_$1') || 'loaded';
}

/** What makes the table and fills it, shown before it is run. */
export function statements(
  uploaded: Uploaded,
  schema: string,
  table: string,
  columns: readonly { name: string; type: string }[],
  create: boolean,
): string[] {
  const into = `${identifier(schema)}.${identifier(table)}`;
  const names = columns.map((column) => identifier(column.name));
  const definition = columns.map(
    (column, index) => `  ${names[index]} ${column.type}`,
  );
  return [
    ...(create ? [`create table ${into} (\n${definition.join(',\n')}\n)`] : []),
    `insert into ${into} (${names.join(', ')})\nselect * from ${literal(uploaded.location)}`,
  ];
}

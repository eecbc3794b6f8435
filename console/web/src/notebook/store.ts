import { ApiError, call } from '../api/call';
import { awaitEnd, query } from '../api/statement';
import type { Submitted } from '../api/types';
import { identifier, literal } from '../sql/quote';

/**
 * Notebooks and saved queries are rows of tables of the user's own, `public.notebooks_of_<user>` and
 * `public.queries_of_<user>`, so that they are backed up, shared (GRANT SELECT) and queried like
 * anything else. A text is kept in parts, since a VARCHAR holds 65,535 bytes.
 */
export type Kind = 'notebooks' | 'queries';

const PART_CHARACTERS = 12_000;

export interface Entry {
  id: string;
  name: string;
  changedAt: string;
}

/** The table that the texts of a user are in. */
export function tableOf(kind: Kind, user: string): string {
  return `public.${identifier(`${kind}_of_${user.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`)}`;
}

/** True if the error says that the table is not there yet. */
function missing(error: unknown): boolean {
  return error instanceof ApiError && /does not exist/.test(error.message);
}

export async function list(kind: Kind, database: string, user: string): Promise<Entry[]> {
  try {
    const rows = await query(
      database,
      `select id, name, max(changed_at) as changed_at from ${tableOf(kind, user)} group by 1, 2 order by 2`,
    );
    return rows.map((row) => ({
      id: row.id ?? '',
      name: row.name ?? '',
      changedAt: row.changed_at ?? '',
    }));
  } catch (error) {
    if (missing(error)) {
      return [];
    }
    throw error;
  }
}

/** Notebooks of other users that they have granted to this one. */
export async function listOthers(database: string): Promise<(Entry & { user: string })[]> {
  const found = await query(
    database,
    `select trim(u.usename) as owner from pg_class c
     join pg_namespace n on n.oid = c.relnamespace join pg_user u on u.usesysid = c.relowner
     where n.nspname = 'public' and c.relname like 'notebooks_of_%' and u.usename <> current_user
     and c.relname = 'notebooks_of_' || u.usename
     and has_table_privilege(c.oid, 'select') limit 50`,
  );
  const others: (Entry & { user: string })[] = [];
  for (const row of found) {
    const owner = row.owner ?? '';
    const entries = await list('notebooks', database, owner);
    others.push(...entries.map((entry) => ({ ...entry, user: owner })));
  }
  return others;
}

export async function read(
  kind: Kind,
  database: string,
  user: string,
  id: string,
): Promise<string> {
  const rows = await query(
    database,
    `select body from ${tableOf(kind, user)} where id = ${literal(id)} order by part`,
  );
  return rows.map((row) => row.body ?? '').join('');
}

async function batch(database: string, statements: readonly string[]): Promise<void> {
  const { Id } = await call<Submitted>('BatchExecuteStatement', {
    Sqls: statements,
    Database: database,
  });
  const end = await awaitEnd(Id);
  if (end.Status !== 'FINISHED') {
    throw new ApiError('StatementError', end.Error ?? 'It was not saved.', 400);
  }
}

function parts(text: string): string[] {
  const characters = [...text];
  const found: string[] = [];
  for (let at = 0; at < characters.length || at === 0; at += PART_CHARACTERS) {
    found.push(characters.slice(at, at + PART_CHARACTERS).join(''));
  }
  return found;
}

/** Replaces a text, or writes it for the first time, in one transaction. */
export async function write(
  kind: Kind,
  database: string,
  user: string,
  id: string,
  name: string,
  text: string,
): Promise<void> {
  const into = tableOf(kind, user);
  const rows = parts(text).map(
    (body, index) =>
      `(${literal(id)}, ${literal(name)}, ${index}, ${literal(body)}, getdate()::timestamp)`,
  );
  const replace = [
    `delete from ${into} where id = ${literal(id)}`,
    `insert into ${into} values ${rows.join(', ')}`,
  ];
  try {
    await batch(database, replace);
  } catch (error) {
    if (!missing(error)) {
      throw error;
    }
    await batch(database, [
      `create table if not exists ${into} (id varchar(36) not null, name varchar(256) not null,
       part integer not null, body varchar(65535), changed_at timestamp) diststyle all`,
    ]);
    await batch(database, replace);
  }
}

export function remove(
  kind: Kind,
  database: string,
  user: string,
  id: string,
): Promise<void> {
  return batch(database, [`delete from ${tableOf(kind, user)} where id = ${literal(id)}`]);
}

import { ApiError } from '../api/call';
import { query } from '../api/statement';
import { identifier } from '../sql/quote';

/**
 * Schedules are rows of the user's own table `public.schedules_of_<user>`, which the server looks at
 * and runs in that user's name; what came of each run is in `public.schedule_runs_of_<user>`.
 */
export interface Schedule {
  id: string;
  name: string;
  timing: string;
  body: string;
  notebook: string;
  enabled: boolean;
}

export type Row = Record<string, string | null>;

function table(kind: 'schedules' | 'schedule_runs', user: string): string {
  return `public.${identifier(`${kind}_of_${user.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`)}`;
}

function missing(error: unknown): boolean {
  return error instanceof ApiError && /does not exist/.test(error.message);
}

async function orNone(rows: Promise<Row[]>): Promise<Row[]> {
  try {
    return await rows;
  } catch (error) {
    if (missing(error)) {
      return [];
    }
    throw error;
  }
}

export function schedules(database: string, user: string): Promise<Row[]> {
  return orNone(
    query(
      database,
      `select id, name, timing, body, notebook, enabled, created_at
       from ${table('schedules', user)} order by name`,
    ),
  );
}

export function runs(database: string, user: string): Promise<Row[]> {
  return orNone(
    query(
      database,
      `select name, status, due_at, started_at, datediff(ms, started_at, ended_at) as took, rows, error
       from ${table('schedule_runs', user)} order by due_at desc limit 300`,
    ),
  );
}

/** Adds a schedule that is switched off, or changes when it runs. */
export async function write(database: string, user: string, schedule: Schedule): Promise<void> {
  const into = table('schedules', user);
  const values = {
    id: schedule.id,
    name: schedule.name,
    timing: schedule.timing,
    body: schedule.body,
    notebook: schedule.notebook,
  };
  const insert = (): Promise<Row[]> =>
    query(
      database,
      `insert into ${into} (id, name, timing, body, notebook, enabled, created_at)
       values (:id, :name, :timing, :body, nullif(:notebook, ''), false, getdate()::timestamp)`,
      values,
    );
  try {
    await insert();
  } catch (error) {
    if (!missing(error)) {
      throw error;
    }
    await query(
      database,
      `create table if not exists ${into} (id varchar(36) not null, name varchar(256) not null,
       timing varchar(256) not null, body varchar(65535), notebook varchar(36),
       enabled boolean default false, created_at timestamp default getdate()) diststyle all`,
    );
    await insert();
  }
}

export async function change(
  database: string,
  user: string,
  id: string,
  timing: string,
  enabled: boolean,
): Promise<void> {
  await query(
    database,
    `update ${table('schedules', user)} set timing = :timing, enabled = ${enabled} where id = :id`,
    { id, timing },
  );
}

export async function remove(database: string, user: string, id: string): Promise<void> {
  await query(database, `delete from ${table('schedules', user)} where id = :id`, { id });
}

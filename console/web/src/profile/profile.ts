import { OWN, query } from '../api/statement';
import { identifier } from '../sql/quote';
import type { Relation } from '../state/catalog.svelte';

/** What a column holds. */
export interface ColumnProfile {
  name: string;
  type: string;
  least: string;
  greatest: string;
  average: string;
  distinct: number;
  rows: number;
  /** Of the rows, from 0 to 1. */
  missing: number;
}

/** Rows whose values lie in one of the equal parts of the range, or that have one value. */
export interface Bar {
  label: string;
  rows: number;
}

const PARTS = 20;
const VALUES = 8;

export function tableName(relation: Relation): string {
  return `${identifier(relation.schema)}.${identifier(relation.name)}`;
}

export async function profile(database: string, relation: Relation): Promise<ColumnProfile[]> {
  const rows = await query(database, `summarize ${OWN} ${tableName(relation)}`);
  return rows.map((row) => ({
    name: row.column_name ?? '',
    type: row.column_type ?? '',
    least: row.min ?? '',
    greatest: row.max ?? '',
    average: row.avg ?? '',
    distinct: Number(row.approx_unique ?? 0),
    rows: Number(row.count ?? 0),
    missing: Number.parseFloat(row.null_percentage ?? '0') / 100,
  }));
}

/** How a type's values are put on a line; nothing if they are only told apart. */
export function onLine(type: string, column: string): string | undefined {
  if (/^(smallint|integer|bigint|numeric|real|double)/.test(type)) {
    return `${column}::float8`;
  }
  return /^(date|timestamp)/.test(type) ? `extract(epoch from ${column})::float8` : undefined;
}

export function histogramSql(relation: Relation, column: ColumnProfile): string {
  const name = identifier(column.name);
  const value = onLine(column.type, name);
  const from = `from ${tableName(relation)} where ${name} is not null`;
  if (value) {
    return `select coalesce(least(${PARTS - 1}, floor((v - lo) * ${PARTS} / nullif(hi - lo, 0))), 0)::int
as part, count(*) as n from (select ${value} as v ${from}) a
cross join (select min(${value}) as lo, max(${value}) as hi ${from}) b group by 1 order by 1`;
  }
  return `select left(${name}::varchar(max), 40) as part, count(*) as n ${from}
group by 1 order by 2 desc, 1 limit ${VALUES}`;
}

/** Bars over the range of a column, or of its most frequent values; none for other types. */
export async function histogram(
  database: string,
  relation: Relation,
  column: ColumnProfile,
): Promise<Bar[]> {
  if (/^(super|geometry|geography|binary varying|hllsketch)/.test(column.type)) {
    return [];
  }
  const rows = await query(database, histogramSql(relation, column));
  const found = rows.map((row) => ({ label: row.part ?? '', rows: Number(row.n ?? 0) }));
  if (!onLine(column.type, column.name)) {
    return found;
  }
  const byPart = new Map(found.map((bar) => [Number(bar.label), bar.rows]));
  return Array.from({ length: PARTS }, (_, part) => ({
    label: `part ${part + 1} of ${PARTS}`,
    rows: byPart.get(part) ?? 0,
  }));
}

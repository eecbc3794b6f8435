import { identifier } from '../sql/quote';
import { skip } from '../sql/split';

/** A table as the catalog knows it. */
export interface Known {
  schema: string;
  name: string;
  rowCount: number;
}

export interface Preview {
  sql: string;
  /** The WITH query that is shown, or nothing for the whole statement. */
  part: string;
  /** The table of which only the first rows are read, or nothing. */
  sampled: string;
}

export const ROWS = 50;
export const SAMPLE_ROWS = 100_000;
const LARGE_ROWS = 200_000;

/** What may change something or tell the server something is not run unasked. */
const NOT_UNASKED = /\b(into|nextval|setval|set_config|pg_\w+|insert|update|delete|merge)\b/i;

interface Cte {
  name: string;
  /** Of the text between its parentheses. */
  from: number;
  to: number;
}

function wordAt(text: string, at: number): string {
  return /^(?:"(?:[^"]|"")*"|[\w$]+)/.exec(text.slice(at, at + 200))?.[0] ?? '';
}

/** Past blanks and comments. */
function past(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
    } else if (text.startsWith('--', at) || text.startsWith('/*', at)) {
      at = skip(text, at);
    } else {
      break;
    }
  }
  return at;
}

/** The place of the parenthesis that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; ) {
    const skipped = skip(text, at);
    if (skipped >= 0) {
      at = skipped;
      continue;
    }
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
    at++;
  }
  return -1;
}

/** The WITH queries of a statement, in their order. */
export function withQueries(sql: string): Cte[] {
  let at = past(sql, 0);
  if (wordAt(sql, at).toLowerCase() !== 'with') {
    return [];
  }
  at = past(sql, at + 4);
  if (wordAt(sql, at).toLowerCase() === 'recursive') {
    at = past(sql, at + 9);
  }
  const found: Cte[] = [];
  for (;;) {
    const name = wordAt(sql, at);
    at = past(sql, at + name.length);
    if (name && sql[at] === '(') {
      const columns = closing(sql, at);
      at = columns < 0 ? sql.length : past(sql, columns + 1);
    }
    if (!name || wordAt(sql, at).toLowerCase() !== 'as') {
      return found;
    }
    at = past(sql, at + 2);
    const end = sql[at] === '(' ? closing(sql, at) : -1;
    if (end < 0) {
      return found;
    }
    found.push({ name, from: at + 1, to: end });
    at = past(sql, end + 1);
    if (sql[at] !== ',') {
      return found;
    }
    at = past(sql, at + 1);
  }
}

const NO_ALIAS = new Set(
  ('where group order limit having join inner left right full cross natural on using union ' +
    'intersect except minus window qualify fetch offset').split(' '),
);

/** The statement with the largest of its tables, if that is large, cut to its first rows. */
function sampled(sql: string, tables: readonly Known[]): { sql: string; table: string } {
  const uses: { from: number; to: number; table: Known }[] = [];
  for (let at = 0; at < sql.length; ) {
    const skipped = skip(sql, at);
    const word = skipped >= 0 ? '' : wordAt(sql, at);
    if (/^(from|join)$/i.test(word)) {
      const from = past(sql, at + word.length);
      const match = /^((?:"[^"]+"|[\w$]+)\s*\.\s*)?("[^"]+"|[\w$]+)(?!\s*[.(])/.exec(sql.slice(from));
      const plain = (part?: string): string =>
        part?.replace(/\s*\.\s*$/, '').replace(/^"|"$/g, '').toLowerCase() ?? '';
      const table = tables.find(
        (each) =>
          each.name.toLowerCase() === plain(match?.[2]) &&
          (!match?.[1] || each.schema.toLowerCase() === plain(match[1])),
      );
      if (match && table) {
        uses.push({ from, to: from + match[0].length, table });
      }
    }
    at = skipped >= 0 ? skipped : at + Math.max(1, word.length);
  }
  const largest = uses.reduce<(typeof uses)[number] | undefined>(
    (most, use) => (most && most.table.rowCount >= use.table.rowCount ? most : use),
    undefined,
  );
  if (!largest || largest.table.rowCount < LARGE_ROWS) {
    return { sql, table: '' };
  }
  const next = wordAt(sql, past(sql, largest.to)).toLowerCase();
  const alias = next && !NO_ALIAS.has(next) ? '' : ` as ${identifier(largest.table.name)}`;
  const cut = `(select * from ${sql.slice(largest.from, largest.to)} limit ${SAMPLE_ROWS})${alias}`;
  return {
    sql: sql.slice(0, largest.from) + cut + sql.slice(largest.to),
    table: largest.table.name,
  };
}

/**
 * What shows a few rows of the query at the cursor: of the WITH query that the cursor is in, or of
 * the whole statement. Nothing for what is no query or might change something.
 *
 * @param cursor in the statement
 */
export function previewOf(
  sql: string,
  cursor: number,
  tables: readonly Known[],
): Preview | undefined {
  const first = wordAt(sql, past(sql, 0)).toLowerCase();
  if (!['select', 'with', 'from'].includes(first) || NOT_UNASKED.test(sql)) {
    return undefined;
  }
  const inside = withQueries(sql).find((cte) => cursor >= cte.from && cursor <= cte.to);
  const whole = inside
    ? `${sql.slice(0, inside.to + 1)}\nselect * from ${inside.name}`
    : sql;
  const cut = sampled(whole, tables);
  return {
    sql: `select * from (\n${cut.sql}\n) preview limit ${ROWS}`,
    part: inside?.name ?? '',
    sampled: cut.table,
  };
}

import { skip } from './split';

/** A parameter's place in a statement: from its colon to its end. */
interface Use {
  name: string;
  from: number;
  to: number;
}

/** Where `:name` stands outside of quotations and comments, and is no cast. */
function uses(sql: string): Use[] {
  const found: Use[] = [];
  let at = 0;
  while (at < sql.length) {
    const skipped = skip(sql, at);
    if (skipped >= 0) {
      at = skipped;
    } else if (sql[at] !== ':') {
      at++;
    } else if (sql[at + 1] === ':' || sql[at + 1] === '=') {
      at += 2;
    } else {
      const name = /^[A-Za-z_]\w*/.exec(sql.slice(at + 1, at + 200))?.[0];
      if (name) {
        found.push({ name: name.toLowerCase(), from: at, to: at + 1 + name.length });
      }
      at += 1 + (name?.length ?? 0);
    }
  }
  return found;
}

/** The names of a text's parameters, each once, in the order of the text. */
export function parameterNames(sql: string): string[] {
  return [...new Set(uses(sql).map((use) => use.name))];
}

/** The statement as the server reads it: `$1`, `$2`, … instead of names. */
export function numbered(sql: string): string {
  const names = parameterNames(sql);
  let text = '';
  let copied = 0;
  for (const use of uses(sql)) {
    text += `${sql.slice(copied, use.from)}$${names.indexOf(use.name) + 1}`;
    copied = use.to;
  }
  return text + sql.slice(copied);
}

/** Where a place of the numbered statement is in the one with names. */
export function placeOf(sql: string, position: number): number {
  const names = parameterNames(sql);
  let longer = 0;
  for (const use of uses(sql)) {
    const length = `$${names.indexOf(use.name) + 1}`.length;
    if (use.from - longer >= position) {
      break;
    }
    longer += use.to - use.from - length;
    if (use.to - longer > position) {
      return use.from;
    }
  }
  return position < 0 ? position : position + longer;
}

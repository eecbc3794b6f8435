/** An error of a statement, taken apart. */
export interface SqlError {
  message: string;
  /** From 0, in UTF-16 units of the statement; -1 if unknown. */
  position: number;
  detail: string;
  hint: string;
}

/** Reads what the Data API says of a failed statement. */
export function parseError(text: string, sql: string): SqlError {
  const error: SqlError = { message: '', position: -1, detail: '', hint: '' };
  let last: 'message' | 'detail' | 'hint' = 'message';
  for (const line of text.split('\n')) {
    const part = /^ {2}(Position|Detail|Hint): (.*)$/.exec(line);
    if (!part) {
      error[last] += (error[last] ? '\n' : '') + line;
      continue;
    }
    const [, name, value = ''] = part;
    if (name === 'Position') {
      error.position = unitsOf(sql, Number(value) - 1);
    } else {
      last = name === 'Detail' ? 'detail' : 'hint';
      error[last] = value;
    }
  }
  error.message = error.message.replace(/^(ERROR|FATAL): /, '');
  return error;
}

/** A position in characters as one in UTF-16 units. */
function unitsOf(text: string, characters: number): number {
  let units = 0;
  let left = characters;
  for (const character of text) {
    if (left-- <= 0) {
      break;
    }
    units += character.length;
  }
  return units;
}

/** The line of `position` and a caret under it. */
export function caretLines(sql: string, position: number): { line: string; caret: string } {
  const start = sql.lastIndexOf('\n', position - 1) + 1;
  const stop = sql.indexOf('\n', position);
  const line = sql.slice(start, stop < 0 ? undefined : stop);
  const from = Math.max(0, position - start - 60);
  const shown = line.slice(from, from + 120);
  const before = shown.slice(0, position - start - from).replace(/[^\t]/g, ' ');
  return { line: shown, caret: `${before}^` };
}

/** Where the statements of a text are. */

export interface Statement {
  /** Of the first character that is neither blank nor comment. */
  from: number;
  /** After the last character, before the semicolon. */
  to: number;
  /** After the semicolon, or of the next statement's beginning. */
  end: number;
}

/** The end of what begins at `at`, if that is a quotation or comment, else -1. */
export function skip(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === '--') {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (two === '/*') {
    return endOfComment(text, at);
  }
  const first = text[at];
  if (first === "'" || first === '"') {
    return endOfQuotation(text, at, first);
  }
  if (first === '$') {
    const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 66))?.[0];
    if (tag) {
      const end = text.indexOf(tag, at + tag.length);
      return end < 0 ? text.length : end + tag.length;
    }
  }
  return -1;
}

function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (text.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return text.length;
}

function endOfQuotation(text: string, from: number, mark: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\' && mark === "'") {
      at++;
    } else if (text[at] === mark) {
      if (text[at + 1] !== mark) {
        return at + 1;
      }
      at++;
    }
  }
  return text.length;
}

export function statements(text: string): Statement[] {
  const found: Statement[] = [];
  let from = -1;
  let to = 0;
  let at = 0;
  while (at < text.length) {
    const skipped = skip(text, at);
    const comment = skipped >= 0 && (text[at] === '-' || text[at] === '/');
    if (text[at] === ';' && skipped < 0) {
      if (from >= 0) {
        found.push({ from, to, end: at + 1 });
      }
      from = -1;
      at++;
      continue;
    }
    const next = skipped < 0 ? at + 1 : skipped;
    if (!comment && /\S/.test(text[at] ?? '')) {
      from = from < 0 ? at : from;
      to = next;
    }
    at = next;
  }
  if (from >= 0) {
    found.push({ from, to, end: text.length });
  }
  return found;
}

/** The statement at a position: the one around it, or else the one before it. */
export function statementAt(text: string, position: number): Statement | undefined {
  const all = statements(text);
  const around = all.find((each) => position >= each.from && position <= each.end);
  if (around) {
    return around;
  }
  const before = all.findLast((each) => each.end <= position);
  const after = all.find((each) => each.from >= position);
  const sameLine = before && !text.slice(before.end, position).includes('\n');
  return sameLine ? before : (after ?? before);
}

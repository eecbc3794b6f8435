/**
 * A notebook as text: Markdown in which every fenced block of SQL is a cell that can be run, so that
 * it can be read, compared and kept in version control without this program.
 */
export interface Cell {
  id: string;
  kind: 'sql' | 'markdown';
  text: string;
}

const FENCE = /^(`{3,})sql\s*$/i;
/** Between two Markdown cells that follow each other. */
const BREAK = '<!-- cell -->';

export function newCell(kind: Cell['kind'], text = ''): Cell {
  return { id: crypto.randomUUID(), kind, text };
}

export function toCells(text: string): Cell[] {
  const cells: Cell[] = [];
  let lines: string[] = [];
  let fence = '';
  const finish = (kind: Cell['kind']): void => {
    const whole = kind === 'sql' ? lines.join('\n') : lines.join('\n').trim();
    if (whole || kind === 'sql') {
      cells.push(newCell(kind, whole));
    }
    lines = [];
  };
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const opening = fence ? null : FENCE.exec(line);
    if (opening) {
      finish('markdown');
      fence = opening[1] ?? '```';
    } else if (fence && line.trim() === fence) {
      finish('sql');
      fence = '';
    } else if (!fence && line.trim() === BREAK) {
      finish('markdown');
    } else {
      lines.push(line);
    }
  }
  finish(fence ? 'sql' : 'markdown');
  return cells;
}

export function toText(cells: readonly Cell[]): string {
  const parts = cells.map((cell, index) => {
    if (cell.kind === 'sql') {
      const longest = Math.max(2, ...(cell.text.match(/`{3,}/g) ?? []).map((run) => run.length));
      const fence = '`'.repeat(longest + 1);
      return `${fence}sql\n${cell.text}\n${fence}`;
    }
    return cells[index - 1]?.kind === 'markdown' ? `${BREAK}\n\n${cell.text}` : cell.text;
  });
  return `${parts.join('\n\n')}\n`;
}

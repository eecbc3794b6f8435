import { KINDS, type KeptChoice } from '../charts/data';
import { parameterNames } from '../sql/parameters';

/**
 * A notebook as text: Markdown in which every fenced block of SQL is a cell that can be run, so that
 * it can be read, compared and kept in version control without this program.
 */
export interface Cell {
  id: string;
  kind: 'sql' | 'markdown';
  text: string;
  /** How what came of it is drawn; without it, it is shown as rows. */
  chart?: KeptChoice | undefined;
}

/** Of a cell; `chart={…}` after the language says how it is drawn. */
const FENCE = /^(`{3,})sql(?:\s+chart=(\{.*\}))?\s*$/i;
/** The parameters' values, at the end. */
const VALUES = /^<!-- values (\{.*\}) -->$/;
/** Between two Markdown cells that follow each other. */
const BREAK = '<!-- cell -->';

export function newCell(kind: Cell['kind'], text = ''): Cell {
  return { id: crypto.randomUUID(), kind, text };
}

export function toCells(text: string): Cell[] {
  const cells: Cell[] = [];
  let lines: string[] = [];
  let fence = '';
  let chart: KeptChoice | undefined;
  const finish = (kind: Cell['kind']): void => {
    const whole = kind === 'sql' ? lines.join('\n') : lines.join('\n').trim();
    if (whole || kind === 'sql') {
      const cell = newCell(kind, whole);
      cells.push(kind === 'sql' && chart ? { ...cell, chart } : cell);
    }
    lines = [];
  };
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const opening = fence ? null : FENCE.exec(line);
    if (opening) {
      finish('markdown');
      fence = opening[1] ?? '```';
      chart = readChoice(opening[2] ?? '');
    } else if (fence && line.trim() === fence) {
      finish('sql');
      fence = '';
    } else if (!fence && line.trim() === BREAK) {
      finish('markdown');
    } else if (fence || !VALUES.test(line)) {
      lines.push(line);
    }
  }
  finish(fence ? 'sql' : 'markdown');
  return cells;
}

/** The values of the parameters that a notebook's text tells. */
export function toValues(text: string): Record<string, string> {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(readObject(VALUES.exec(last)?.[1] ?? ''))) {
    if (typeof value === 'string') {
      values[name] = value;
    }
  }
  return values;
}

function readObject(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}

function readChoice(text: string): KeptChoice | undefined {
  const { kind, x, y } = readObject(text);
  const known = KINDS.find((each) => each === kind);
  const drawn = Array.isArray(y) ? y.filter((name) => typeof name === 'string') : [];
  return known && typeof x === 'string' ? { kind: known, x, y: drawn } : undefined;
}

/** @param values of parameters, of which those of the notebook are kept */
export function toText(
  cells: readonly Cell[],
  values: Readonly<Record<string, string>> = {},
): string {
  const parts = cells.map((cell, index) => {
    if (cell.kind === 'sql') {
      const longest = Math.max(2, ...(cell.text.match(/`{3,}/g) ?? []).map((run) => run.length));
      const fence = '`'.repeat(longest + 1);
      const chart = cell.chart ? ` chart=${JSON.stringify(cell.chart)}` : '';
      return `${fence}sql${chart}\n${cell.text}\n${fence}`;
    }
    return cells[index - 1]?.kind === 'markdown' ? `${BREAK}\n\n${cell.text}` : cell.text;
  });
  const names = cells.flatMap((cell) => (cell.kind === 'sql' ? parameterNames(cell.text) : []));
  const kept = Object.entries(values).filter(([name]) => names.includes(name));
  if (kept.length > 0) {
    const json = JSON.stringify(Object.fromEntries(kept)).replaceAll('>', '\\u003e');
    parts.push(`<!-- values ${json} -->`);
  }
  return `${parts.join('\n\n')}\n`;
}

import type { Result } from '../api/result.svelte';
import type { Row } from '../api/types';
import { csvLine, tabLine } from './text';

const MOST_COPIED_ROWS = 100_000;

function header(result: Result): Row {
  return result.columns.map((column) => column.name);
}

/** Gives the whole result as a file, made page by page. */
export async function saveCsv(
  result: Result,
  name: string,
  onRows: (rows: number) => void,
): Promise<void> {
  const parts: Blob[] = [new Blob([csvLine(header(result))])];
  let rows = 0;
  for await (const page of result.all()) {
    parts.push(new Blob([page.map(csvLine).join('')]));
    rows += page.length;
    onRows(rows);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }));
  link.download = `${name.replace(/[^\w.-]+/g, '-') || 'result'}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface Area {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** Copies an area with tabs between the fields; gives the number of rows. */
export async function copyArea(result: Result, area: Area, names: boolean): Promise<number> {
  const cut = (row: Row): Row => row.slice(area.firstColumn, area.lastColumn + 1);
  const lines = names ? [tabLine(cut(header(result)))] : [];
  const last = Math.min(area.lastRow, area.firstRow + MOST_COPIED_ROWS - 1);
  if (last - area.firstRow < 1000 && result.row(area.firstRow) && result.row(last)) {
    for (let index = area.firstRow; index <= last; index++) {
      lines.push(tabLine(cut(result.row(index) ?? [])));
    }
  } else {
    let at = 0;
    for await (const page of result.all()) {
      page.forEach((row, index) => {
        if (at + index >= area.firstRow && at + index <= last) {
          lines.push(tabLine(cut(row)));
        }
      });
      at += page.length;
      if (at > last) {
        break;
      }
    }
  }
  await navigator.clipboard.writeText(lines.join('\n'));
  return last - area.firstRow + 1;
}

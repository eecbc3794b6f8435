import { pageAt } from './statement';
import type { ColumnMetadata, Row } from './types';

interface Loaded {
  first: number;
  rows: readonly Row[];
}

const MOST_PAGES = 64;

/** Rows of a statement, fetched from the server page by page as they are looked at. */
export class Result {
  columns = $state.raw<readonly ColumnMetadata[]>([]);
  rowCount = $state(0);
  /** Grows with each page, so that what shows rows knows that there are more. */
  version = $state(0);
  failure = $state('');
  private pages: Loaded[] = [];
  private readonly asked = new Set<number>();

  constructor(readonly id: string) {}

  async open(): Promise<void> {
    const page = await pageAt(this.id, 0);
    this.columns = page.ColumnMetadata;
    this.rowCount = page.TotalNumRows;
    this.keep({ first: page.FirstRow, rows: page.Records });
  }

  row(index: number): Row | undefined {
    const page = this.pages.find((p) => index >= p.first && index < p.first + p.rows.length);
    return page?.rows[index - page.first];
  }

  /** Has the rows from `first` to before `end` fetched. */
  want(first: number, end: number): void {
    for (const index of [first, Math.min(end, this.rowCount) - 1]) {
      if (index >= 0 && index < this.rowCount && !this.row(index) && !this.asked.has(index)) {
        this.asked.add(index);
        void this.fetch(index).finally(() => this.asked.delete(index));
      }
    }
  }

  private async fetch(index: number): Promise<void> {
    try {
      const page = await pageAt(this.id, index);
      this.failure = '';
      this.keep({ first: page.FirstRow, rows: page.Records });
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** All rows in order, fetched and not kept, for copying and export. */
  async *all(): AsyncGenerator<readonly Row[]> {
    let next = 0;
    while (next < this.rowCount) {
      const page = await pageAt(this.id, next);
      yield page.FirstRow === next ? page.Records : page.Records.slice(next - page.FirstRow);
      next = page.FirstRow + page.Records.length;
    }
  }

  /** The rows at hand from the beginning, at most `most`. */
  head(most: number): readonly Row[] {
    return this.pages.find((page) => page.first === 0)?.rows.slice(0, most) ?? [];
  }

  private keep(page: Loaded): void {
    if (this.pages.some((each) => each.first === page.first)) {
      return;
    }
    const head = this.pages.filter((each) => each.first === 0);
    const rest = this.pages.filter((each) => each.first !== 0).slice(-MOST_PAGES);
    this.pages = [...head, ...rest, page];
    this.version++;
  }
}

import type { ColumnMetadata, Row } from '../api/types';
import { isNumeric } from '../grid/text';
import type { Bar } from './profile';

/** What a column of a result holds, as far as it has been read. */
export interface ResultColumnProfile {
  name: string;
  rows: number;
  missing: number;
  /** Different values; exact up to `MOST_DISTINCT`, and then at least so many. */
  distinct: number;
  least: string;
  greatest: string;
  average: number | undefined;
  /** Over the range of numbers and times, or the most frequent values. */
  bars: Bar[];
  onLine: boolean;
}

export const MOST_DISTINCT = 50_000;
const PARTS = 20;
const VALUES = 5;

/** Takes rows and tells of each column what is in it. */
export class ResultProfile {
  private readonly columns: Accumulator[];
  private rows = 0;

  constructor(columns: readonly ColumnMetadata[]) {
    this.columns = columns.map((column) => new Accumulator(column));
  }

  take(rows: readonly Row[]): void {
    this.rows += rows.length;
    this.columns.forEach((column, index) => {
      for (const row of rows) {
        column.take(row[index] ?? null);
      }
    });
  }

  profiles(): ResultColumnProfile[] {
    return this.columns.map((column) => column.profile(this.rows));
  }
}

class Accumulator {
  private readonly numeric: boolean;
  private readonly temporal: boolean;
  private readonly counts = new Map<string, number>();
  /** Of values beyond those that are counted. */
  private overflowed = 0;
  private readonly numbers: number[] = [];
  private missing = 0;
  private sum = 0;
  private least: string | undefined;
  private greatest: string | undefined;

  constructor(private readonly column: ColumnMetadata) {
    this.numeric = isNumeric(column);
    this.temporal = /^(date|timestamp)/.test(column.typeName);
  }

  take(value: string | null): void {
    if (value === null) {
      this.missing++;
      return;
    }
    const seen = this.counts.get(value);
    if (seen !== undefined || this.counts.size < MOST_DISTINCT) {
      this.counts.set(value, (seen ?? 0) + 1);
    } else {
      this.overflowed++;
    }
    if (this.numeric || this.temporal) {
      const number = this.numeric ? Number(value) : Date.parse(value.replace(' ', 'T'));
      if (Number.isFinite(number)) {
        this.numbers.push(number);
        this.sum += number;
      }
    }
    if (this.least === undefined || this.before(value, this.least)) {
      this.least = value;
    }
    if (this.greatest === undefined || this.before(this.greatest, value)) {
      this.greatest = value;
    }
  }

  private before(a: string, b: string): boolean {
    return this.numeric ? Number(a) < Number(b) : a < b;
  }

  profile(rows: number): ResultColumnProfile {
    const onLine = this.numbers.length > 0;
    return {
      name: this.column.name,
      rows,
      missing: rows > 0 ? this.missing / rows : 0,
      distinct: this.counts.size + (this.overflowed > 0 ? 1 : 0),
      least: this.least ?? '',
      greatest: this.greatest ?? '',
      average: this.numeric && onLine ? this.sum / this.numbers.length : undefined,
      bars: onLine ? this.histogram() : this.frequent(),
      onLine,
    };
  }

  private histogram(): Bar[] {
    let low = Infinity;
    let high = -Infinity;
    for (const number of this.numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    const bars = Array.from({ length: PARTS }, (_, part) => ({
      label: `part ${part + 1} of ${PARTS}`,
      rows: 0,
    }));
    for (const number of this.numbers) {
      const part = high > low ? Math.floor(((number - low) * PARTS) / (high - low)) : 0;
      const bar = bars[Math.min(PARTS - 1, part)];
      if (bar) {
        bar.rows++;
      }
    }
    return bars;
  }

  private frequent(): Bar[] {
    return [...this.counts]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, VALUES)
      .map(([label, rows]) => ({ label: label.slice(0, 40), rows }));
  }
}

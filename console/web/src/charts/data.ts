import type { ColumnMetadata, Row } from '../api/types';
import { isNumeric } from '../grid/text';

export const KINDS = ['bar', 'line', 'area', 'scatter'] as const;
export type Kind = (typeof KINDS)[number];

export interface Choice {
  kind: Kind;
  /** Index of the column along the bottom. */
  x: number;
  /** Indexes of the columns drawn. */
  y: number[];
}

/** A choice by the columns' names, as notebooks keep it. */
export interface KeptChoice {
  kind: Kind;
  x: string;
  y: string[];
}

export function toKept(choice: Choice, columns: readonly ColumnMetadata[]): KeptChoice {
  const name = (index: number): string => columns[index]?.name ?? '';
  return { kind: choice.kind, x: name(choice.x), y: choice.y.map(name) };
}

/** The choice that was kept, as far as its columns are there, or else the first. */
export function fromKept(
  kept: KeptChoice | undefined,
  columns: readonly ColumnMetadata[],
): Choice {
  const index = (name: string): number => columns.findIndex((column) => column.name === name);
  const y = kept?.y.map(index).filter((found) => found >= 0) ?? [];
  return kept && index(kept.x) >= 0 && y.length > 0
    ? { kind: kept.kind, x: index(kept.x), y }
    : firstChoice(columns);
}

/** What to draw at first: the first column that is no number, or the first, against the numbers. */
export function firstChoice(columns: readonly ColumnMetadata[]): Choice {
  const text = columns.findIndex((column) => !isNumeric(column));
  const x = Math.max(0, text);
  const y = columns.flatMap((column, index) => (isNumeric(column) && index !== x ? [index] : []));
  const time = /^(date|timestamp)/.test(columns[x]?.typeName ?? '');
  const kind = time ? 'line' : text < 0 && y.length > 0 ? 'scatter' : 'bar';
  return { kind, x, y: y.slice(0, 4) };
}

export interface Series {
  name: string;
  values: (number | null)[];
}

export interface Drawn {
  labels: string[];
  series: Series[];
  /** True if the labels are numbers, to be drawn to scale. */
  numericLabels: boolean;
}

function toNumber(value: string | null | undefined): number | null {
  if (value === null || value === undefined || value === '') {
    return null;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export function drawn(columns: readonly ColumnMetadata[], rows: readonly Row[], choice: Choice): Drawn {
  const column = columns[choice.x];
  return {
    labels: rows.map((row) => (row[choice.x] ?? 'NULL').trim()),
    series: choice.y.map((index) => ({
      name: columns[index]?.name ?? '',
      values: rows.map((row) => toNumber(row[index])),
    })),
    numericLabels: !!column && isNumeric(column),
  };
}

import type { ColumnMetadata, Row } from '../api/types';

const NUMERIC = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'oid']);

export function isNumeric(column: ColumnMetadata): boolean {
  return NUMERIC.has(column.typeName);
}

/** A type as one writes it. */
export function typeText(column: ColumnMetadata): string {
  const names: Record<string, string> = {
    int2: 'smallint',
    int4: 'integer',
    int8: 'bigint',
    float4: 'real',
    float8: 'double',
    bool: 'boolean',
    bpchar: 'char',
  };
  const name = names[column.typeName] ?? column.typeName;
  if (column.typeName === 'numeric') {
    return `${name}(${column.precision},${column.scale})`;
  }
  return (column.typeName === 'varchar' || column.typeName === 'bpchar') && column.length > 0
    ? `${name}(${column.length})`
    : name;
}

const CHARACTER_PIXELS = 7.4;
const LEAST = 56;
const MOST = 380;

/** Widths that suit the names and the first rows. */
export function columnWidths(columns: readonly ColumnMetadata[], rows: readonly Row[]): number[] {
  return columns.map((column, index) => {
    const longest = rows
      .slice(0, 200)
      .reduce((most, row) => Math.max(most, (row[index] ?? 'NULL').trimEnd().length), 0);
    const header = Math.max(column.name.length, typeText(column).length * 0.85 + 1);
    const pixels = Math.max(longest, header) * CHARACTER_PIXELS + 22;
    return Math.round(Math.min(MOST, Math.max(LEAST, pixels)));
  });
}

function csvField(value: string | null): string {
  if (value === null) {
    return '';
  }
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A line of RFC 4180; NULL is an empty field, an empty string a quoted one. */
export function csvLine(row: Row): string {
  return `${row.map(csvField).join(',')}\r\n`;
}

/** A line for the clipboard, as spreadsheets take it. */
export function tabLine(row: Row): string {
  return row.map((value) => (value ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t');
}

import { expect, test } from 'vitest';
import { statements, tableName } from './upload';

const uploaded = { location: "upload:1/it's.csv", name: "it's.csv", bytes: 1, columns: [], sample: [] };

test('a table is named by its file', () => {
  expect(tableName('Sales 2026.csv.gz')).toBe('sales_2026');
  expect(tableName('2026-01.parquet')).toBe('_2026_01');
});

test('a file is loaded into a new table, or added to one, whatever the names', () => {
  const columns = [{ name: 'a"b', type: 'bigint' }, { name: 'c', type: 'varchar(10)' }];
  expect(statements(uploaded, 'public', 't', columns, true)).toEqual([
    'create table public.t (\n  "a""b" bigint,\n  c varchar(10)\n)',
    'insert into public.t ("a""b", c)\nselect * from \'upload:1/it\'\'s.csv\'',
  ]);
  expect(statements(uploaded, 'public', 't', columns, false)).toHaveLength(1);
});

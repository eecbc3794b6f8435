import { expect, test } from 'vitest';
import { previewOf, withQueries } from './sql';

const TABLES = [
  { schema: 'public', name: 'lineitem', rowCount: 6_000_000 },
  { schema: 'public', name: 'nation', rowCount: 25 },
];
const SQL = `with /* ) */ big as (select ')' as x, l.* from lineitem l), small (n) as (
  select count(*) from big)
select * from small join nation on true`;

test('WITH queries are found among comments, strings and column lists', () => {
  expect(withQueries(SQL).map((cte) => cte.name)).toEqual(['big', 'small']);
  expect(withQueries('with a as (select 1')).toEqual([]);
  expect(withQueries('select 1')).toEqual([]);
});

test('the WITH query that the cursor is in is shown', () => {
  const preview = previewOf(SQL, SQL.indexOf('count'), TABLES);
  expect(preview?.part).toBe('small');
  expect(preview?.sampled).toBe('lineitem');
  expect(preview?.sql).toBe(`select * from (
with /* ) */ big as (select ')' as x, l.* from (select * from lineitem limit 100000) l), small (n) as (
  select count(*) from big)
select * from small
) preview limit 50`);
  expect(previewOf(SQL, SQL.length, TABLES)?.part).toBe('');
});

test('only a large table is cut, under its own name where it has no other', () => {
  expect(previewOf('select * from public.lineitem where 1 = 1', 0, TABLES)?.sql).toContain(
    'from (select * from public.lineitem limit 100000) as lineitem where',
  );
  expect(previewOf('select * from nation', 0, TABLES)).toMatchObject({ sampled: '' });
});

test('what might change something is not run unasked', () => {
  for (const sql of ['delete from nation', 'select * into t from nation', 'select pg_cancel_backend(1)', '', '-- x']) {
    expect(previewOf(sql, 0, TABLES)).toBeUndefined();
  }
});

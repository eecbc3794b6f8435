import { expect, test } from 'vitest';
import type { ColumnMetadata } from '../api/types';
import { ResultProfile } from './result';

const column = (name: string, typeName: string): ColumnMetadata => ({
  name, typeName, precision: 0, scale: 0, length: 0,
});

test('of each column of a result is told what it holds', () => {
  const profile = new ResultProfile([column('n', 'int4'), column('w', 'varchar'), column('d', 'date')]);
  profile.take([['10', 'b', '2026-01-01'], ['9', 'a', null]]);
  profile.take([['110', 'b', '2026-01-03'], [null, null, '2026-01-02']]);
  const [n, w, d] = profile.profiles();
  expect(n).toMatchObject({ rows: 4, missing: 0.25, distinct: 3, least: '9', greatest: '110', average: 43 });
  expect(n?.bars.map((bar) => bar.rows)).toEqual([2, ...Array(18).fill(0), 1]);
  expect(w).toMatchObject({ distinct: 2, least: 'a', greatest: 'b', average: undefined, onLine: false });
  expect(w?.bars).toEqual([{ label: 'b', rows: 2 }, { label: 'a', rows: 1 }]);
  expect(d).toMatchObject({ missing: 0.25, least: '2026-01-01', greatest: '2026-01-03', onLine: true });
});

test('a result without rows has nothing to tell', () => {
  expect(new ResultProfile([column('n', 'int4')]).profiles()[0]).toMatchObject({ rows: 0, missing: 0, bars: [] });
});

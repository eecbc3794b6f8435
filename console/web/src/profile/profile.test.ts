import { describe, expect, it } from 'vitest';
import type { Relation } from '../state/catalog.svelte';
import { histogramSql, onLine, type ColumnProfile } from './profile';

const TABLE = { schema: 'public', name: 'Odd "name"' } as Relation;

describe('histogramSql', () => {
  it('puts numbers and times on a line', () => {
    expect(onLine('numeric(10,2)', 'a')).toBe('a::float8');
    expect(onLine('timestamp without time zone', 'a')).toContain('epoch');
    expect(onLine('character varying(10)', 'a')).toBeUndefined();
  });
  it('quotes names', () => {
    const column = { name: 'user', type: 'character varying(9)' } as ColumnProfile;
    const sql = histogramSql(TABLE, column);
    expect(sql).toContain('public."Odd ""name"""');
    expect(sql).toContain('"user"::varchar(max)');
  });
});

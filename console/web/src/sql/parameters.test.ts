import { expect, test } from 'vitest';
import { numbered, parameterNames, placeOf } from './parameters';

const SQL = "select ':no', a::int, :Region -- :not\nfrom t where b = :region and n < :least";

test('parameters are names after a colon outside of quotations, comments and casts', () => {
  expect(parameterNames(SQL)).toEqual(['region', 'least']);
  expect(parameterNames('do $$ x := 1; y :z $$; select a[1:2], 10:20')).toEqual([]);
  expect(numbered(SQL)).toBe("select ':no', a::int, $1 -- :not\nfrom t where b = $1 and n < $2");
});

test('places of the numbered statement are found in the one with names', () => {
  const sent = numbered(SQL);
  for (const word of ['select', 'from', 'where', 'and', 'n <']) {
    expect(placeOf(SQL, sent.indexOf(word))).toBe(SQL.indexOf(word));
  }
  expect(placeOf(SQL, sent.indexOf('$2'))).toBe(SQL.indexOf(':least'));
  expect(placeOf(SQL, -1)).toBe(-1);
});

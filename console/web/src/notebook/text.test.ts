import { expect, test } from 'vitest';
import { newCell, toCells, toText, toValues } from './text';

test('a notebook is the same after it has been written and read', () => {
  const cells = [
    newCell('markdown', '# Title\n\nSome words.'),
    newCell('markdown', 'More.'),
    newCell('sql', "select '```sql';\n\nselect 2"),
    newCell('sql', ''),
    newCell('markdown', '```python\nprint(1)\n```'),
  ];
  const again = toCells(toText(cells));
  expect(again.map(({ kind, text }) => [kind, text])).toEqual(
    cells.map(({ kind, text }) => [kind, text]),
  );
});

test('charts and the values of parameters are kept with a notebook', () => {
  const chart = { kind: 'line' as const, x: 'day', y: ['a `b`', 'c'] };
  const cells = [
    { ...newCell('sql', 'select :place'), chart },
    newCell('sql', 'select 1'),
    newCell('markdown', 'Some words.'),
  ];
  const text = toText(cells, { place: 'north -->', unused: 'x' });
  expect(toValues(text)).toEqual({ place: 'north -->' });
  const again = toCells(text);
  expect(again.map((cell) => [cell.text, cell.chart])).toEqual([
    ['select :place', chart],
    ['select 1', undefined],
    ['Some words.', undefined],
  ]);
});

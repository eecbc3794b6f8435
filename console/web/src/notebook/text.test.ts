import { expect, test } from 'vitest';
import { newCell, toCells, toText } from './text';

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

import { expect, test } from 'vitest';
import { caretLines, parseError } from './error';
import { identifier, literal } from './quote';

test('an error is taken apart, its position counted in characters', () => {
  const sql = "select '😀', amuont from sales";
  const error = parseError(
    'ERROR: column "amuont" does not exist\n  Position: 13\n  Detail: a\nb\n  Hint: Perhaps "amount".',
    sql,
  );
  expect(error.message).toBe('column "amuont" does not exist');
  expect(sql.slice(error.position, error.position + 6)).toBe('amuont');
  expect(error.detail).toBe('a\nb');
  expect(error.hint).toBe('Perhaps "amount".');
});

test('the caret stands under the place', () => {
  const shown = caretLines('select a,\n\tb from t', 11);
  expect(shown).toEqual({ line: '\tb from t', caret: '\t^' });
});

test('names and values are quoted where they must be', () => {
  expect(identifier('sales')).toBe('sales');
  expect(identifier('Order "x"')).toBe('"Order ""x"""');
  expect(identifier('table')).toBe('"table"');
  expect(literal("it's \\ one")).toBe("'it''s \\\\ one'");
});

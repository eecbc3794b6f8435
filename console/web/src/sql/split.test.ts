import { expect, test } from 'vitest';
import { statementAt, statements } from './split';

const texts = (text: string): string[] => statements(text).map((s) => text.slice(s.from, s.to));

test('statements end at semicolons outside of quotations and comments', () => {
  expect(texts("select ';', \"a;b\"; -- one; two\nselect 2 /* ; /* ; */ ; */ + 1;")).toEqual([
    "select ';', \"a;b\"",
    'select 2 /* ; /* ; */ ; */ + 1',
  ]);
  expect(texts('create procedure p() as $$ begin; end; $$ language plpgsql; call p()')).toEqual([
    'create procedure p() as $$ begin; end; $$ language plpgsql',
    'call p()',
  ]);
  expect(texts("select 'it''s; \\'; fine'; ;;\n")).toEqual(["select 'it''s; \\'; fine'"]);
});

test('what is not closed goes to the end', () => {
  expect(texts("select 'a; b")).toEqual(["select 'a; b"]);
  expect(texts('select 1; /* never')).toEqual(['select 1']);
  expect(texts('')).toEqual([]);
});

test('the statement at the cursor is the one around it, or else the one before on its line', () => {
  const text = 'select 1;  \n\nselect 2';
  const at = (position: number): string => {
    const found = statementAt(text, position);
    return found ? text.slice(found.from, found.to) : '';
  };
  expect(at(0)).toBe('select 1');
  expect(at(10)).toBe('select 1');
  expect(at(12)).toBe('select 2');
  expect(at(text.length)).toBe('select 2');
});

import { expect, test } from 'vitest';
import { millisLeft, timeLeft } from './format';

test('the time left is that of the rest at the speed so far', () => {
  expect(millisLeft(0.25, 1000)).toBe(3000);
  expect(millisLeft(1, 1000)).toBe(0);
  expect(millisLeft(0.001, 60_000)).toBe(-1);
  expect(millisLeft(0.5, 10)).toBe(-1);
});

test('the time left is told in words', () => {
  expect([400, 3000, 61_000, 7_260_000].map(timeLeft)).toEqual([
    'less than 1 s',
    'about 3 s',
    'about 1 min 1 s',
    'about 2 h 1 min',
  ]);
});

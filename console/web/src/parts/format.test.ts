import { expect, test } from 'vitest';
import { timeLeft } from './format';

test('the time left is told in words', () => {
  expect([400, 3000, 61_000, 7_260_000].map(timeLeft)).toEqual([
    'less than 1 s',
    'about 3 s',
    'about 1 min 1 s',
    'about 2 h 1 min',
  ]);
});

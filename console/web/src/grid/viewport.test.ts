import { expect, test } from 'vitest';
import { ROW_PIXELS, scrollFor, viewport } from './viewport';

test('few rows are shown at their place', () => {
  const view = viewport(1000, 240, 480);
  expect(view.height).toBe(1000 * ROW_PIXELS);
  expect(view.first).toBe(2);
  expect(view.top).toBe(2 * ROW_PIXELS);
  expect(view.end).toBe(38);
});

test('any row of ten millions can be scrolled to', () => {
  const rows = 10_000_000;
  for (const row of [0, 1, 4_999_999, rows - 1]) {
    const scrollTop = scrollFor(row, rows, row < rows / 2 ? 7_000_000 : 0, 480);
    const view = viewport(rows, scrollTop, 480);
    expect(view.first).toBeLessThanOrEqual(row);
    expect(view.end).toBeGreaterThan(row);
  }
});

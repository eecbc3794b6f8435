import { describe, expect, it } from 'vitest';
import { bounds, shapes } from './wkb';

const POINT = '0101000000000000000000F03F0000000000000040';
const SQUARE =
  '0103000020E61000000100000004000000' +
  '00000000000000000000000000000000' +
  '000000000000F03F0000000000000000' +
  '000000000000F03F000000000000F03F' +
  '00000000000000000000000000000000';

describe('shapes', () => {
  it('reads a point', () => {
    expect(shapes(POINT)).toEqual([{ kind: 'point', paths: [[[1, 2]]] }]);
  });
  it('reads an area with a reference system', () => {
    expect(shapes(SQUARE)).toEqual([
      { kind: 'area', paths: [[[0, 0], [1, 0], [1, 1], [0, 0]]] },
    ]);
  });
  it('reads what is in a collection', () => {
    expect(shapes(`010700000002000000${POINT}${POINT}`)).toHaveLength(2);
  });
  it('makes nothing of other texts, nor of half a value', () => {
    expect(shapes('POINT(1 2)')).toEqual([]);
    expect(shapes(POINT.slice(0, 20))).toEqual([]);
    expect(shapes('')).toEqual([]);
  });
  it('knows the box of all', () => {
    expect(bounds([...shapes(POINT), ...shapes(SQUARE)])).toEqual({ minX: 0, minY: 0, maxX: 1, maxY: 2 });
    expect(bounds([])).toBeUndefined();
  });
});

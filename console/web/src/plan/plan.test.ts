import { expect, test } from 'vitest';
import { layout } from './layout';
import { parsePlan, worstOf } from './parse';
import { stepsOfNodes, type Step } from './steps';

const LINES = [
  'XN HashAggregate  (cost=22.26..22.28 rows=7 width=12)',
  '  ->  XN Merge Join DS_DIST_NONE  (cost=0.00..19.06 rows=615239 width=24)',
  '        Merge Cond: ("outer".a = "inner".b)',
  '        ->  XN Seq Scan on t  (cost=0.00..11.69 rows=11 width=12)',
  '        ->  XN Seq Scan on u  (cost=0.00..37.00 rows=15 width=12)',
  '              Filter: (b > 1)',
];

const step = (name: string, table: string, rows: number): Step => ({
  stream: 0, segment: 0, step: 0, name, table, rows,
  bytes: 0, millis: 0, blocks: 0, spilledBlocks: 0, active: false, alert: '',
});

test('a plan is a tree with notes', () => {
  const [root] = parsePlan(LINES);
  const join = root?.children[0];
  expect(root?.name).toBe('HashAggregate');
  expect(join?.notes).toEqual(['Merge Cond: ("outer".a = "inner".b)']);
  expect(join?.children.map((child) => [child.name, child.estimatedRows])).toEqual([
    ['Seq Scan on t', 11],
    ['Seq Scan on u', 15],
  ]);
  expect(parsePlan(['no plan'])).toEqual([]);
});

test('no two boxes of a plan overlap, and parents are above the middle of their children', () => {
  const { boxes } = layout(parsePlan(LINES));
  expect(new Set(boxes.map((box) => `${box.x} ${box.y}`)).size).toBe(boxes.length);
  expect(boxes[1]?.x).toBe(((boxes[2]?.x ?? 0) + (boxes[3]?.x ?? 0)) / 2);
});

test('steps find their nodes', () => {
  const roots = parsePlan(LINES);
  const found = stepsOfNodes(roots, [
    step('scan', 't', 3), step('scan', 'u', 4), step('mergejoin', '', 5), step('aggregate', '', 6),
  ]);
  expect([...found].map(([node, each]) => [node.name, each.rows])).toEqual(
    expect.arrayContaining([['Seq Scan on t', 3], ['HashAggregate', 6], ['Merge Join DS_DIST_NONE', 5]]),
  );
});

test('the operator that took longest is marked, or else the one that costs most', () => {
  const roots = parsePlan(LINES);
  expect(worstOf(roots, () => undefined)?.name).toBe('Seq Scan on u');
  expect(worstOf(roots, (node) => (node.name.endsWith(' t') ? 5 : 1))?.name).toBe('Seq Scan on t');
});

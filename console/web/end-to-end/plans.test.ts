import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BOX, layout } from '../src/plan/layout';
import { parsePlan, worstOf, type PlanNode } from '../src/plan/parse';

/** Where plans are, one a file, as EXPLAIN prints them; `ConsolePlansTest` gives those of TPC-DS. */
const directory = process.env['PLANS'];

function count(nodes: readonly PlanNode[]): number {
  return nodes.reduce((sum, node) => sum + 1 + count(node.children), 0);
}

test.skipIf(!directory)('every plan is drawn whole, without overlap, its dearest operator marked', () => {
  const files = readdirSync(directory ?? '');
  let largest = 0;
  for (const file of files) {
    const lines = readFileSync(`${directory}/${file}`, 'utf8').split('\n').filter(Boolean);
    const roots = parsePlan(lines);
    const { boxes, width, height } = layout(roots);
    expect(boxes.length, file).toBe(count(roots));
    expect(boxes.length, file).toBe(lines.filter((line) => line.includes('(cost=')).length);
    largest = Math.max(largest, boxes.length);
    const rows = new Map<number, number[]>();
    for (const box of boxes) {
      expect(box.x >= 0 && box.x + BOX.width <= width, `${file} ${box.node.name}`).toBe(true);
      expect(box.y >= 0 && box.y + BOX.height <= height, `${file} ${box.node.name}`).toBe(true);
      rows.set(box.y, [...(rows.get(box.y) ?? []), box.x]);
    }
    for (const row of rows.values()) {
      row.sort((a, b) => a - b).forEach((x, index) => {
        expect(index === 0 || x - (row[index - 1] ?? 0) >= BOX.width, file).toBe(true);
      });
    }
    expect(worstOf(roots, () => undefined), file).toBeDefined();
  }
  console.log(`${files.length} plans drawn, the largest of ${largest} operators`);
});

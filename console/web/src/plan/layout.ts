import type { PlanNode } from './parse';

export interface Box {
  node: PlanNode;
  x: number;
  y: number;
  parent?: Box;
}

export const BOX = { width: 214, height: 54, acrossGap: 18, downGap: 16 };

/** Places of a tree's nodes: leaves side by side, a parent in the middle above its children. */
export function layout(roots: readonly PlanNode[]): {
  boxes: Box[];
  width: number;
  height: number;
} {
  const boxes: Box[] = [];
  let nextLeaf = 0;
  let deepest = 0;
  function place(node: PlanNode, depth: number, parent?: Box): Box {
    const box: Box = { node, x: 0, y: depth * (BOX.height + BOX.downGap) };
    if (parent) {
      box.parent = parent;
    }
    boxes.push(box);
    deepest = Math.max(deepest, depth);
    const below = node.children.map((child) => place(child, depth + 1, box));
    const [first, last] = [below[0], below.at(-1)];
    if (first && last) {
      box.x = (first.x + last.x) / 2;
    } else {
      box.x = nextLeaf;
      nextLeaf += BOX.width + BOX.acrossGap;
    }
    return box;
  }
  roots.forEach((root) => place(root, 0));
  return {
    boxes,
    width: Math.max(BOX.width, nextLeaf - BOX.acrossGap),
    height: (deepest + 1) * (BOX.height + BOX.downGap) - BOX.downGap,
  };
}

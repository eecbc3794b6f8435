/** A plan as a tree, read from what EXPLAIN prints. */
export interface PlanNode {
  name: string;
  /** The lines below its own: conditions, keys. */
  notes: string[];
  estimatedRows: number;
  cost: number;
  width: number;
  children: PlanNode[];
}

const NODE = /^(\s*)(?:->\s*)?(XN |LD )?(.*?)\s+\(cost=[\d.]+\.\.([\d.]+) rows=(\d+) width=(\d+)\)\s*$/;
const BARE_NODE = /^(\s*)->\s+(?:XN |LD )?(.*)$/;

/** The roots of the plan; none if the text is no plan. */
export function parsePlan(lines: readonly string[]): PlanNode[] {
  const roots: PlanNode[] = [];
  const path: { indent: number; node: PlanNode }[] = [];
  for (const line of lines) {
    const full = NODE.exec(line);
    const bare = full ? null : BARE_NODE.exec(line);
    if (!full && !bare) {
      path.at(-1)?.node.notes.push(line.trim());
      continue;
    }
    const indent = line.search(/\S/);
    const node: PlanNode = {
      name: (full?.[3] ?? bare?.[2] ?? '').trim(),
      notes: [],
      cost: Number(full?.[4] ?? 0),
      estimatedRows: Number(full?.[5] ?? 0),
      width: Number(full?.[6] ?? 0),
      children: [],
    };
    while (path.length > 0 && (path.at(-1)?.indent ?? -1) >= indent) {
      path.pop();
    }
    (path.at(-1)?.node.children ?? roots).push(node);
    path.push({ indent, node });
  }
  return roots;
}

/** What redistributes rows costs most and is marked. */
export function isCostly(node: PlanNode): boolean {
  return /DS_BCAST_INNER|DS_DIST_ALL_INNER|DS_DIST_BOTH|Nested Loop/.test(node.name);
}

/**
 * The operator to look at first: the one that took longest as far as that is known, else the one
 * whose own share of the estimated cost is largest.
 */
export function worstOf(
  roots: readonly PlanNode[],
  millisOf: (node: PlanNode) => number | undefined,
): PlanNode | undefined {
  let slowest: { node: PlanNode; value: number } | undefined;
  let dearest: { node: PlanNode; value: number } | undefined;
  const walk = (node: PlanNode): void => {
    const millis = millisOf(node) ?? 0;
    if (millis > (slowest?.value ?? 0)) {
      slowest = { node, value: millis };
    }
    const own = node.cost - node.children.reduce((sum, child) => sum + child.cost, 0);
    if (own > (dearest?.value ?? 0)) {
      dearest = { node, value: own };
    }
    node.children.forEach(walk);
  };
  roots.forEach(walk);
  return (slowest ?? dearest)?.node;
}

import { OWN, query } from '../api/statement';
import type { PlanNode } from './parse';

/** One step as it went, or goes. */
export interface Step {
  stream: number;
  segment: number;
  step: number;
  name: string;
  table: string;
  rows: number;
  bytes: number;
  millis: number;
  blocks: number;
  spilledBlocks: number;
  active: boolean;
  alert: string;
}

const STEPS = `select stream_id, segment_id, step_id, trim(step_name) as step_name,
trim(table_name) as table_name, output_rows,
greatest(output_bytes, input_bytes) as output_bytes, duration, blocks_read,
spilled_block_local_disk, is_active, trim(alert) as alert
from sys_query_detail where query_id = :id and step_id >= 0 order by 1, 2, 3`;

const PLAN = `select plan_node_id, plan_parent_id, trim(plan_node) as plan_node,
trim(plan_info) as plan_info from sys_query_explain where query_id = :id order by 1`;

export async function readSteps(database: string, queryId: string): Promise<Step[]> {
  const rows = await query(database, STEPS, { id: queryId });
  return rows.map((row) => ({
    stream: Number(row.stream_id),
    segment: Number(row.segment_id),
    step: Number(row.step_id),
    name: row.step_name ?? '',
    table: row.table_name ?? '',
    rows: Number(row.output_rows ?? 0),
    bytes: Number(row.output_bytes ?? 0),
    millis: Number(row.duration ?? 0) / 1000,
    blocks: Number(row.blocks_read ?? 0),
    spilledBlocks: Number(row.spilled_block_local_disk ?? 0),
    active: row.is_active === 't',
    alert: row.alert ?? '',
  }));
}

/** The plan of a query as lines, as EXPLAIN would print them. */
export async function readPlanLines(database: string, queryId: string): Promise<string[]> {
  const rows = await query(database, PLAN, { id: queryId });
  const depthOf = new Map<string, number>();
  return rows.flatMap((row) => {
    const depth = (depthOf.get(row.plan_parent_id ?? '') ?? -1) + 1;
    depthOf.set(row.plan_node_id ?? '', depth);
    const indent = '      '.repeat(depth);
    const node = (row.plan_node ?? '').replace(/^->\s*/, '');
    const info = row.plan_info ? [`${indent}        ${row.plan_info}`] : [];
    return [`${indent}->  ${node}`, ...info];
  });
}

/** The plan of what runs yet, which is written down at its end: as it would be made now. */
export async function explainLines(database: string, text: string): Promise<string[]> {
  const rows = await query(database, `explain ${OWN} ${text}`).catch(() => []);
  return rows.map((row) => row['QUERY PLAN'] ?? '');
}

const KINDS: readonly [RegExp, RegExp][] = [
  [/Hash Join/, /^(hjoin|hashjoin|hash join)/],
  [/Merge Join/, /^(mjoin|mergejoin)/],
  [/Nested Loop/, /^(nljoin|nestloop)/],
  [/Aggregate/, /^(aggr|aggregate)/],
  [/^Sort/, /^sort/],
  [/^Window/, /^window/],
  [/^Unique/, /^unique/],
];

/**
 * Steps by the plan's nodes that they carry out: scans by their table, others by kind where plan and
 * steps have equally many of it, in the order in which they are run.
 */
export function stepsOfNodes(roots: readonly PlanNode[], steps: readonly Step[]): Map<PlanNode, Step> {
  const found = new Map<PlanNode, Step>();
  const order: PlanNode[] = [];
  const walk = (node: PlanNode): void => {
    node.children.forEach(walk);
    order.push(node);
  };
  roots.forEach(walk);
  const pair = (nodes: PlanNode[], candidates: Step[]): void => {
    if (nodes.length === candidates.length) {
      nodes.forEach((node, index) => {
        const step = candidates[index];
        if (step) {
          found.set(node, step);
        }
      });
    }
  };
  for (const [node, step] of KINDS) {
    pair(
      order.filter((each) => node.test(each.name)),
      steps.filter((each) => step.test(each.name)),
    );
  }
  const tableOf = (node: PlanNode): string => /Scan on (\S+)/.exec(node.name)?.[1] ?? '';
  for (const table of new Set(order.map(tableOf).filter(Boolean))) {
    pair(
      order.filter((each) => tableOf(each) === table),
      steps.filter((each) => each.name === 'scan' && each.table === table),
    );
  }
  return found;
}

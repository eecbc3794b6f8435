/// From relational algebra to what runs. [io.redward.leader.physical.PhysicalPlanner] takes the
/// optimizer's tree through three values, each of which EXPLAIN can show:
///
/// 1. [io.redward.leader.physical.PhysicalNode], a tree of chosen operators: which side of a join
///    is built, what a scan tests by itself, where data would move between slices (`DS_…`), with
///    estimated rows, width and cost. Names are gone: expressions are `plan`'s, over field indices.
/// 2. [io.redward.plan.step.PhysicalPlan], the same cut into streams, segments and steps by
///    `SegmentCutter`.
/// 3. [io.redward.leader.physical.PlanAssumptions], what must still hold of the stored values when
///    the plan runs: decimals are computed in 64 bits where the columns' exact bounds prove that
///    they fit.
///
/// Columns nobody reads are dropped on the way: every operator is asked for the fields needed above
/// it and answers with a node and the places of those fields. This package reads the algebra
/// library's trees, but none of its types goes out.
@NullMarked
package io.redward.leader.physical;

import org.jspecify.annotations.NullMarked;

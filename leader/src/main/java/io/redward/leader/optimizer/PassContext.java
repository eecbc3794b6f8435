package io.redward.leader.optimizer;

import io.redward.leader.relational.PlannerContext;
import org.apache.calcite.rex.RexBuilder;

/// What a pass may use beside the tree.
///
/// @param planner cluster and builders of this statement
/// @param folder evaluates constant expressions
record PassContext(PlannerContext planner, ConstantFolder folder) {
  RexBuilder rexBuilder() {
    return planner.rexBuilder();
  }
}

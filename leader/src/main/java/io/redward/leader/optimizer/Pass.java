package io.redward.leader.optimizer;

import org.apache.calcite.rel.RelNode;

/// A named rewriting of the whole tree. Trees are values: a pass returns another tree of the same
/// row, field names included, and changes nothing.
///
/// @param name for EXPLAIN and traces
record Pass(String name, Rewrite rewrite) {
  /// What a pass does.
  interface Rewrite {
    RelNode apply(RelNode root, PassContext context);
  }

  RelNode apply(RelNode root, PassContext context) {
    return rewrite.apply(root, context);
  }
}

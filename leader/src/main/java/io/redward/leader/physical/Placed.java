package io.redward.leader.physical;

import java.util.List;

/// A converted operator and where the fields of the algebra's row are in it: field `i` is column
/// `places[i]`, -1 if it was not asked for.
record Placed(PhysicalNode node, int[] places) {
  List<Column> columns() {
    return node.columns();
  }

  RexToExpression expressions() {
    return new RexToExpression(node.columns(), places);
  }

  Placed with(PhysicalNode other) {
    return new Placed(other, places);
  }
}

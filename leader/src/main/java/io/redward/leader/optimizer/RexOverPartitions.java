package io.redward.leader.optimizer;

import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/// Finds the columns by which window functions partition.
final class RexOverPartitions {
  private RexOverPartitions() {}

  /// Adds for each window function in an expression its plain partition columns.
  static void collect(RexNode expression, List<ImmutableBitSet> partitions) {
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitOver(RexOver over) {
            ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
            for (RexNode key : over.getWindow().partitionKeys) {
              if (key instanceof RexInputRef reference) {
                columns.set(reference.getIndex());
              }
            }
            partitions.add(columns.build());
            return super.visitOver(over);
          }
        });
  }
}

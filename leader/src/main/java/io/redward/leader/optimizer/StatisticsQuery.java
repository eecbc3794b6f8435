package io.redward.leader.optimizer;

import io.redward.leader.relational.GeneratedMetadataQuery;
import io.redward.leader.relational.PlanningCancellation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Lets the library's rules, and whoever asks a cluster for metadata, have our estimates of row
/// counts, selectivities and distinct counts.
public final class StatisticsQuery extends GeneratedMetadataQuery {
  private final Cardinality cardinality = new Cardinality();

  /// The estimates themselves.
  public Cardinality cardinality() {
    return cardinality;
  }

  @Override
  public Double getRowCount(RelNode node) {
    PlanningCancellation.check();
    return cardinality.rowCount(node.stripped());
  }

  @Override
  public Double getSelectivity(RelNode node, @Nullable RexNode condition) {
    return condition == null ? 1.0 : cardinality.selectivity(node.stripped(), condition);
  }

  @Override
  public @Nullable Double getDistinctRowCount(
      RelNode node, ImmutableBitSet groupKey, @Nullable RexNode condition) {
    double rows = getRowCount(node) * getSelectivity(node, condition);
    double distinct = 1;
    for (int column : groupKey) {
      distinct *= cardinality.distinctCount(node.stripped(), column);
    }
    return Math.max(1, Math.min(rows, distinct));
  }
}

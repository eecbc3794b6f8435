package io.redward.leader.physical;

import io.redward.plan.step.SourceStep.Placement;

/// How a table's rows are placed on slices, as declared.
public sealed interface DistributionStyle {
  /// Tables at most this large are placed on every node when nothing is declared.
  double AUTO_ALL_ROWS = 100_000;

  /// A copy of the table on every node.
  record All() implements DistributionStyle {}

  /// Round robin.
  record Even() implements DistributionStyle {}

  /// Left to the warehouse: ALL while the table is small, EVEN later.
  record Auto() implements DistributionStyle {}

  /// By the hash of one column.
  record Key(int columnId) implements DistributionStyle {}

  /// What nodes make of it for a table of `rows` rows.
  default Placement placement(double rows) {
    return switch (this) {
      case All _ -> new Placement.Everywhere();
      case Even _ -> new Placement.Anywhere();
      case Auto _ -> rows <= AUTO_ALL_ROWS ? new Placement.Everywhere() : new Placement.Anywhere();
      case Key(int columnId) -> new Placement.ByColumn(columnId);
    };
  }
}

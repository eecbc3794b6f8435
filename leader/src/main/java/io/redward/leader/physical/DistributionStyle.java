package io.redward.leader.physical;

/// How a table's rows are placed on slices, as declared.
public sealed interface DistributionStyle {
  /// A copy of the table on every node.
  record All() implements DistributionStyle {}

  /// Round robin.
  record Even() implements DistributionStyle {}

  /// Left to the warehouse: ALL while the table is small, EVEN later.
  record Auto() implements DistributionStyle {}

  /// By the hash of one column.
  record Key(int columnId) implements DistributionStyle {}
}

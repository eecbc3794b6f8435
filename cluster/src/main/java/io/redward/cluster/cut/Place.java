package io.redward.cluster.cut;

/// Where a fragment runs.
public enum Place {
  /// In the leader's process, once.
  LEADER,
  /// On every compute node, each on its share of the tables.
  NODES
}

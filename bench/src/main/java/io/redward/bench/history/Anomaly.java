package io.redward.bench.history;

/// Ways to break isolation, named after Adya. Each is worse than the next.
enum Anomaly {
  /// A committed append is not in the list at the end, or a register that was written is as new.
  LOST_WRITE,
  /// A read list is no beginning of the list at the end: versions without an order.
  INCOMPATIBLE_ORDER,
  /// A transaction did not read what it had written itself.
  INTERNAL,
  /// A cycle of overwrites alone.
  G0,
  /// A value of an aborted transaction was read.
  G1A,
  /// A value was read that its writer appended to later.
  G1B,
  /// A cycle of overwrites and of reads of what was written.
  G1C,
  /// A cycle in which one read saw what somebody else then overwrote, or several did that are not
  /// neighbours: a skewed read or a lost update.
  G_SINGLE,
  /// A cycle with two such reads next to each other: write skew, all that SNAPSHOT permits.
  G2
}

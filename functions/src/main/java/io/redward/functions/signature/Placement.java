package io.redward.functions.signature;

/// On which kind of node a function can run.
public enum Placement {
  ANYWHERE,
  /// Only in statements that read no user table: it asks the catalog or the session.
  LEADER_ONLY,
  /// Only in statements that read a user table.
  COMPUTE_ONLY
}

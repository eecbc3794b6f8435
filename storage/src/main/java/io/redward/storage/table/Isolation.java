package io.redward.storage.table;

/// What a transaction is spared of what others do at the same time.
public enum Isolation {
  /// It reads one state and loses if a row that it changes has been changed since. Write skew is
  /// possible.
  SNAPSHOT,
  /// The outcome is that of some order of the transactions, one after another.
  SERIALIZABLE
}

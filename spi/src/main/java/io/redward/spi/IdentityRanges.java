package io.redward.spi;

/// Hands out new values of tables' identity columns. Thread-safe.
@FunctionalInterface
public interface IdentityRanges {
  /// The first of `count` consecutive values of the table, and their step.
  long[] reserve(long tableId, long count);
}

package io.redward.bench.history;

import java.util.List;
import java.util.Map;

/// What a workload of lists did. Every value is appended once, so that a list read tells which
/// appends were seen, in which order.
///
/// @param lists at the end, by key
record History(List<Transaction> transactions, Map<Integer, List<Integer>> lists) {
  /// A transaction that ended.
  ///
  /// @param outcome what the client was told
  record Transaction(int id, Outcome outcome, List<Operation> operations) {}

  enum Outcome {
    COMMITTED,
    ABORTED
  }

  /// What a transaction did with one key.
  sealed interface Operation {
    int key();
  }

  record Append(int key, int value) implements Operation {}

  record Read(int key, List<Integer> values) implements Operation {}
}

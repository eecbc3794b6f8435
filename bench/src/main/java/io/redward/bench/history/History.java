package io.redward.bench.history;

import java.util.List;
import java.util.Map;

/// What a workload did. Every value is written once: appended to a list, so that a list read tells
/// which appends were seen, in which order; or put into a register, so that its value tells who put
/// it there. A register is like a list of one value, 0 at first.
///
/// @param values at the end, by key
record History(List<Transaction> transactions, Map<Integer, List<Integer>> values) {
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

  record Write(int key, int value) implements Operation {}

  record Read(int key, List<Integer> values) implements Operation {}
}

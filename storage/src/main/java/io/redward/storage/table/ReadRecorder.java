package io.redward.storage.table;

/// Takes note of what a transaction reads. Thread-safe.
@FunctionalInterface
public interface ReadRecorder {
  /// For those whose reads do not matter.
  ReadRecorder NONE = (_, _) -> {};

  void read(long tableId, ReadScope scope);
}

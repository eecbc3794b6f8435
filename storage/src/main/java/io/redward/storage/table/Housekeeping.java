package io.redward.storage.table;

import io.redward.foundation.batch.Vector;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What can be asked of storage beside reading and writing. Thread-safe.
public interface Housekeeping {
  /// Bytes that the first `rowCount` rows of `values`, a block at most, take under a declared
  /// encoding. Overwrites values under nulls.
  long encodedBytes(Vector values, int rowCount, String encoding);

  /// Cleans a table up, beside writers: rows that others change meanwhile are found at their new
  /// places. Waits for another vacuum to end.
  default VacuumRun vacuum(long tableId, VacuumRequest request) {
    return vacuum(tableId, request, () -> {});
  }

  /// The same.
  ///
  /// @param checkpoint called every now and then; what it throws ends the vacuum, and what has been
  ///     done so far stays
  VacuumRun vacuum(long tableId, VacuumRequest request, Runnable checkpoint);

  /// The last vacuums, the newest at the end; the running one too.
  List<VacuumRun> vacuums();

  /// Has background work step back while `busy` says so, though not for ever.
  void yieldTo(BooleanSupplier busy);
}

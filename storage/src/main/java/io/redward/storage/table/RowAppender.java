package io.redward.storage.table;

import io.redward.foundation.batch.Batch;

/// Writes rows into new rowsets of one table. One thread at a time.
public interface RowAppender {
  /// Appends the live rows of `batch`, whose vectors are in the order of the shape's columns.
  /// Copies what it keeps.
  void append(Batch batch);

  /// Seals the last rowset and hands all to the transaction.
  ///
  /// @return rows appended
  long finish();

  /// Drops what was written.
  void abort();
}

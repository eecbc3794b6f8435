package io.redward.storage.table;

import io.redward.foundation.batch.Vector;

/// What can be asked of storage beside reading and writing. Thread-safe.
public interface Housekeeping {
  /// Bytes that the first `rowCount` rows of `values`, a block at most, take under a declared
  /// encoding. Overwrites values under nulls.
  long encodedBytes(Vector values, int rowCount, String encoding);
}

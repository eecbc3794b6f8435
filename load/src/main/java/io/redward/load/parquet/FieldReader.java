package io.redward.load.parquet;

import io.redward.foundation.batch.Vector;

/// Reads one field of the rows of a row group.
interface FieldReader {
  /// Fills the first `count` rows of `out` from the next rows.
  void read(Vector out, int count);
}

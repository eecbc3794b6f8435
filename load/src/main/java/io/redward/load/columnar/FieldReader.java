package io.redward.load.columnar;

import io.redward.foundation.batch.Vector;

/// Reads one field of the rows of a part of a file.
public interface FieldReader {
  /// Fills the first `count` rows of `out` from the next rows.
  void read(Vector out, int count);
}

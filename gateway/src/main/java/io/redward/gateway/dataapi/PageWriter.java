package io.redward.gateway.dataapi;

import io.redward.foundation.batch.Vector;

/// Writes rows into a page of a result.
sealed interface PageWriter permits CsvPage, JsonPage {
  void row(Vector[] vectors, int row);

  int rowCount();

  int byteCount();

  /// The finished page; the next one begins empty.
  byte[] take();
}

package io.redward.compute.step;

import io.redward.foundation.batch.Batch;

/// One worker's end of a source. Used by one thread.
public interface BatchReader {
  /// Fills the batch with the next rows, at least one; false at the end.
  boolean next();

  /// The batch that the last `next` filled.
  Batch batch();
}

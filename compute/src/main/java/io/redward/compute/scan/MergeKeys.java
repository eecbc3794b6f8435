package io.redward.compute.scan;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;

/// Keys of rows in batches, none NULL, compared.
final class MergeKeys {
  private MergeKeys() {}

  static long key(Vector vector, int row) {
    return vector instanceof IntVector ints ? ints.values[row] : ((LongVector) vector).values[row];
  }

  /// Compares row `row` of `batch` with row `other` of `otherBatch`.
  static int compare(
      Batch batch, int[] keys, int row, Batch otherBatch, int[] otherKeys, int other) {
    for (int i = 0; i < keys.length; i++) {
      long one = key(batch.vectors[keys[i]], row);
      long two = key(otherBatch.vectors[otherKeys[i]], other);
      if (one != two) {
        return one < two ? -1 : 1;
      }
    }
    return 0;
  }
}

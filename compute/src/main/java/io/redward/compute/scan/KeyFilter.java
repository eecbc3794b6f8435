package io.redward.compute.scan;

import io.redward.foundation.batch.Vector;
import io.redward.storage.table.ValueBounds;
import java.util.Optional;

/// What a scan asks of the hash table of an earlier stream about one of its own columns.
public interface KeyFilter {
  /// The scan's field.
  int field();

  /// Bounds of the table's keys; empty if they are not known.
  Optional<ValueBounds> bounds();

  /// Keeps the selected rows whose value may be a key, and returns how many.
  int keep(Vector vector, int[] selection, int count);
}

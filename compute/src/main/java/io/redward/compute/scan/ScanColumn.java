package io.redward.compute.scan;

import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowsetSnapshot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One column of one worker's scan: the current unit's block, read when first asked for, and the
/// batch vector that its rows are decoded into, once a chunk.
final class ScanColumn {
  /// Decoding single rows costs about this many times what a row of a whole chunk costs.
  private static final int SPARSE_FACTOR = 8;

  private final int columnId;
  private final Vector vector;
  private final @Nullable Int128Vector wide;

  private @Nullable RowsetSnapshot rowset;
  private int blockIndex;
  private @Nullable Block block;
  private boolean filled;

  ScanColumn(int columnId, Field field, Vector vector) {
    this.columnId = columnId;
    this.vector = vector;
    boolean narrowed =
        field.type().physical() == Physical.INT128 && vector.physical() == Physical.LONG;
    wide = narrowed ? new Int128Vector(vector.capacity()) : null;
  }

  Vector vector() {
    return vector;
  }

  /// True if blocks hold wider values than the vector.
  boolean narrowed() {
    return wide != null;
  }

  void openUnit(RowsetSnapshot rowset, int blockIndex) {
    this.rowset = rowset;
    this.blockIndex = blockIndex;
    block = null;
  }

  void openChunk() {
    filled = false;
  }

  /// The unit's block, or null if the rowset is older than the column.
  @Nullable Block block() {
    if (block == null && rowset != null && rowset.hasColumn(columnId)) {
      block = rowset.block(columnId, blockIndex);
    }
    return block;
  }

  /// Decodes the chunk's live rows into the vector unless a filter has had it done.
  void fill(int from, int count, int[] selection, int live, boolean dense) {
    if (filled) {
      return;
    }
    filled = true;
    Block source = block();
    if (source == null) {
      vector.reset();
      vector.hasNulls = true;
      Arrays.fill(vector.validity, 0L);
      return;
    }
    boolean whole = dense || live * SPARSE_FACTOR >= count;
    Vector target = wide == null ? vector : wide;
    target.hasNulls = false;
    if (whole) {
      source.decode(from, count, target);
    } else {
      source.decodeSelected(from, selection, live, target);
    }
    if (wide != null) {
      narrow(wide, (LongVector) vector, count);
    }
  }

  private static void narrow(Int128Vector wide, LongVector vector, int count) {
    System.arraycopy(wide.low, 0, vector.values, 0, count);
    vector.hasNulls = wide.hasNulls;
    if (wide.hasNulls) {
      System.arraycopy(wide.validity, 0, vector.validity, 0, (count + 63) >> 6);
    }
  }
}

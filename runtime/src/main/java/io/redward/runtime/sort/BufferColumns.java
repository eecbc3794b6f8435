package io.redward.runtime.sort;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.segment.Parallel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/// Fields of a sealed row buffer as columns, to be sorted by or computed with. Strings stay in the
/// buffer's arena. Large columns are gathered by several workers, a range of rows each.
public final class BufferColumns {
  /// A multiple of 64, so that no two workers write to one validity word.
  private static final int ROWS_PER_TASK = 1 << 16;

  private final RowBuffer buffer;
  private final int[] refs;
  private final int from;
  private final int count;
  private final Parallel parallel;

  /// Columns of the rows that count in `buffer`, in their order.
  public BufferColumns(RowBuffer buffer, Parallel parallel) {
    this.buffer = buffer;
    this.parallel = parallel;
    refs = buffer.refs();
    from = buffer.from();
    count = buffer.to() - from;
  }

  /// A column of one value: that of `field` in row `ref`.
  static Vector single(RowBuffer buffer, int field, int ref) {
    return new BufferColumns(buffer, new int[] {ref}).gather(field);
  }

  private BufferColumns(RowBuffer buffer, int[] refs) {
    this.buffer = buffer;
    this.refs = refs;
    parallel = Parallel.SEQUENTIAL;
    from = 0;
    count = refs.length;
  }

  public Vector gather(int field) {
    RowLayout.Slot slot = buffer.layout().slot(field);
    Vector vector = Vector.of(slot.physical(), count);
    if (vector instanceof BytesVector bytes) {
      bytes.pages = buffer.arena().pages();
    }
    if (slot.nullable()) {
      vector.hasNulls = true;
      Arrays.fill(vector.validity, -1L);
    }
    AtomicBoolean nulls = new AtomicBoolean();
    int tasks = (count + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    parallel.run(
        tasks,
        task -> {
          CancelToken.checkCurrent();
          int start = task * ROWS_PER_TASK;
          int end = Math.min(count, start + ROWS_PER_TASK);
          gather(slot, start, end, vector);
          if (slot.nullable() && gatherNulls(slot, start, end, vector.validity)) {
            nulls.set(true);
          }
        });
    vector.hasNulls = nulls.get();
    return vector;
  }

  private void gather(RowLayout.Slot slot, int start, int end, Vector vector) {
    switch (vector) {
      case IntVector ints -> gatherInts(slot.word(), start, end, ints.values);
      case LongVector longs -> gatherLongs(slot.word(), start, end, longs.values);
      case DoubleVector doubles -> gatherDoubles(slot.word(), start, end, doubles.values);
      case Int128Vector wide -> {
        gatherLongs(slot.word(), start, end, wide.high);
        gatherLongs(slot.word() + 1, start, end, wide.low);
      }
      case BytesVector bytes -> gatherLongs(slot.word(), start, end, bytes.views);
    }
  }

  private void gatherInts(int word, int start, int end, int[] out) {
    RowPages rows = buffer.pages();
    long[][] pages = rows.pages();
    int shift = rows.shift();
    int mask = (1 << shift) - 1;
    int words = rows.rowWords();
    for (int i = start; i < end; i++) {
      int ref = refs[from + i];
      out[i] = (int) pages[ref >>> shift][(ref & mask) * words + word];
    }
  }

  private void gatherLongs(int word, int start, int end, long[] out) {
    RowPages rows = buffer.pages();
    long[][] pages = rows.pages();
    int shift = rows.shift();
    int mask = (1 << shift) - 1;
    int words = rows.rowWords();
    for (int i = start; i < end; i++) {
      int ref = refs[from + i];
      out[i] = pages[ref >>> shift][(ref & mask) * words + word];
    }
  }

  private void gatherDoubles(int word, int start, int end, double[] out) {
    RowPages rows = buffer.pages();
    long[][] pages = rows.pages();
    int shift = rows.shift();
    int mask = (1 << shift) - 1;
    int words = rows.rowWords();
    for (int i = start; i < end; i++) {
      int ref = refs[from + i];
      out[i] = Double.longBitsToDouble(pages[ref >>> shift][(ref & mask) * words + word]);
    }
  }

  private boolean gatherNulls(RowLayout.Slot slot, int start, int end, long[] validity) {
    RowPages pages = buffer.pages();
    boolean any = false;
    for (int i = start; i < end; i++) {
      int ref = refs[from + i];
      if (slot.isNull(pages.page(ref), pages.word(ref))) {
        validity[i >> 6] &= ~(1L << i);
        any = true;
      }
    }
    return any;
  }
}

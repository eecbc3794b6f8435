package io.redward.runtime.sort;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.segment.Parallel;
import java.util.List;

/// Puts the rows of a sealed buffer in order. Large buffers are cut into runs that workers sort at
/// the same time and that are then merged, pairs of runs again side by side.
public final class BufferSorter {
  private static final int ROWS_PER_RUN = 1 << 16;
  /// What sorting takes a row beside the key columns: prefixes and row numbers, twice each.
  private static final int BYTES_PER_ROW = 32;

  private final RowBuffer buffer;
  private final List<SortKey> keys;
  private final MemoryBudget budget;

  public BufferSorter(RowBuffer buffer, List<SortKey> keys, MemoryBudget budget) {
    this.buffer = buffer;
    this.keys = List.copyOf(keys);
    this.budget = budget;
  }

  /// Orders the buffer's rows and keeps rows `offset .. offset + limit)` of them.
  public void sort(long offset, long limit, Parallel parallel) {
    int count = Math.toIntExact(buffer.rowCount());
    long wanted = (long) count * (BYTES_PER_ROW + 16L * keys.size());
    budget.reserve(wanted);
    try {
      int[] refs = sorted(count, parallel);
      int from = (int) Math.min(offset, count);
      buffer.order(refs, from, (int) Math.min(count, from + Math.min(limit, count)));
    } finally {
      budget.release(wanted);
    }
  }

  private int[] sorted(int count, Parallel parallel) {
    int[] refs = buffer.refs();
    int from = buffer.from();
    Vector[] columns = columns(parallel);
    CancelToken.checkCurrent();
    SortOrder order = new SortOrder(keys, columns);
    int runs = Integer.highestOneBit(Math.clamp(count / ROWS_PER_RUN, 1, parallel.workers()));
    int[] rows =
        runs == 1 ? order.sorted(count) : new ParallelSort(order, count).sorted(runs, parallel);
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      if ((i & PrefixSort.CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      result[i] = refs[from + rows[i]];
    }
    return result;
  }

  private Vector[] columns(Parallel parallel) {
    BufferColumns source = new BufferColumns(buffer, parallel);
    Vector[] columns = new Vector[buffer.layout().slots().size()];
    for (SortKey key : keys) {
      if (columns[key.field()] == null) {
        columns[key.field()] = source.gather(key.field());
      }
    }
    return columns;
  }
}

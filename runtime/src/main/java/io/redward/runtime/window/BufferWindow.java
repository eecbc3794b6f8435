package io.redward.runtime.window;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SinkStep.Window;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.runtime.row.ArenaWriter;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.sort.BufferColumns;
import io.redward.runtime.sort.BufferSorter;
import io.redward.runtime.sort.SortOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A window step over a sealed buffer: sorts its rows by partition and order, computes the calls
/// and writes their results into the rows.
public final class BufferWindow {
  /// Rows between two looks whether the statement was cancelled, less one.
  private static final int CHECK_MASK = (1 << 16) - 1;

  private final Window step;
  private final RowBuffer buffer;
  private final MemoryBudget budget;

  public BufferWindow(Window step, RowBuffer buffer, MemoryBudget budget) {
    this.step = step;
    this.buffer = buffer;
    this.budget = budget;
  }

  public void compute(Parallel parallel) {
    List<SortKey> keys = new ArrayList<>();
    for (int field : step.partitionBy()) {
      keys.add(new SortKey(field, false, false));
    }
    List<SortKey> partitionKeys = List.copyOf(keys);
    keys.addAll(step.orderBy());
    new BufferSorter(buffer, keys, budget).sort(0, Long.MAX_VALUE, parallel);
    int count = Math.toIntExact(buffer.rowCount());
    boolean[] read = fieldsRead(keys);
    long wanted = (long) count * 24 * (1 + step.calls().size() + keys.size());
    budget.reserve(wanted);
    try {
      BufferColumns source = new BufferColumns(buffer, parallel);
      Vector[] columns = new Vector[step.fields().size()];
      for (int field = 0; field < columns.length; field++) {
        columns[field] =
            read[field] ? source.gather(field) : Vector.of(step.fields().get(field).physical(), 0);
      }
      WindowRows rows =
          new WindowRows(
              count,
              starts(new SortOrder(partitionKeys, columns), count),
              starts(new SortOrder(keys, columns), count),
              columns,
              step.fields());
      List<Vector> results = WindowEvaluator.evaluate(step.calls(), rows, parallel);
      int first = step.fields().size() - step.calls().size();
      for (int call = 0; call < results.size(); call++) {
        write(results.get(call), buffer.layout().slot(first + call), count);
      }
    } finally {
      budget.release(wanted);
    }
  }

  private boolean[] fieldsRead(List<SortKey> keys) {
    boolean[] read = new boolean[step.fields().size()];
    keys.forEach(key -> read[key.field()] = true);
    for (WindowCall call : step.calls()) {
      call.arguments().forEach(field -> read[field] = true);
    }
    return read;
  }

  /// Where runs of rows that are equal in the order's keys start, then `count`.
  private static int[] starts(SortOrder order, int count) {
    int[] starts = new int[16];
    int size = 0;
    for (int row = 0; row < count; row++) {
      if ((row & CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      if (row == 0 || order.compare(row - 1, row) != 0) {
        if (size + 1 >= starts.length) {
          starts = Arrays.copyOf(starts, size * 2);
        }
        starts[size++] = row;
      }
    }
    starts[size++] = count;
    return Arrays.copyOf(starts, size);
  }

  private void write(Vector result, RowLayout.Slot slot, int count) {
    RowPages pages = buffer.pages();
    ArenaWriter strings = new ArenaWriter(buffer.arena());
    byte[][] shared = buffer.arena().pages();
    for (int i = 0; i < count; i++) {
      if ((i & CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      int ref = buffer.refs()[i];
      long[] page = pages.page(ref);
      int row = pages.word(ref);
      if (result.isNull(i)) {
        slot.setNull(page, row);
        continue;
      }
      int word = row + slot.word();
      switch (result) {
        case IntVector ints -> page[word] = ints.values[i];
        case LongVector longs -> page[word] = longs.values[i];
        case DoubleVector doubles -> page[word] = Double.doubleToRawLongBits(doubles.values[i]);
        case Int128Vector wide -> {
          page[word] = wide.high[i];
          page[word + 1] = wide.low[i];
        }
        case BytesVector bytes ->
            page[word] =
                bytes.pages == shared
                    ? bytes.views[i]
                    : strings.append(bytes.page(i), bytes.offset(i), bytes.length(i));
      }
    }
  }
}

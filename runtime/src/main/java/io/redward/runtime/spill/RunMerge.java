package io.redward.runtime.spill;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.row.RowLayout.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// Merges sorted runs, block by block. At most [#FAN_IN] at a time: more are first merged into
/// longer runs.
public final class RunMerge {
  private static final int FAN_IN = 64;

  private final RowForm form;
  private final RowOrder order;
  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();

  /// A run and the row that is next in it.
  private final class Cursor implements Comparable<Cursor> {
    private final SpillRun run;
    private final int number;
    private RowBlock block;
    private int next;
    private int blockNumber;

    Cursor(SpillRun run, int number) {
      this.run = run;
      this.number = number;
      block = run.block(0, form);
    }

    int row() {
      return block.word(next);
    }

    boolean advance() {
      if (++next < block.rows()) {
        return true;
      }
      next = 0;
      if (++blockNumber == run.blocks()) {
        return false;
      }
      block = run.block(blockNumber, form);
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      int result = order.compare(block, row(), other.block, other.row());
      return result != 0 ? result : Integer.compare(number, other.number);
    }
  }

  public RunMerge(RowForm form, List<SortKey> keys, List<SpillRun> runs) {
    this.form = form;
    order = new RowOrder(keys, form.layout());
    List<SpillRun> left = new ArrayList<>(runs);
    left.removeIf(run -> run.rows() == 0);
    while (left.size() > FAN_IN) {
      left = shorter(left);
    }
    open(left);
  }

  private void open(List<SpillRun> runs) {
    for (int i = 0; i < runs.size(); i++) {
      cursors.add(new Cursor(runs.get(i), i));
    }
  }

  private List<SpillRun> shorter(List<SpillRun> runs) {
    List<SpillRun> merged = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += FAN_IN) {
      List<SpillRun> group = runs.subList(from, Math.min(runs.size(), from + FAN_IN));
      SpillRun run = new SpillRun(group.getFirst().file());
      BlockWriter writer = new BlockWriter(form, run);
      open(group);
      while (!cursors.isEmpty()) {
        Cursor first = cursors.remove();
        writer.add(0, first.block.page(), first.row(), first.block.bytes());
        if (first.advance()) {
          cursors.add(first);
        }
      }
      writer.flush();
      merged.add(run);
    }
    return merged;
  }

  /// Passes over rows.
  public void skip(long rows) {
    for (long i = 0; i < rows && !cursors.isEmpty(); i++) {
      Cursor first = cursors.remove();
      if (first.advance()) {
        cursors.add(first);
      }
    }
  }

  /// Fills `batch` with the next rows, at most `most`; false if there are none.
  public boolean fill(Batch batch, long most) {
    batch.reset();
    int count = 0;
    int limit = (int) Math.min(most, batch.capacity());
    while (count < limit && !cursors.isEmpty()) {
      Cursor first = cursors.remove();
      for (int field = 0; field < batch.vectors.length; field++) {
        set(form.layout().slot(field), first.block, first.row(), batch.vectors[field], count);
      }
      count++;
      if (first.advance()) {
        cursors.add(first);
      }
    }
    batch.selectedCount = count;
    return count > 0;
  }

  private static void set(Slot slot, RowBlock block, int row, Vector vector, int at) {
    if (slot.isNull(block.page(), row)) {
      vector.setNull(at);
      return;
    }
    long word = block.page()[row + slot.word()];
    switch (vector) {
      case IntVector ints -> ints.values[at] = (int) word;
      case LongVector longs -> longs.values[at] = word;
      case DoubleVector doubles -> doubles.values[at] = Double.longBitsToDouble(word);
      case Int128Vector wide -> {
        wide.high[at] = word;
        wide.low[at] = block.page()[row + slot.word() + 1];
      }
      case BytesVector bytes ->
          bytes.append(at, block.bytes()[0], BytesView.offset(word), BytesView.length(word));
    }
  }
}

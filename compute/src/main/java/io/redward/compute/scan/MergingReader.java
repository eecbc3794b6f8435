package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Merges sorted runs into one. Where runs do not overlap their batches pass through as they are;
/// elsewhere rows are copied, as many at a time as come from one run.
final class MergingReader implements BatchReader {
  private final int[] keys;
  private final boolean[] used;
  private final List<Physical> forms = new ArrayList<>();
  private final PriorityQueue<Run> runs;
  private final Batch merged;
  private Batch batch;
  private @Nullable Run passed;

  /// A run and the live row of its batch that is next.
  private final class Run implements Comparable<Run> {
    private final BatchReader reader;
    private int next;

    Run(BatchReader reader) {
      this.reader = reader;
    }

    boolean advance() {
      next = 0;
      return reader.next();
    }

    int row(int index) {
      return reader.batch().row(index);
    }

    int left() {
      return reader.batch().selectedCount - next;
    }

    /// Whether live row `index` comes before `other`'s next row, or with it.
    boolean before(int index, Run other) {
      return MergeKeys.compare(
              reader.batch(), keys, row(index), other.reader.batch(), keys, other.row(other.next))
          <= 0;
    }

    @Override
    public int compareTo(Run other) {
      return MergeKeys.compare(
          reader.batch(), keys, row(next), other.reader.batch(), keys, other.row(other.next));
    }
  }

  MergingReader(List<BatchReader> readers, List<Field> fields, boolean[] used, int[] keys) {
    this.keys = keys;
    this.used = used;
    fields.forEach(field -> forms.add(field.physical()));
    merged = new Batch(forms);
    batch = merged;
    runs = new PriorityQueue<>();
    for (BatchReader reader : readers) {
      Run run = new Run(reader);
      if (run.advance()) {
        runs.add(run);
      }
    }
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public boolean next() {
    if (passed != null) {
      requeue(passed);
      passed = null;
    }
    merged.reset();
    int count = 0;
    while (count < merged.capacity() && !runs.isEmpty()) {
      Run run = runs.remove();
      Run second = runs.peek();
      int last = run.reader.batch().selectedCount - 1;
      if (count == 0 && run.next == 0 && (second == null || run.before(last, second))) {
        passed = run;
        batch = run.reader.batch();
        return true;
      }
      int taken = copy(run, second, count);
      count += taken;
      requeueAfter(run, taken);
    }
    batch = merged;
    merged.selectedCount = count;
    return count > 0;
  }

  /// Copies the rows of `run` that come before the second run's next.
  private int copy(Run run, @Nullable Run second, int at) {
    int room = Math.min(run.left(), merged.capacity() - at);
    int count = 1;
    while (count < room && (second == null || run.before(run.next + count, second))) {
      count++;
    }
    Batch source = run.reader.batch();
    for (int i = 0; i < merged.vectors.length; i++) {
      if (used[i]) {
        VectorCopy.append(
            source.vectors[i],
            source.dense,
            source.selection,
            run.next,
            count,
            merged.vectors[i],
            at);
      }
    }
    return count;
  }

  private void requeueAfter(Run run, int taken) {
    run.next += taken;
    if (run.left() > 0) {
      runs.add(run);
    } else {
      requeue(run);
    }
  }

  private void requeue(Run run) {
    if (run.advance()) {
      runs.add(run);
    }
  }
}

package io.redward.compute.scan;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.List;

/// Rows of a scan, kept in a batch that grows as they come.
final class GrowingRows {
  private final List<Physical> forms = new ArrayList<>();
  private final boolean[] used;
  private final MemoryBudget budget;
  private Batch batch;
  private int count;
  private long reserved;

  /// @param used by field: whether it is kept
  GrowingRows(List<Field> fields, boolean[] used, MemoryBudget budget) {
    fields.forEach(field -> forms.add(field.physical()));
    this.used = used;
    this.budget = budget;
    batch = new Batch(forms);
  }

  Batch batch() {
    return batch;
  }

  int count() {
    return count;
  }

  void clear() {
    batch.reset();
    count = 0;
  }

  /// Gives back what growing took from the budget.
  void close() {
    budget.release(reserved);
    reserved = 0;
    batch = new Batch(forms, 1);
    count = 0;
  }

  /// Appends the live rows of `more` but the first `from`.
  void append(Batch more, int from) {
    int added = more.selectedCount - from;
    if (count + added > batch.capacity()) {
      grow(count + added);
    }
    for (int i = 0; i < batch.vectors.length; i++) {
      if (used[i]) {
        VectorCopy.append(
            more.vectors[i], more.dense, more.selection, from, added, batch.vectors[i], count);
      }
    }
    count += added;
    batch.selectedCount = count;
  }

  private void grow(int wanted) {
    int capacity = Math.max(wanted, 2 * batch.capacity());
    long bytes = 16L * (capacity - batch.capacity()) * forms.size();
    budget.reserve(bytes);
    reserved += bytes;
    Batch before = batch;
    batch = new Batch(forms, capacity);
    count = 0;
    append(before, 0);
  }
}

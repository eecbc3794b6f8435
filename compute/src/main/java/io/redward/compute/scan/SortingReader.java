package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.runtime.sort.SortOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the rows of an unsorted rowset in key order: all are read before the first comes out.
final class SortingReader implements BatchReader {
  private final BatchReader reader;
  private final int[] keys;
  private final boolean[] used;
  private final GrowingRows rows;
  private final Batch batch;
  private final int[] targets;
  private int @Nullable [] order;
  private int next;

  SortingReader(
      BatchReader reader, TableScan scan, int[] keys, boolean[] used, MemoryBudget budget) {
    this.reader = reader;
    this.keys = keys;
    this.used = used;
    rows = new GrowingRows(scan.fields(), used, budget);
    List<Physical> forms = new ArrayList<>();
    for (Field field : scan.fields()) {
      forms.add(field.physical());
    }
    batch = new Batch(forms);
    targets = new int[batch.capacity()];
    Arrays.setAll(targets, i -> i);
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public boolean next() {
    int[] sorted = order == null ? sort() : order;
    int count = Math.min(batch.capacity(), sorted.length - next);
    if (count == 0) {
      rows.close();
      return false;
    }
    int[] sources = Arrays.copyOfRange(sorted, next, next + count);
    for (int i = 0; i < batch.vectors.length; i++) {
      if (used[i]) {
        VectorCopy.gather(rows.batch().vectors[i], sources, 0, targets, count, batch.vectors[i]);
      }
    }
    next += count;
    batch.selectedCount = count;
    return true;
  }

  private int[] sort() {
    while (reader.next()) {
      rows.append(reader.batch(), 0);
    }
    List<SortKey> ascending = new ArrayList<>();
    for (int key : keys) {
      ascending.add(new SortKey(key, false, false));
    }
    int[] sorted = new SortOrder(ascending, rows.batch().vectors).sorted(rows.count());
    order = sorted;
    return sorted;
  }
}

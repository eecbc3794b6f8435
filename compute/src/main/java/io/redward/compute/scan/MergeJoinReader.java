package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One worker of a merge join. For each batch of outer rows the inner rows of the same keys are
/// gathered in a window; then the batch comes out once for the first match of every row, once for
/// the second, and so on, with the outer side's vectors as they are.
final class MergeJoinReader implements BatchReader {
  private final MergeJoinSource source;
  private final int outerFields;
  private final boolean[] innerUsed;
  private final Batch batch;
  private final int[] firstMatch = new int[Batch.CAPACITY];
  private final int[] matches = new int[Batch.CAPACITY];
  private final MergeWindow window;

  private @Nullable BatchReader outer;
  private boolean outerReady;
  private int pass;
  private int active;

  MergeJoinReader(MergeJoinSource source) {
    this.source = source;
    outerFields = source.outer().scan().fields().size();
    innerUsed = source.inner().hints().used();
    List<Physical> forms = new ArrayList<>();
    for (Field field : source.join().fields()) {
      forms.add(field.physical());
    }
    batch = new Batch(forms);
    window = new MergeWindow(source.inner(), source.outer().keys());
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public boolean next() {
    while (true) {
      source.cancel().check();
      if (outerReady) {
        if (nextPass()) {
          return true;
        }
        outerReady = false;
      }
      if (outer == null && !openRange()) {
        return false;
      }
      if (outer != null && outer.next()) {
        match(outer.batch());
        outerReady = true;
      } else {
        outer = null;
      }
    }
  }

  private boolean openRange() {
    MergeJoinSource.Range range = source.take();
    if (range == null) {
      window.close();
      return false;
    }
    if (MergeJoinSource.isNullRange(range)) {
      outer = source.outer().unordered(range.outer(), source.cancel());
      window.openEmpty();
    } else {
      outer = source.outer().ordered(range.outer(), source.cancel());
      window.open(source.inner().ordered(range.inner(), source.cancel()));
    }
    return true;
  }

  /// Finds each row's matches and starts the first pass.
  private void match(Batch rows) {
    for (int i = 0; i < outerFields; i++) {
      batch.vectors[i] = rows.vectors[i];
    }
    window.match(rows, firstMatch, matches);
    boolean keeps = source.join().keepsOuter();
    active = 0;
    for (int i = 0; i < rows.selectedCount; i++) {
      int row = rows.row(i);
      if (matches[row] > 0 || keeps) {
        batch.selection[active++] = row;
      }
    }
    pass = 0;
  }

  private boolean nextPass() {
    int left = active;
    if (pass > 0) {
      left = 0;
      for (int i = 0; i < active; i++) {
        int row = batch.selection[i];
        batch.selection[left] = row;
        left += matches[row] > pass ? 1 : 0;
      }
    }
    active = left;
    if (left == 0) {
      return false;
    }
    for (int i = outerFields; i < batch.vectors.length; i++) {
      if (innerUsed[i - outerFields]) {
        VectorCopy.gather(
            window.rows().vectors[i - outerFields],
            firstMatch,
            pass,
            batch.selection,
            left,
            batch.vectors[i]);
      }
    }
    pass++;
    batch.dense = false;
    batch.selectedCount = left;
    return true;
  }
}

package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.batch.Batch;
import org.jspecify.annotations.Nullable;

/// The inner rows of a merge join that the outer rows at hand may match: read on while they are not
/// enough, dropped when the outer side has passed them.
final class MergeWindow {
  private final MergeInput side;
  private final int[] outerKeys;
  private @Nullable BatchReader reader;
  private GrowingRows rows;
  private GrowingRows spare;

  MergeWindow(MergeInput side, int[] outerKeys) {
    this.side = side;
    this.outerKeys = outerKeys;
    rows = new GrowingRows(side.scan().fields(), side.hints().used(), side.budget());
    spare = new GrowingRows(side.scan().fields(), side.hints().used(), side.budget());
  }

  void open(BatchReader inner) {
    openEmpty();
    reader = inner;
  }

  void openEmpty() {
    reader = null;
    rows.clear();
  }

  void close() {
    rows.close();
    spare.close();
  }

  Batch rows() {
    return rows.batch();
  }

  /// By row of `outer`: its first match in the window, -1 if none, and how many there are.
  void match(Batch outer, int[] first, int[] matches) {
    int live = outer.selectedCount;
    drop(outer, outer.row(0));
    int at = 0;
    for (int i = 0; i < live; i++) {
      int row = outer.row(i);
      if (i > 0 && same(outer, outer.row(i - 1), row)) {
        first[row] = first[outer.row(i - 1)];
        matches[row] = matches[outer.row(i - 1)];
        continue;
      }
      while (available(at) && compare(at, outer, row) < 0) {
        at++;
      }
      int from = at;
      while (available(at) && compare(at, outer, row) == 0) {
        at++;
      }
      first[row] = at > from ? from : -1;
      matches[row] = at - from;
    }
  }

  private boolean same(Batch outer, int row, int other) {
    return reader == null && rows.count() == 0
        || MergeKeys.compare(outer, outerKeys, row, outer, outerKeys, other) == 0;
  }

  private int compare(int at, Batch outer, int row) {
    return MergeKeys.compare(rows.batch(), side.keys(), at, outer, outerKeys, row);
  }

  /// Whether there is a row `at`, read if need be.
  private boolean available(int at) {
    while (at >= rows.count()) {
      if (reader == null || !reader.next()) {
        reader = null;
        return false;
      }
      rows.append(reader.batch(), 0);
    }
    return true;
  }

  /// Drops rows before the outer row's key.
  private void drop(Batch outer, int row) {
    int passed = 0;
    while (available(passed) && compare(passed, outer, row) < 0) {
      passed++;
      if (passed == rows.count()) {
        rows.clear();
        passed = 0;
      }
    }
    if (passed > 0) {
      GrowingRows before = rows;
      spare.clear();
      spare.append(before.batch(), passed);
      rows = spare;
      spare = before;
    }
  }
}

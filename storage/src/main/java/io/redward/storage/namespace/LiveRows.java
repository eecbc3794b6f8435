package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import java.util.ArrayList;
import java.util.List;

/// Goes through the live rows of one rowset, a batch at a time. One thread at a time.
final class LiveRows {
  /// Rows are decoded one by one if they are fewer than one in so many.
  private static final int FEW = 4;

  private final RowsetState source;
  private final TableShape shape;
  private final Batch batch;
  private final Vector[] keys;
  private long[] places = new long[0];
  private long after;
  private long upTo;
  private Block[] blocks = new Block[0];
  private int openBlock = -1;
  private int nextRow;
  private int firstRow;
  private int at;

  LiveRows(RowsetState source, TableShape shape) {
    this.source = source;
    this.shape = shape;
    List<Physical> forms = new ArrayList<>();
    shape.columns().forEach(column -> forms.add(column.type().physical()));
    // A fold of many rowsets of one row each would spend most of its time on empty batches.
    batch = new Batch(forms, Math.clamp(source.rowCount(), 1, Batch.CAPACITY));
    List<Integer> ids = shape.columns().stream().map(TableShape.Column::id).toList();
    keys =
        shape.sortKey().stream().map(id -> batch.vectors[ids.indexOf(id)]).toArray(Vector[]::new);
  }

  /// Only rows whose place is greater than `after` and at most `upTo`.
  ///
  /// @param places of all rows of the rowset
  LiveRows within(long[] places, long after, long upTo) {
    this.places = places;
    this.after = after;
    this.upTo = upTo;
    return this;
  }

  RowsetState source() {
    return source;
  }

  Batch batch() {
    return batch;
  }

  /// Place in the batch's selection of the row that is next.
  int at() {
    return at;
  }

  /// The rowset's row that is at place `index` of the selection.
  int row(int index) {
    return firstRow + batch.selection[index];
  }

  /// Passes over `count` rows of the batch; reads the next batch if that was the last.
  ///
  /// @return false at the end
  boolean advance(int count) {
    at += count;
    return at < batch.selectedCount || readBatch();
  }

  /// Orders the next rows of two rowsets by the sort key.
  static int compare(LiveRows left, LiveRows right) {
    int leftRow = left.batch.selection[left.at];
    return compare(left, leftRow, right, right.batch.selection[right.at]);
  }

  /// Orders the row at `index` of this batch against the next row of another.
  int compareAt(int index, LiveRows other) {
    return compare(this, batch.selection[index], other, other.batch.selection[other.at]);
  }

  private static int compare(LiveRows left, int leftRow, LiveRows right, int rightRow) {
    for (int i = 0; i < left.keys.length; i++) {
      int order = KeyOrder.compare(left.keys[i], leftRow, right.keys[i], rightRow);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private boolean readBatch() {
    at = 0;
    batch.selectedCount = 0;
    while (batch.selectedCount == 0 && nextRow < source.rowCount()) {
      int block = nextRow / RowsetSnapshot.BLOCK_ROWS;
      int from = nextRow % RowsetSnapshot.BLOCK_ROWS;
      int left = Math.min(source.rowCount() - nextRow, RowsetSnapshot.BLOCK_ROWS - from);
      int count = Math.min(batch.capacity(), left);
      batch.reset();
      firstRow = nextRow;
      batch.dense = false;
      select(count);
      if (batch.selectedCount > 0) {
        if (block != openBlock) {
          open(block);
        }
        decode(from, count);
      }
      nextRow += count;
    }
    return batch.selectedCount > 0;
  }

  private void select(int count) {
    for (int i = 0; i < count; i++) {
      if (!source.isDeleted(nextRow + i)) {
        batch.selection[batch.selectedCount++] = i;
      }
    }
    if (places.length > 0) {
      int selected = 0;
      for (int i = 0; i < batch.selectedCount; i++) {
        long place = places[nextRow + batch.selection[i]];
        batch.selection[selected] = batch.selection[i];
        selected += place > after && place <= upTo ? 1 : 0;
      }
      batch.selectedCount = selected;
    }
  }

  private void decode(int from, int count) {
    boolean few = batch.selectedCount * FEW < count;
    for (int i = 0; i < blocks.length; i++) {
      if (few) {
        blocks[i].decodeSelected(from, batch.selection, batch.selectedCount, batch.vectors[i]);
      } else {
        blocks[i].decode(from, count, batch.vectors[i]);
      }
    }
  }

  private void open(int block) {
    blocks = new Block[shape.columns().size()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = source.file().readBlock(shape.columns().get(i).id(), block);
    }
    openBlock = block;
  }
}

package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.rowset.RowsetReference;
import io.redward.storage.rowset.RowsetWriter;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Turns rows into sealed rowsets: without a sort key it encodes a block as soon as it is full,
/// with one it holds a rowset's rows, sorts them and encodes them then. Where the distribution key
/// is another column, held rows become a rowset for each [Division]. One thread at a time.
final class RowsetBuilder {
  /// A block's strings, or a sorted rowset's, are sealed early beyond these.
  private static final long BLOCK_STRING_BYTES = 64L << 20;
  private static final long SORTED_STRING_BYTES = 256L << 20;
  static final int SORTED_BLOCKS = 8;

  private final Target target;
  private final TableShape shape;
  private final int rowsetRows;
  private final boolean held;
  private final ColumnBuffers buffers;
  private @Nullable RowsetWriter writer;
  private @Nullable SortOrder lastOrder;

  /// Where sealed rowsets go.
  ///
  /// @param nextRowsetId gives a fresh rowset id
  record Target(
      long tableId, ObjectStore store, IntSupplier nextRowsetId, Consumer<RowsetFile> sealed) {}

  RowsetBuilder(Target target, TableShape shape, int rowsetBlocks) {
    this.target = target;
    this.shape = shape;
    held = !shape.sortKey().isEmpty() || shape.division().isPresent();
    int blocks = held ? Math.min(rowsetBlocks, SORTED_BLOCKS) : rowsetBlocks;
    rowsetRows = blocks * RowsetSnapshot.BLOCK_ROWS;
    buffers = new ColumnBuffers(shape, held ? rowsetRows : RowsetSnapshot.BLOCK_ROWS);
  }

  void append(Batch batch) {
    int from = 0;
    while (from < batch.selectedCount) {
      int count = Math.min(buffers.room(), batch.selectedCount - from);
      append(batch, from, count);
      from += count;
    }
  }

  /// Appends live rows `[from, from + count)` of `batch`; `count` is at most [#room()].
  void append(Batch batch, int from, int count) {
    buffers.append(batch, from, count);
    if (buffers.room() == 0 || tooLong()) {
      flush();
    }
  }

  /// Rows of a full rowset.
  int rowsetRows() {
    return rowsetRows;
  }

  /// Rows that can be appended in one go.
  int room() {
    return buffers.room();
  }

  /// Seals what is left.
  void finish() {
    if (buffers.rowCount() > 0) {
      writeBuffers();
    }
    seal();
  }

  /// How the rows of the rowset sealed last were rearranged; null if they were not.
  @Nullable SortOrder lastOrder() {
    return lastOrder;
  }

  private boolean tooLong() {
    long limit = held ? SORTED_STRING_BYTES : BLOCK_STRING_BYTES;
    return buffers.stringBytes() > limit;
  }

  private void flush() {
    boolean whole = buffers.rowCount() % RowsetSnapshot.BLOCK_ROWS == 0;
    writeBuffers();
    if (held || !whole || writer().rowCount() >= rowsetRows) {
      seal();
    }
  }

  private void writeBuffers() {
    if (!held) {
      writer().writeBlocks(buffers.vectors(), buffers.rowCount());
    } else {
      SortOrder order =
          shape.sortKey().isEmpty()
              ? SortOrder.ofArrival(buffers.rowCount())
              : SortOrder.of(shape, buffers.vectors(), buffers.rowCount());
      for (SortOrder part : divided(order)) {
        seal();
        lastOrder = part;
        ColumnGather.writeBlocks(buffers, part, shape, writer());
      }
    }
    buffers.reset();
  }

  private List<SortOrder> divided(SortOrder order) {
    if (shape.division().isEmpty()) {
      return List.of(order);
    }
    int key = SortOrder.position(shape, shape.division().getAsInt());
    return Division.of(buffers.vectors()[key], order);
  }

  private RowsetWriter writer() {
    RowsetWriter open = writer;
    if (open == null) {
      open = new RowsetWriter(shape);
      writer = open;
    }
    return open;
  }

  private void seal() {
    RowsetWriter ending = writer;
    writer = null;
    if (ending == null || ending.rowCount() == 0) {
      return;
    }
    RowsetReference reference =
        ending.seal(target.tableId(), target.nextRowsetId().getAsInt(), target.store());
    target.sealed().accept(new RowsetFile(reference, target.store()));
  }
}

package io.redward.storage.rowset;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.block.EncodedBlock;
import io.redward.storage.block.encoding.TextChoice;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Builds one rowset, a block of every column at a time, and stores it. One thread at a time.
public final class RowsetWriter {
  /// Rowsets up to this size ride in the commit.
  public static final int INLINE_BYTES = 32 << 10;

  static final byte[] MAGIC = {'R', 'W', 'R', 'S'};

  private final List<ColumnWriter> columns = new ArrayList<>();
  private final WaitingBlocks waiting = new WaitingBlocks();
  private final TableShape shape;
  private int rowCount;

  public RowsetWriter(TableShape shape) {
    this.shape = shape;
    for (TableShape.Column column : shape.columns()) {
      columns.add(new ColumnWriter(column));
    }
  }

  /// Encodes the first `rows` rows of `values`, a vector a column in the shape's order. Overwrites
  /// values under nulls.
  public void writeBlocks(Vector[] values, int rows) {
    for (int i = 0; i < values.length; i++) {
      CancelToken.checkCurrent();
      columns.get(i).write(values[i], rows, waiting);
    }
    rowCount += rows;
  }

  public int rowCount() {
    return rowCount;
  }

  /// Ends the rowset; stores it durably unless it is small enough to ride in the commit.
  public RowsetReference seal(long tableId, int rowsetId, ObjectStore store) {
    long offset = MAGIC.length;
    IntStream.Builder order = IntStream.builder();
    Map<Integer, ColumnFooter> footers = new LinkedHashMap<>();
    for (ColumnWriter column : columns) {
      footers.put(column.column.id(), column.footer(offset));
      for (int block : column.blocks) {
        order.add(block);
        offset += waiting.length(block);
      }
    }
    byte[] footer =
        new RowsetFooter(
                rowCount, shape.sortKey(), shape.interleaved(), shape.distributionKey(), footers)
            .write();
    List<byte[]> parts = waiting.between(MAGIC, order.build().toArray(), footer);
    long total = offset + footer.length;
    byte[] inline = total <= INLINE_BYTES ? concatenate(parts, (int) total) : new byte[0];
    RowsetReference reference =
        new RowsetReference(tableId, rowsetId, rowCount, total, footer.length, inline);
    if (!reference.isInline()) {
      store.put(reference.objectKey(), parts);
    }
    waiting.clear();
    return reference;
  }

  private static byte[] concatenate(List<byte[]> parts, int total) {
    byte[] whole = new byte[total];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private static final class ColumnWriter {
    private final TableShape.Column column;
    /// Their places among those that wait.
    private final List<Integer> blocks = new ArrayList<>();
    private final List<BlockSummary> summaries = new ArrayList<>();
    private final DistinctSketch sketch = new DistinctSketch();
    private final ValueSample sample = new ValueSample();
    private final TextChoice text = new TextChoice();
    private long valueBytes;

    ColumnWriter(TableShape.Column column) {
      this.column = column;
    }

    void write(Vector values, int rows, WaitingBlocks waiting) {
      sample.add(values, rows, blocks.isEmpty() ? rows : RowsetSnapshot.BLOCK_ROWS);
      EncodedBlock block = BlockWriter.encode(values, rows, column.encoding(), text);
      blocks.add(waiting.add(block.bytes()));
      summaries.add(block.summary());
      sketch.addAll(block.distinct(), block.distinctCount(), block.summary().bounds());
      valueBytes += valueBytes(values, rows, rows - block.summary().nullCount());
    }

    ColumnFooter footer(long offset) {
      return new ColumnFooter(column, offset, valueBytes, sketch, sample, summaries);
    }

    private static long valueBytes(Vector values, int rows, int present) {
      return switch (values.physical()) {
        case INT -> present * 4L;
        case LONG, DOUBLE -> present * 8L;
        case INT128 -> present * 16L;
        case BYTES -> {
          long sum = 0;
          for (int i = 0; i < rows; i++) {
            sum += BytesView.length(((BytesVector) values).views[i]);
          }
          yield sum;
        }
      };
    }
  }
}

package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One order of all rows of a table with an interleaved sort key: each key column's rank among a
/// sample of the whole table, the bits of the ranks taken in turn. Neighbours in it are near each
/// other by every column, whatever the columns' distributions are. Of strings the first eight bytes
/// count.
final class ZOrder {
  /// What a deleted row has.
  static final long NONE = -1;

  private static final int SAMPLE_ROWS = 1 << 15;
  private static final int MIN_BLOCK_SAMPLE = 64;
  private static final int SAMPLES_OF_BLOCK = 16;
  private static final int MAX_BITS = 16;

  private final TableShape keys;
  private final long[][] samples;
  private final int bits;

  private ZOrder(TableShape keys, long[][] samples) {
    this.keys = keys;
    this.samples = samples;
    bits = Math.min(MAX_BITS, 63 / keys.sortKey().size());
  }

  /// The order over the rows that there are now.
  ///
  /// @param rowsets with all columns of the key
  static ZOrder of(List<RowsetState> rowsets, TableShape shape) {
    List<Integer> key = SortOrder.interleavedColumns(shape);
    List<TableShape.Column> columns =
        shape.columns().stream().filter(column -> key.contains(column.id())).toList();
    TableShape keys = new TableShape(columns, key, true);
    long blocks = rowsets.stream().mapToLong(rowset -> blockCount(rowset)).sum();
    int each = (int) Math.max(MIN_BLOCK_SAMPLE, SAMPLE_ROWS / Math.max(1, blocks));
    List<List<long[]>> found = new ArrayList<>();
    key.forEach(column -> found.add(new ArrayList<>()));
    for (RowsetState rowset : rowsets) {
      for (int block = 0; block < blockCount(rowset); block++) {
        sample(rowset, block, keys, each, found);
      }
    }
    long[][] samples = new long[key.size()][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = found.get(i).stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }
    return new ZOrder(keys, samples);
  }

  private static int blockCount(RowsetState rowset) {
    return (rowset.rowCount() + RowsetSnapshot.BLOCK_ROWS - 1) / RowsetSnapshot.BLOCK_ROWS;
  }

  private static void sample(
      RowsetState rowset, int block, TableShape keys, int each, List<List<long[]>> found) {
    int first = block * RowsetSnapshot.BLOCK_ROWS;
    int rows = Math.min(RowsetSnapshot.BLOCK_ROWS, rowset.rowCount() - first);
    int part = Math.max(1, each / SAMPLES_OF_BLOCK);
    for (int column = 0; column < found.size(); column++) {
      int id = keys.sortKey().get(column);
      Block values = rowset.file().readBlock(id, block);
      Vector vector = Vector.of(type(keys, id).physical(), part);
      for (int i = 0; i < SAMPLES_OF_BLOCK; i++) {
        int from = (int) ((long) rows * i / SAMPLES_OF_BLOCK);
        int count = Math.min(part, rows - from);
        vector.reset();
        values.decode(from, count, vector);
        found.get(column).add(SortOrder.prefixes(vector, count));
      }
    }
  }

  private static SqlType type(TableShape shape, int columnId) {
    return shape.columns().stream()
        .filter(column -> column.id() == columnId)
        .findFirst()
        .orElseThrow()
        .type();
  }

  /// The place of every row of a rowset in the order; [#NONE] for deleted ones.
  long[] places(RowsetState rowset) {
    long[] places = new long[rowset.rowCount()];
    Arrays.fill(places, NONE);
    LiveRows rows = new LiveRows(rowset, keys);
    boolean more = rows.advance(0);
    while (more) {
      Batch batch = rows.batch();
      for (int column = 0; column < samples.length; column++) {
        int position = SortOrder.position(keys, keys.sortKey().get(column));
        int decoded = batch.selection[batch.selectedCount - 1] + 1;
        long[] prefixes = SortOrder.prefixes(batch.vectors[position], decoded);
        for (int i = 0; i < batch.selectedCount; i++) {
          int row = rows.row(i);
          long spread =
              SortOrder.spread(
                  rank(samples[column], prefixes[batch.selection[i]]),
                  bits,
                  samples.length,
                  column);
          places[row] = column == 0 ? spread : places[row] | spread;
        }
      }
      more = rows.advance(batch.selectedCount);
    }
    return places;
  }

  /// The share of the sample that is less, as a number of so many bits.
  private long rank(long[] sample, long value) {
    int low = 0;
    int high = sample.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sample[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.min((1L << bits) - 1, ((long) low << bits) / Math.max(1, sample.length));
  }
}

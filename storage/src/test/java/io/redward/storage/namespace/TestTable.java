package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.storage.table.Block;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table of every physical form whose row `n` has known values, some of them null, and plain ways
/// to write and read it.
final class TestTable {
  static final long ID = 7;
  static final TableShape SHAPE = shape(List.of());

  private TestTable() {}

  static TableShape shape(List<Integer> sortKey) {
    return new TableShape(
        List.of(
            new TableShape.Column(1, SqlType.INTEGER, "auto"),
            new TableShape.Column(2, SqlType.BIGINT, "auto"),
            new TableShape.Column(3, SqlType.DOUBLE, "auto"),
            new TableShape.Column(4, SqlType.decimal(38, 2), "auto"),
            new TableShape.Column(5, SqlType.varchar(100), "auto")),
        sortKey,
        false);
  }

  static List<@Nullable Object> row(long n) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add((int) n);
    row.add(n % 7 == 0 ? null : n * 1_000_003);
    row.add(n % 11 == 0 ? null : n / 100.0);
    row.add(n % 13 == 0 ? null : new Int128(n % 3 - 1, n * 31));
    row.add(n % 5 == 0 ? null : "row " + n % 1000 + " of many");
    return row;
  }

  static void append(RowAppender appender, long from, long to) {
    for (long start = from; start < to; start += Batch.CAPACITY) {
      appender.append(batch(start, (int) Math.min(Batch.CAPACITY, to - start)));
    }
  }

  static Batch batch(long from, int count) {
    Batch batch =
        new Batch(SHAPE.columns().stream().map(column -> column.type().physical()).toList());
    for (int i = 0; i < count; i++) {
      List<@Nullable Object> row = row(from + i);
      for (int column = 0; column < row.size(); column++) {
        set(batch.vectors[column], i, row.get(column));
      }
    }
    batch.selectedCount = count;
    return batch;
  }

  static void set(Vector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
      return;
    }
    switch (vector) {
      case IntVector ints -> ints.values[row] = (int) value;
      case LongVector longs -> longs.values[row] = (long) value;
      case DoubleVector doubles -> doubles.values[row] = (double) value;
      case Int128Vector wide -> {
        wide.high[row] = ((Int128) value).high();
        wide.low[row] = ((Int128) value).low();
      }
      case BytesVector bytes -> {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        bytes.append(row, text, 0, text.length);
      }
    }
  }

  static @Nullable Object get(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> doubles.values[row];
      case Int128Vector wide -> new Int128(wide.high[row], wide.low[row]);
      case BytesVector bytes -> new String(bytes.copy(row), StandardCharsets.UTF_8);
    };
  }

  /// Commits rows `[from, to)`.
  static long insert(Namespace namespace, long from, long to) {
    WriteTransaction transaction = namespace.begin();
    RowAppender appender = transaction.append(ID, SHAPE);
    append(appender, from, to);
    appender.finish();
    return transaction.commit().orElseThrow();
  }

  /// Deletes the rows whose first column is in `[from, to)` as `transaction` sees them.
  static void delete(WriteTransaction transaction, int from, int to) {
    for (RowsetSnapshot rowset : transaction.view().table(ID).rowsets()) {
      int[] deleted = new int[to - from];
      int count = 0;
      List<List<@Nullable Object>> rows = new ArrayList<>();
      List<Long> rowIds = new ArrayList<>();
      readRowset(rowset, rows, rowIds);
      for (int i = 0; i < rows.size(); i++) {
        Object first = rows.get(i).getFirst();
        if (first instanceof Integer value && value >= from && value < to) {
          deleted[count++] = (int) rowIds.get(i).longValue();
        }
      }
      if (count > 0) {
        transaction.delete(ID, rowset.rowsetId(), Arrays.copyOf(deleted, count));
      }
    }
  }

  /// All live rows in storage order.
  static List<List<@Nullable Object>> read(Snapshot snapshot) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (RowsetSnapshot rowset : snapshot.table(ID).rowsets()) {
      readRowset(rowset, rows, new ArrayList<>());
    }
    return rows;
  }

  /// The first column of all live rows, ascending.
  static List<Integer> keys(Snapshot snapshot) {
    return read(snapshot).stream().map(row -> (Integer) row.getFirst()).sorted().toList();
  }

  private static void readRowset(
      RowsetSnapshot rowset, List<List<@Nullable Object>> rows, List<Long> rowIds) {
    long[] deleted = rowset.deletedRows().orElse(new long[0]);
    for (int block = 0; block < rowset.blockCount(); block++) {
      int count = rowset.blockRows(block);
      List<Vector> vectors = new ArrayList<>();
      for (TableShape.Column column : SHAPE.columns()) {
        Physical physical = column.type().physical();
        Vector vector = Vector.of(physical, count);
        Block read = rowset.block(column.id(), block);
        read.decode(0, count, vector);
        vectors.add(vector);
      }
      for (int i = 0; i < count; i++) {
        int row = block * RowsetSnapshot.BLOCK_ROWS + i;
        if (deleted.length > 0 && (deleted[row >> 6] >>> row & 1) != 0) {
          continue;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Vector vector : vectors) {
          values.add(get(vector, i));
        }
        rows.add(values);
        rowIds.add(RowsetSnapshot.rowId(rowset.rowsetId(), row));
      }
    }
  }
}

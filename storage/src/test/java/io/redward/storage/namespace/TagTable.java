package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
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
import java.util.Random;

/// Tables of few rows that are so long that every insert makes an object. A row is known by the tag
/// that it starts with.
final class TagTable {
  private static final int ROW_BYTES = 36 << 10;
  private static final int TAG_BYTES = 8;
  private static final TableShape SHAPE =
      new TableShape(
          List.of(new TableShape.Column(1, SqlType.varchar(65_535), "raw")), List.of(), false);

  private TagTable() {}

  static void insert(Namespace namespace, long table, int tag) {
    WriteTransaction transaction = namespace.begin();
    insert(transaction, table, tag);
    transaction.commit();
  }

  static void insert(WriteTransaction transaction, long table, int tag) {
    Batch batch = new Batch(List.of(Physical.BYTES));
    byte[] row = new byte[ROW_BYTES];
    new Random(tag).nextBytes(row);
    byte[] start = String.format("%08d", tag).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, row, 0, TAG_BYTES);
    ((BytesVector) batch.vectors[0]).append(0, row, 0, row.length);
    batch.selectedCount = 1;
    RowAppender appender = transaction.append(table, SHAPE);
    appender.append(batch);
    appender.finish();
  }

  /// Tags of all live rows, ascending; reads every row from the store.
  static List<Integer> read(Snapshot snapshot, long table) {
    return rows(snapshot, table).stream().map(Row::tag).sorted().toList();
  }

  static void delete(WriteTransaction transaction, long table, int tag) {
    for (Row row : rows(transaction.view(), table)) {
      if (row.tag() == tag) {
        transaction.delete(table, (int) (row.id() >>> 32), new int[] {(int) row.id()});
      }
    }
  }

  private record Row(int tag, long id) {}

  private static List<Row> rows(Snapshot snapshot, long table) {
    List<Row> rows = new ArrayList<>();
    for (RowsetSnapshot rowset : snapshot.table(table).rowsets()) {
      long[] deleted = rowset.deletedRows().orElse(new long[0]);
      BytesVector values = new BytesVector(rowset.rowCount());
      rowset.block(1, 0).decode(0, rowset.rowCount(), values);
      for (int i = 0; i < rowset.rowCount(); i++) {
        if (deleted.length == 0 || (deleted[i >> 6] >>> i & 1) == 0) {
          byte[] tag = Arrays.copyOf(values.copy(i), TAG_BYTES);
          rows.add(
              new Row(
                  Integer.parseInt(new String(tag, StandardCharsets.US_ASCII)),
                  RowsetSnapshot.rowId(rowset.rowsetId(), i)));
        }
      }
    }
    return rows;
  }
}

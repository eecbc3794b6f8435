package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/// Small results of text that the leader makes itself: EXPLAIN, SHOW.
final class TextRows {
  private TextRows() {}

  static ResultColumn column(String name) {
    return new ResultColumn(name, SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), Physical.BYTES, 0, 0);
  }

  /// Gives rows of text, all as long as the first, to a client.
  static void send(List<List<String>> rows, ResultConsumer results) {
    send(rows, results, false);
  }

  /// The same, where an empty text stands for no value.
  static void sendBlanksAsNulls(List<List<String>> rows, ResultConsumer results) {
    send(rows, results, true);
  }

  private static void send(
      List<List<String>> rows, ResultConsumer results, boolean blanksAreNulls) {
    if (rows.isEmpty()) {
      return;
    }
    int width = rows.getFirst().size();
    Batch batch = new Batch(Collections.nCopies(width, Physical.BYTES), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < width; column++) {
        byte[] bytes = rows.get(row).get(column).getBytes(StandardCharsets.UTF_8);
        ((BytesVector) batch.vectors[column]).append(row, bytes, 0, bytes.length);
        if (blanksAreNulls && bytes.length == 0) {
          batch.vectors[column].setNull(row);
        }
      }
    }
    batch.selectedCount = rows.size();
    results.rows(batch);
  }
}

package io.redward.load.unload;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.spi.Unloader.Column;
import io.redward.spi.ValueText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DuckDB reads the files that we write.
final class ParquetOutputTest {
  private static final int ROWS = 3_001;
  private static final List<Column> COLUMNS =
      List.of(
          new Column("n", SqlType.INTEGER),
          new Column("s", SqlType.varchar(20)),
          new Column("d", SqlType.decimal(30, 2)),
          new Column("t", SqlType.TIMESTAMP),
          new Column("b", SqlType.BOOLEAN));

  @TempDir Path directory;

  @Test
  void anotherEngineReadsWhatIsWritten() throws Exception {
    Path file = directory.resolve("rows.parquet");
    RowFormat.Fields fields = new RowFormat.Fields(COLUMNS, new int[] {0, 1, 2, 3, 4});
    ParquetOutput out = new ParquetOutput(file, fields, new PlainText(), 10_000);
    for (int from = 0; from < ROWS; from += 1_000) {
      Batch batch = batch(from, Math.min(1_000, ROWS - from));
      for (int i = 0; i < batch.selectedCount; i++) {
        out.add(batch, batch.row(i));
      }
    }
    out.close();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      assertThat(
              row(
                  statement,
                  "select count(*), count(s), count(b), sum(n), min(s), max(d), min(t),"
                      + " count(*) filter (where b) from '"
                      + file
                      + "'"))
          .isEqualTo(
              List.of(
                  "3001",
                  "2572",
                  "2728",
                  "4501500",
                  "row 1",
                  "553402322211286548500.05",
                  "1970-01-01 00:00:00.0",
                  "1364"));
      assertThat(row(statement, "select n, s, d, t, b from '" + file + "' where n = 2999"))
          .isEqualTo(List.of("2999", "row 2999", "29.99", "1970-01-01 00:00:00.002999", "false"));
      assertThat(
              row(
                  statement,
                  "select count(distinct row_group_id) > 1 from parquet_metadata('" + file + "')"))
          .isEqualTo(List.of("true"));
    }
  }

  private static Batch batch(int from, int count) {
    Batch batch = new Batch(COLUMNS.stream().map(column -> column.type().physical()).toList());
    for (int i = 0; i < count; i++) {
      int n = from + i;
      ((IntVector) batch.vectors[0]).values[i] = n;
      byte[] text = ("row " + n).getBytes(StandardCharsets.UTF_8);
      ((BytesVector) batch.vectors[1]).append(i, text, 0, text.length);
      ((Int128Vector) batch.vectors[2]).high[i] = n % 1_000 == 5 ? 3_000 : 0;
      ((Int128Vector) batch.vectors[2]).low[i] = n;
      ((LongVector) batch.vectors[3]).values[i] = n;
      ((IntVector) batch.vectors[4]).values[i] = n % 2 == 0 ? 1 : 0;
      if (n % 7 == 0) {
        batch.vectors[1].setNull(i);
      }
      if (n % 11 == 0) {
        batch.vectors[4].setNull(i);
      }
    }
    batch.selectedCount = count;
    return batch;
  }

  private static List<String> row(Statement statement, String query) throws Exception {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        row.add(result.getString(i));
      }
      return row;
    }
  }

  /// The text of strings.
  private static final class PlainText implements ValueText {
    private byte[] bytes = new byte[0];

    @Override
    public int put(SqlType type, Vector vector, int row) {
      BytesVector strings = (BytesVector) vector;
      bytes = new byte[strings.length(row)];
      System.arraycopy(strings.page(row), strings.offset(row), bytes, 0, bytes.length);
      return bytes.length;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }
  }
}

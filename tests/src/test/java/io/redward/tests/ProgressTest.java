package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others see of a statement while it runs, and that it stops when it is told to.
class ProgressTest {
  private static final String PROGRESS =
      "select distinct p.segment_number <= p.segments, p.work_units_taken <= p.work_units,"
          + " s.num_parts > 0 from sys_query_progress p join stv_exec_state s on s.query ="
          + " p.query_id where p.rows_read > 0 and p.memory_bytes >= 0 and p.session_id = ";

  /// Steps that have passed rows on and those that have not yet, of the segment at work.
  private static final String STEPS =
      "select trim(d.step_name), trim(d.table_name), d.is_active, d.output_rows > 0,"
          + " s.rows >= d.output_rows, trim(s.label)"
          + " from sys_query_detail d join sys_query_progress p on p.query_id = d.query_id"
          + " join stv_exec_state s on s.query = d.query_id and s.segment = d.segment_id"
          + " and s.step = d.step_id"
          + " where p.rows_read > 0 and d.segment_id = p.segment_id and p.session_id = %s"
          + " order by d.step_id";

  @TempDir private Path directory;

  @Test
  void aRunningStatementSaysHowFarItIs() throws IOException, SQLException {
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection busy = warehouse.connect();
        Connection watching = warehouse.connect();
        Statement statement = busy.createStatement()) {
      TestWarehouse.execute(
          watching,
          "create table numbers (n int)",
          "insert into numbers select n from generate_series(1, 3000) g(n)");
      String session = TestWarehouse.rows(busy, "select pg_backend_pid()").getFirst();
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.executeQuery(
                      "select count(*) from numbers a, numbers b, numbers c, numbers d"
                          + " where a.n + b.n + c.n + d.n = 7");
                } catch (SQLException e) {
                  throw new CompletionException(e);
                }
              });
      List<String> seen = List.of();
      while (seen.isEmpty() && !running.isDone()) {
        seen = TestWarehouse.rows(watching, PROGRESS + session);
      }
      assertThat(seen).containsExactly("t|t|t");
      List<String> steps =
          TestWarehouse.rows(watching, STEPS.formatted(session)).stream()
              .map(row -> row.replaceAll("tbl=[0-9]+", "tbl=?"))
              .toList();
      assertThat(steps).first().isEqualTo("scan|numbers|t|t|t|scan   tbl=? name=numbers");
      assertThat(steps).anyMatch(row -> row.startsWith("nestloop||t|"));
      assertThat(
              TestWarehouse.rows(
                  watching,
                  "select count(*) > 0 from sys_query_detail d join sys_query_progress p"
                      + " on p.query_id = d.query_id where d.is_active = 'f'"
                      + " and d.output_rows = 3000 and p.session_id = "
                      + session))
          .as("segments that have ended")
          .containsExactly("t");
      assertThat(
              TestWarehouse.rows(
                  watching,
                  "select distinct t.rows, t.size > 0, t.prep_swap from stv_tbl_trans t join"
                      + " sys_query_progress p on p.query_id = t.query_id"
                      + " where t.rows = 3000 and p.session_id = "
                      + session))
          .as("what they have set aside")
          .containsExactly("3000|t|0");
      assertThat(
              TestWarehouse.rows(
                  watching,
                  "select distinct q.maxtime = q.avgtime, q.maxtime > interval '0 seconds',"
                      + " q.rate_row >= 0, q.is_diskbased from svv_query_state q"
                      + " join sys_query_progress p on p.query_id = q.query"
                      + " and p.segment_id = q.seg"
                      + " where trim(q.label) like 'scan %' and p.session_id = "
                      + session))
          .as("how fast they are")
          .containsExactly("t|t|t|f");
      statement.cancel();
      assertThatThrownBy(running::join).hasMessageContaining("Query cancelled on user's request");
      assertThat(TestWarehouse.rows(watching, PROGRESS + session)).isEmpty();
    }
  }
}

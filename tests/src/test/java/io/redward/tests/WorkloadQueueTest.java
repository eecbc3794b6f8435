package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Long queries stand in line, and views show the line while it stands and what it has cost after.
class WorkloadQueueTest {
  /// A table of several blocks, since a single one is read without a turn.
  private static final String ENDLESS = "select count(*) from many a, many b where a.n % b.n = -1";

  /// More than the machine lets run at once, however many cores it has.
  private static final int QUERIES = 4 + Runtime.getRuntime().availableProcessors() / 4;

  @TempDir private Path directory;

  @Test
  void theLineIsSeenAndRemembered() throws IOException, SQLException {
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection watching = warehouse.connect();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      TestWarehouse.execute(
          watching,
          "create table many (n int)",
          "insert into many select n from generate_series(1, 400000) g(n)");
      List<Statement> statements = new ArrayList<>();
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        Connection connection = warehouse.connect();
        TestWarehouse.execute(connection, "set query_group to 'endless'");
        Statement statement = connection.createStatement();
        statements.add(statement);
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    statement.executeQuery(ENDLESS);
                  } catch (SQLException e) {
                    throw new CompletionException(e);
                  }
                },
                threads));
      }
      try {
        seeTheLine(watching, running);
      } finally {
        for (Statement statement : statements) {
          statement.cancel();
        }
      }
      for (CompletableFuture<Void> one : running) {
        assertThatThrownBy(one::join).hasMessageContaining("cancelled on user's request");
      }
      seeTheTimes(watching);
      for (Statement statement : statements) {
        statement.getConnection().close();
      }
    }
  }

  /// Asks until what must come true has been seen once; queries that go on for ever give the time.
  private static void await(
      Connection watching, List<CompletableFuture<Void>> running, String question)
      throws SQLException {
    while (!TestWarehouse.rows(watching, question).equals(List.of("t"))) {
      assertThat(running).noneMatch(CompletableFuture::isDone);
    }
  }

  private static void seeTheLine(Connection watching, List<CompletableFuture<Void>> running)
      throws SQLException {
    await(
        watching,
        running,
        "select count(*) > 0 and count(*) = count(distinct position) and min(queue_time) > 0 and"
            + " min(service_class) = 100 and min(position) >= 0 from stv_wlm_query_queue_state");
    await(
        watching,
        running,
        "select max(case when state = 'QueuedWaiting' and queue_time > 0 then 1 else 0 end) = 1"
            + " and max(case when state = 'Running' and exec_time > 0 then 1 else 0 end) = 1"
            + " from stv_wlm_query_state s join stv_inflight i on i.query = s.query"
            + " where i.label = 'endless'");
    await(
        watching,
        running,
        "select num_queued_queries > 0 and num_executing_queries > 1"
            + " from stv_wlm_service_class_state where service_class = 100");
    await(
        watching,
        running,
        "select count(*) > 0 from sys_query_history"
            + " where status = 'queued' and queue_time > 0 and query_label = 'endless'");
    await(
        watching, running, "select count(*) > 0 from stv_query_metrics where query_queue_time > 0");
  }

  private static void seeTheTimes(Connection watching) throws SQLException {
    assertThat(
            TestWarehouse.rows(
                watching,
                "select count(*), max(w.total_queue_time) > 0, bool_and(datediff(microsecond,"
                    + " w.queue_start_time, w.queue_end_time)   = w.total_queue_time),"
                    + " bool_and(datediff(microsecond, w.exec_start_time, w.exec_end_time)   ="
                    + " w.total_exec_time), bool_and(h.queue_time = w.total_queue_time),"
                    + " bool_and(h.elapsed_time >= h.queue_time + h.execution_time),"
                    + " bool_and(m.query_queue_time = w.total_queue_time) from stl_wlm_query w join"
                    + " stl_query q on q.query = w.query join sys_query_history h on h.query_id ="
                    + " q.query join stl_query_metrics m on m.query = q.query and m.segment = -1"
                    + " where q.label = 'endless' and q.querytxt like 'select count(*) from"
                    + " many%'"))
        .containsExactly(QUERIES + "|t|t|t|t|t|t");
    assertThat(TestWarehouse.rows(watching, "select count(*) from stv_wlm_query_queue_state"))
        .containsExactly("0");
  }
}

package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that meet: locks, losers that try again, sessions ended from outside.
class ConcurrentSessionsTest {
  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException {
    warehouse = new TestWarehouse(directory);
  }

  /// Every UPDATE is a transaction of its own and all want the same row.
  @Test
  void singleStatementsThatLoseAreRunAgain() throws Exception {
    try (Connection setup = warehouse.connect()) {
      TestWarehouse.execute(
          setup,
          "create table counter (id integer, n integer)",
          "insert into counter values (1, 0)");
      List<Callable<Void>> workers = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        boolean simple = worker % 2 == 0;
        workers.add(
            () -> {
              try (Connection connection =
                      warehouse.connect("preferQueryMode", simple ? "simple" : "extended");
                  PreparedStatement update =
                      connection.prepareStatement("update counter set n = n + 1 where id = 1")) {
                for (int i = 0; i < 15; i++) {
                  assertThat(update.executeUpdate()).isEqualTo(1);
                }
              }
              return null;
            });
      }
      inParallel(workers);
      assertThat(TestWarehouse.rows(setup, "select n from counter")).containsExactly("60");
    }
  }

  @Test
  void lockedTableIsSeenAndWaitedFor() throws Exception {
    try (Connection first = warehouse.connect("preferQueryMode", "simple");
        Connection second = warehouse.connect("preferQueryMode", "simple");
        Connection watcher = warehouse.connect();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      TestWarehouse.execute(first, "create table till (n integer)", "insert into till values (1)");
      TestWarehouse.execute(first, "begin", "lock till", "update till set n = n + 1");
      Future<List<String>> read =
          thread.submit(() -> TestWarehouse.rows(second, "select n from till"));
      String waiting =
          "select count(*) from svv_transactions where relation = 'till'::regclass and not granted";
      while (!TestWarehouse.rows(watcher, waiting).equals(List.of("1"))) {
        assertThat(read).isNotDone();
      }
      assertThat(
              TestWarehouse.rows(
                  watcher,
                  "select trim(lock_status) from stv_locks where table_id = 'till'::regclass"))
          .containsExactly("Holding write lock");
      assertThatThrownBy(() -> TestWarehouse.execute(watcher, "begin", "lock table till nowait"))
          .hasMessageContaining("could not obtain lock on relation \"till\"");
      TestWarehouse.execute(watcher, "rollback", "set statement_timeout to 100");
      assertThatThrownBy(() -> TestWarehouse.execute(watcher, "update till set n = 0"))
          .hasMessageContaining("statement timeout");
      TestWarehouse.execute(first, "commit");
      assertThat(read.get()).containsExactly("2");
      assertThat(
              TestWarehouse.rows(
                  first,
                  "select lock_wait_time > 0, elapsed_time >= lock_wait_time + execution_time"
                      + " from sys_query_history where query_text = 'select n from till'"))
          .containsExactly("t|t");
    }
  }

  /// Each has a table and wants the other's; one of them is told so, and the other goes on.
  @Test
  void deadlockEndsOneOfTwo() throws Exception {
    try (Connection first = warehouse.connect("preferQueryMode", "simple");
        Connection second = warehouse.connect("preferQueryMode", "simple");
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      TestWarehouse.execute(
          first, "create table left_one (n integer)", "create table right_one (n integer)");
      TestWarehouse.execute(first, "begin", "lock left_one");
      TestWarehouse.execute(second, "begin", "lock right_one");
      Future<String> other = thread.submit(() -> state(second, "lock left_one"));
      String mine = state(first, "lock right_one");
      if (mine.equals("40P01")) {
        TestWarehouse.execute(first, "rollback");
      }
      assertThat(List.of(mine, other.get())).containsExactlyInAnyOrder("40P01", "");
    }
  }

  @Test
  void lockSeesWhatItHasWaitedFor() throws Exception {
    try (Connection first = warehouse.connect("preferQueryMode", "simple");
        Connection second = warehouse.connect("preferQueryMode", "simple");
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      TestWarehouse.execute(
          first, "create table purse (n integer)", "insert into purse values (1)");
      TestWarehouse.execute(first, "begin", "update purse set n = n + 1");
      Future<Void> waiting =
          thread.submit(
              () -> {
                TestWarehouse.execute(
                    second, "begin", "lock purse", "update purse set n = n + 1", "commit");
                return null;
              });
      TestWarehouse.execute(first, "commit");
      waiting.get();
      assertThat(TestWarehouse.rows(first, "select n from purse")).containsExactly("3");
    }
  }

  @Test
  void terminatedSessionLosesItsTransaction() throws Exception {
    try (Connection victim = warehouse.connect("preferQueryMode", "simple");
        Connection admin = warehouse.connect()) {
      TestWarehouse.execute(admin, "create table ledger (n integer)");
      TestWarehouse.execute(victim, "begin", "insert into ledger values (1)");
      String pid = TestWarehouse.rows(victim, "select pg_backend_pid()").getFirst();
      assertThat(
              TestWarehouse.rows(
                  admin,
                  "select pg_terminate_backend(process) from stv_sessions where process = " + pid))
          .containsExactly("t");
      assertThatThrownBy(() -> TestWarehouse.rows(victim, "select 1"))
          .hasMessageContaining("terminating connection due to administrator command");
      String left = "select count(*) from stv_sessions where process = " + pid;
      while (!TestWarehouse.rows(admin, left).equals(List.of("0"))) {
        Thread.onSpinWait();
      }
      assertThat(TestWarehouse.rows(admin, "select count(*) from ledger")).containsExactly("0");
    }
  }

  @Test
  void conflictsAndCommitsAreOnRecord() throws Exception {
    try (Connection first = warehouse.connect("preferQueryMode", "simple");
        Connection second = warehouse.connect("preferQueryMode", "simple")) {
      TestWarehouse.execute(
          first, "create table stock (n integer)", "insert into stock values (1)");
      TestWarehouse.execute(first, "begin", "update stock set n = 2");
      TestWarehouse.execute(second, "update stock set n = 3");
      assertThatThrownBy(() -> TestWarehouse.execute(first, "commit"))
          .hasMessageContaining("1023")
          .hasMessageContaining("transactions forming the cycle are:");
      assertThat(
              TestWarehouse.rows(
                  second,
                  "select count(*) from stl_tr_conflict where table_id = 'stock'::regclass"))
          .containsExactly("1");
      assertThat(
              TestWarehouse.rows(
                  second, "select count(*) > 0 from stl_commit_stats where endtime >= startqueue"))
          .containsExactly("t");
    }
  }

  private static String state(Connection connection, String statement) {
    try {
      TestWarehouse.execute(connection, statement);
      return "";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static void inParallel(List<Callable<Void>> workers) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
      for (Future<Void> done : threads.invokeAll(workers)) {
        done.get();
      }
    }
  }
}

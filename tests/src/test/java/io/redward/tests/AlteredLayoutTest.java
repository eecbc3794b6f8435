package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables that are declared anew while they hold rows: rewritten in the background, beside others.
class AlteredLayoutTest {
  private static final int DOUBLINGS = 17;
  private static final int WAIT_SECONDS = 120;

  @TempDir private Path directory;

  @Test
  void concurrentWritesAreNotLost() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      fill(connection);
      AtomicBoolean ended = new AtomicBoolean();
      ExecutorService executor = Executors.newSingleThreadExecutor();
      try {
        Future<Integer> writer = executor.submit(() -> write(warehouse, ended));
        alter(connection, "alter compound sortkey (k)", 1);
        alter(connection, "alter column v encode zstd", 2);
        alter(connection, "alter interleaved sortkey (k, id)", 3);
        ended.set(true);
        int written = writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(written).isPositive();
        assertThat(
                TestWarehouse.rows(
                    connection, "select count(*), sum(n), count(distinct id) from t"))
            .containsExactly(rows(written));
      } finally {
        ended.set(true);
        executor.shutdown();
      }
      // Not the median, which may lie in two blocks; what the writer has added is in small ones.
      assertThat(blocksWith(connection, 200_000)).isLessThan(blocks(connection));
      assertThat(
              TestWarehouse.rows(
                  connection,
                  "select distinct encoding from stv_blocklist b, pg_class c"
                      + " where b.tbl = c.oid and relname = 't' and col = 2 and num_values > 1000"))
          .containsExactly("zstd");
      assertThat(
              TestWarehouse.rows(
                  connection,
                  "select rtrim(type), rtrim(status), rtrim(previous_state) from"
                      + " svl_auto_worker_action where status = 'Complete' order by eventtime"))
          .containsExactly(
              "sortkey|Complete|SORTKEY: None;",
              "encode|Complete|ENCODE: id auto, k auto, v auto, n auto;",
              "sortkey|Complete|SORTKEY: k;");
    }
  }

  /// Adds a row, adds one to another, deletes one; gives how often.
  private static int write(TestWarehouse warehouse, AtomicBoolean ended) throws SQLException {
    int round = 0;
    try (Connection connection = warehouse.connect()) {
      while (!ended.get()) {
        round++;
        TestWarehouse.execute(
            connection,
            "insert into t values (" + -round + ", " + round * 7 + ", 'new', 1)",
            "update t set n = n + 1 where id = " + round * 3,
            "delete from t where id = " + (round * 3 + 1));
      }
    }
    return round;
  }

  private static String rows(int written) {
    int rows = 1 << DOUBLINGS;
    return rows + "|" + (rows + written) + "|" + rows;
  }

  @Test
  void restartGoesOn() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      fill(connection);
      TestWarehouse.execute(connection, "alter table t alter compound sortkey (k)");
    }
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      await(connection, 1);
      assertThat(blocksWith(connection, 500_000)).isLessThanOrEqualTo(2);
      assertThat(TestWarehouse.rows(connection, "select count(*), sum(n) from t"))
          .containsExactly((1 << DOUBLINGS) + "|" + (1 << DOUBLINGS));
    }
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      assertThat(TestWarehouse.rows(connection, "select status from svl_auto_worker_action"))
          .isEmpty();
    }
  }

  /// About half of the blocks are spared by a narrow range of either column.
  @Test
  void interleavedKeysPruneByEveryColumn() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      fill(connection);
      TestWarehouse.execute(
          connection, "insert into t select id + 131072, (k + 500009) % 1000003, v, n from t");
      alter(connection, "alter interleaved sortkey (k, id)", 1);
      TestWarehouse.execute(connection, "vacuum reindex t");
      int blocks = blocks(connection);
      assertThat(blocks).isBetween(4, 6);
      assertThat(blocksWith(connection, 200_000)).isLessThanOrEqualTo(blocks / 2 + 1);
      assertThat(count(connection, 0, " and minvalue <= 50000 and maxvalue >= 50000"))
          .isLessThanOrEqualTo(blocks / 2 + 1);
      assertThat(
              TestWarehouse.rows(
                  connection,
                  "select col, interleaved_skew < 2, last_reindex is not null"
                      + " from svv_interleaved_columns i, pg_class c"
                      + " where i.tbl = c.oid and relname = 't' order by col"))
          .containsExactly("0|t|t", "1|t|t");
    }
  }

  private static void fill(Connection connection) throws SQLException {
    TestWarehouse.execute(
        connection,
        "create table t (id integer, k integer, v varchar(20), n integer) diststyle even sortkey"
            + " auto",
        "insert into t values (0, 0, 'row 0', 1)");
    for (int i = 0; i < DOUBLINGS; i++) {
      TestWarehouse.execute(
          connection,
          "insert into t select id + "
              + (1 << i)
              + ", (id + "
              + (1 << i)
              + ") * 7919 % 1000003, 'row ' || id % 100, 1 from t");
    }
  }

  private static void alter(Connection connection, String action, int nth)
      throws SQLException, InterruptedException {
    TestWarehouse.execute(connection, "alter table t " + action);
    await(connection, nth);
  }

  private static void await(Connection connection, int completed)
      throws SQLException, InterruptedException {
    for (int i = 0; i < WAIT_SECONDS * 20; i++) {
      List<String> done =
          TestWarehouse.rows(
              connection, "select status from svl_auto_worker_action where status = 'Complete'");
      if (done.size() >= completed) {
        return;
      }
      Thread.sleep(50);
    }
    assertThat(TestWarehouse.rows(connection, "select * from svl_auto_worker_action"))
        .as("completed in time")
        .isEmpty();
  }

  private static int blocks(Connection connection) throws SQLException {
    return count(connection, 1, "");
  }

  private static int blocksWith(Connection connection, int key) throws SQLException {
    return count(connection, 1, " and minvalue <= " + key + " and maxvalue >= " + key);
  }

  private static int count(Connection connection, int column, String condition)
      throws SQLException {
    return Integer.parseInt(
        TestWarehouse.rows(
                connection,
                "select count(*) from stv_blocklist b, pg_class c where b.tbl = c.oid"
                    + " and relname = 't' and col = "
                    + column
                    + condition)
            .getFirst());
  }
}

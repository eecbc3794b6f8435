package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables that leave their layout to the warehouse get the one that their queries want.
class AutomaticLayoutTest {
  private static final int DOUBLINGS = 18;
  private static final int WAIT_SECONDS = 120;

  @TempDir private Path directory;

  @Test
  void theColumnThatQueriesFilterByBecomesTheSortKey() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      fill(connection, "left_open", "");
      fill(connection, "declared", "diststyle even sortkey ()");
      fill(connection, "dimension", "");
      for (String table : List.of("left_open", "declared")) {
        for (int i = 0; i < 12; i++) {
          ranges(connection, table, i * 1_000);
        }
      }
      for (int i = 0; i < 12; i++) {
        TestWarehouse.rows(
            connection,
            "select count(*), " + i + " from left_open l join dimension d on l.id = d.id");
      }
      assertThat(advice(connection, "declared"))
          .singleElement()
          .asString()
          .startsWith("sortkey|f|ALTER TABLE public.declared ALTER COMPOUND SORTKEY (k)|12 scans");
      long before = blocks(connection);
      await(connection);
      assertThat(blocks(connection)).isLessThan(before);
      assertThat(layout(connection, "left_open")).containsExactly("AUTO(KEY(id))|AUTO(SORTKEY(k))");
      assertThat(layout(connection, "declared")).containsExactly("EVEN|");
      assertThat(ranges(connection, "left_open", 500))
          .isEqualTo(ranges(connection, "declared", 500));
      assertThat(advice(connection, "left_open")).isEmpty();
    }
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      assertThat(advice(connection, "declared")).as("remembered").hasSize(1);
    }
  }

  @Test
  void anOrderThatSparesJoinsMoreThanAnotherWouldSpareFiltersIsKept() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      fill(connection, "facts", "diststyle even sortkey ()");
      TestWarehouse.execute(
          connection,
          "create table wanted as select id, id % 7 as kind from facts where id < 500",
          "analyze wanted",
          "analyze facts");
      for (int i = 0; i < 12; i++) {
        ranges(connection, "facts", i * 1_000);
      }
      assertThat(advice(connection, "facts")).as("filtered only").hasSize(1);
      for (int i = 0; i < 15; i++) {
        TestWarehouse.rows(
            connection,
            "select sum(n), count(v), max(k), "
                + i
                + " from facts f join wanted w on f.id = w.id where w.kind = 3");
      }
      assertThat(advice(connection, "facts")).as("in the order of the ids").isEmpty();
    }
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      assertThat(advice(connection, "facts")).as("remembered").isEmpty();
    }
  }

  @Test
  void keysThatJoinsDoNotUseAreToBeChangedByTheirOwnersOrByTheWarehouse() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      fill(connection, "left_side", "distkey (n)", 17);
      fill(connection, "right_side", "distkey (k)", 17);
      for (int i = 0; i < 9; i++) {
        TestWarehouse.rows(
            connection,
            "select sum(a.n + b.n), max(a.v), max(b.v), "
                + i
                + " from left_side a join right_side b on a.id = b.id");
      }
      String change = "ALTER TABLE public.left_side ALTER DISTSTYLE KEY DISTKEY id|9 joins with";
      assertThat(advice(connection, "left_side"))
          .singleElement()
          .asString()
          .startsWith("diststyle|f|" + change);
      assertThat(advice(connection, "right_side")).hasSize(1);
      TestWarehouse.execute(connection, "alter table left_side alter diststyle auto");
      assertThat(advice(connection, "left_side"))
          .singleElement()
          .asString()
          .startsWith("diststyle|t|" + change);
      TestWarehouse.execute(connection, "alter table right_side alter diststyle all");
      assertThat(advice(connection, "left_side")).as("meets a copy anyway").isEmpty();
    }
  }

  private static List<String> advice(Connection connection, String table) throws SQLException {
    return TestWarehouse.rows(
        connection,
        "select rtrim(type), auto_eligible, rtrim(ddl), reason"
            + " from svv_alter_table_recommendations r"
            + " join pg_class c on r.table_id = c.oid where relname = '"
            + table
            + "'");
  }

  private static List<String> layout(Connection connection, String table) throws SQLException {
    return TestWarehouse.rows(
        connection,
        "select diststyle, sortkey1 from svv_table_info where \"table\" = '" + table + "'");
  }

  /// How many blocks of the table a narrow range touches.
  private static long blocks(Connection connection) throws SQLException {
    return Long.parseLong(
        TestWarehouse.rows(
                connection,
                "select count(*) from stv_blocklist b, pg_class c where b.tbl = c.oid and col = 1"
                    + " and relname = 'left_open' and minvalue <= 5000 and maxvalue >= 4000")
            .getFirst());
  }

  private static long ranges(Connection connection, String table, int from) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select sum(n), count(v) from " + table + " where k between ? and ?")) {
      statement.setInt(1, from);
      statement.setInt(2, from + 400);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void fill(Connection connection, String table, String layout) throws SQLException {
    fill(connection, table, layout, DOUBLINGS);
  }

  private static void fill(Connection connection, String table, String layout, int doublings)
      throws SQLException {
    String attributes = layout.replace("sortkey ()", "");
    TestWarehouse.execute(
        connection,
        "create table "
            + table
            + " (id integer, k integer, v varchar(20), n integer) "
            + attributes,
        "insert into " + table + " values (0, 0, 'row 0', 1)");
    if (layout.contains("sortkey ()")) {
      TestWarehouse.execute(connection, "alter table " + table + " alter sortkey none");
    }
    for (int i = 0; i < doublings; i++) {
      int size = 1 << i;
      TestWarehouse.execute(
          connection,
          "insert into "
              + table
              + " select id + "
              + size
              + ", (id + "
              + size
              + ") % 100000 * 7919 % 1000003, 'row ' || id % 100, 1 from "
              + table);
    }
  }

  private static void await(Connection connection) throws SQLException, InterruptedException {
    for (int i = 0; i < WAIT_SECONDS * 2; i++) {
      List<String> done =
          TestWarehouse.rows(
              connection,
              "select rtrim(type) from svl_auto_worker_action a, pg_class c where a.table_id ="
                  + " c.oid and relname = 'left_open' and status = 'Complete' order by 1");
      if (done.equals(List.of("distkey", "sortkey"))) {
        return;
      }
      Thread.sleep(500);
    }
    assertThat(TestWarehouse.rows(connection, "select * from svl_auto_worker_action"))
        .as("completed in time")
        .isEmpty();
  }
}

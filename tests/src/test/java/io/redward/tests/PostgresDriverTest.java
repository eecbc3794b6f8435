package io.redward.tests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/// pgjdbc against the real server: simple and extended protocol, text and binary, portals, cancel,
/// transactions, metadata.
class PostgresDriverTest {
  /// 27 rows to the eighth: hours of work that no condition shortens.
  private static final String ENDLESS =
      "select count(*) from numbers a, numbers b, numbers c, numbers d, numbers e, numbers f,"
          + " numbers g, numbers h"
          + " where (a.n * b.n + c.n * d.n + e.n * f.n + g.n * h.n) % 7 = 3";

  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory);
    warehouse.execute(
        "create table people (id integer not null, name varchar(20), born date,"
            + " score decimal(10,2), height float8, primary key (id))",
        "insert into people values (1, 'Ada', '1815-12-10', 10.50, 1.65),"
            + " (2, 'Grace', '1906-12-09', 20.25, 1.7), (3, null, null, null, null)",
        "create table numbers as select a.id + 10 * b.id + 100 * c.id as n"
            + " from people a, people b, people c");
  }

  @Test
  void binary_and_text_results_agree() throws SQLException {
    String query = "select id, name, born, score, height from people where id = ?";
    List<List<Object>> results = new ArrayList<>();
    for (String binary : new String[] {"true", "false"}) {
      try (Connection connection =
              warehouse.connect("binaryTransfer", binary, "prepareThreshold", "-1");
          PreparedStatement statement = connection.prepareStatement(query)) {
        statement.setInt(1, 1);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          results.add(
              List.of(
                  rows.getInt(1),
                  rows.getString(2),
                  rows.getDate(3),
                  rows.getBigDecimal(4),
                  rows.getDouble(5)));
        }
      }
    }
    assertThat(results.get(0))
        .isEqualTo(results.get(1))
        .isEqualTo(List.of(1, "Ada", Date.valueOf("1815-12-10"), new BigDecimal("10.50"), 1.65));
  }

  @Test
  void errors_carry_state_position_and_hint() throws SQLException {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select nmae from people"))
          .isInstanceOfSatisfying(
              PSQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("42703");
                assertThat(requireNonNull(e.getServerErrorMessage()).getPosition()).isEqualTo(8);
                assertThat(requireNonNull(e.getServerErrorMessage()).getHint()).contains("name");
              });
    }
  }

  @Test
  void a_running_statement_can_be_cancelled() throws Exception {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      CountDownLatch started = new CountDownLatch(1);
      Thread canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      started.await();
                      Thread.sleep(300);
                      statement.cancel();
                    } catch (InterruptedException | SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      started.countDown();
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      canceller.join();
      assertThat(TestWarehouse.rows(connection, "select 1")).containsExactly("1");
    }
  }

  @Test
  void statement_timeout_ends_a_statement() throws SQLException {
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.execute(connection, "set statement_timeout to 200");
      assertThatThrownBy(() -> TestWarehouse.rows(connection, ENDLESS))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void transactions_commit_and_roll_back() throws SQLException {
    try (Connection one = warehouse.connect();
        Connection other = warehouse.connect()) {
      TestWarehouse.execute(one, "create table ledger (n integer)");
      one.setAutoCommit(false);
      TestWarehouse.execute(one, "insert into ledger values (1)");
      assertThat(TestWarehouse.rows(other, "select count(*) from ledger")).containsExactly("0");
      one.commit();
      assertThat(TestWarehouse.rows(other, "select count(*) from ledger")).containsExactly("1");
      TestWarehouse.execute(one, "delete from ledger");
      one.rollback();
      assertThat(TestWarehouse.rows(other, "select count(*) from ledger")).containsExactly("1");
    }
  }

  @Test
  void metadata_names_tables_and_columns() throws SQLException {
    try (Connection connection = warehouse.connect()) {
      DatabaseMetaData metadata = connection.getMetaData();
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = metadata.getTables(null, "public", "peop%", new String[] {"TABLE"})) {
        while (rows.next()) {
          tables.add(rows.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).containsExactly("people");
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = metadata.getColumns(null, "public", "people", "%")) {
        while (rows.next()) {
          columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME"));
        }
      }
      assertThat(columns)
          .containsExactly(
              "id int4", "name varchar", "born date", "score numeric", "height float8");
    }
  }
}

package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Spark's JDBC source sends when it reads a table in partitions and writes one, through both
/// drivers; Spark itself is too large for this build.
class SparkStatementsTest {
  private static final int ROWS = 1_000;
  private static final int PARTITIONS = 4;

  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory);
    warehouse.execute(
        "create table readings (id integer, place varchar(20), value double precision,"
            + " price decimal(10,2), day date)",
        "insert into readings select n, 'place ' || n % 7, n / 8.0, n / 100.0,"
            + " dateadd(day, n % 365, '2024-01-01'::date) from generate_series(1, "
            + ROWS
            + ") g(n)",
        "insert into readings (place) values ('without a number')");
  }

  private static Connection connect(String driver, String option) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + driver + "://127.0.0.1:" + warehouse.port() + "/dev?" + option, "admin", "none");
  }

  @ParameterizedTest
  @CsvSource({"postgresql,sslmode=disable", "redshift,ssl=false"})
  void partitions_of_a_table_are_read_side_by_side(String driver, String option)
      throws SQLException {
    try (Connection connection = connect(driver, option);
        Statement schema = connection.createStatement();
        ResultSet none =
            schema.executeQuery(
                "SELECT * FROM (select * from readings) SPARK_GEN_SUBQ_0 WHERE 1=0")) {
      ResultSetMetaData columns = none.getMetaData();
      assertThat(none.next()).isFalse();
      assertThat(columns.getColumnCount()).isEqualTo(5);
      assertThat(columns.getPrecision(4)).isEqualTo(10);
      assertThat(columns.getScale(4)).isEqualTo(2);
      assertThat(columns.isSigned(1)).isTrue();
    }
    List<Connection> open = new ArrayList<>();
    try {
      long rows = 0;
      for (int part = 0; part < PARTITIONS; part++) {
        Connection connection = connect(driver, option);
        open.add(connection);
        rows += read(connection, condition(part));
      }
      assertThat(rows).isEqualTo(ROWS + 1);
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  /// The first part takes the rows without a number, too.
  private static String condition(int part) {
    int stride = ROWS / PARTITIONS;
    String below = "\"id\" < " + (part + 1) * stride;
    String from = "\"id\" >= " + part * stride;
    return part == 0
        ? below + " or \"id\" is null"
        : part == PARTITIONS - 1 ? from : from + " AND " + below;
  }

  private static long read(Connection connection, String condition) throws SQLException {
    connection.setAutoCommit(false);
    long rows = 0;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT  \"id\",\"place\",\"value\",\"price\",\"day\" FROM readings   WHERE "
                + condition,
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY)) {
      query.setFetchSize(100);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          assertThat(result.getString(2)).isNotEmpty();
          rows++;
        }
      }
    }
    connection.rollback();
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"postgresql,sslmode=disable", "redshift,ssl=false"})
  void a_table_is_made_and_filled_in_batches(String driver, String option) throws SQLException {
    String table = "written_by_" + driver;
    try (Connection connection = connect(driver, option);
        Statement statement = connection.createStatement()) {
      assertThat(exists(connection, table)).isFalse();
      statement.executeUpdate(
          "CREATE TABLE " + table + " (\"id\" INTEGER , \"day\" DATE , \"price\" NUMERIC(10,2) )");
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO " + table + " (\"id\",\"day\",\"price\") VALUES (?,?,?)")) {
        for (int i = 0; i < 250; i++) {
          insert.setInt(1, i);
          insert.setDate(2, Date.valueOf("2024-02-29"));
          insert.setBigDecimal(3, new java.math.BigDecimal("1.25"));
          insert.addBatch();
          if (i % 100 == 99) {
            insert.executeBatch();
          }
        }
        insert.executeBatch();
      }
      connection.commit();
      assertThat(TestWarehouse.rows(connection, "select count(*), sum(price) from " + table))
          .containsExactly("250|312.50");
      statement.executeUpdate("TRUNCATE TABLE " + table);
      connection.commit();
      assertThat(exists(connection, table)).isTrue();
      connection.rollback();
    }
  }

  private static boolean exists(Connection connection, String table) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
      return !rows.next() || rows.getInt(1) == 1;
    } catch (SQLException e) {
      return false;
    }
  }
}

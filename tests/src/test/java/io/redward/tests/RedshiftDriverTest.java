package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.Driver;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Redshift-compatible JDBC driver, as published, against the real server.
class RedshiftDriverTest {
  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException {
    warehouse = new TestWarehouse(directory);
  }

  private static Connection connect(String options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("password", "not asked for");
    Connection connection =
        new Driver()
            .connect(
                "jdbc:redshift://127.0.0.1:" + warehouse.port() + "/dev?" + options, properties);
    return Objects.requireNonNull(connection);
  }

  @Test
  void connects_without_tls_and_reads_typed_values() throws SQLException {
    try (Connection connection = connect("ssl=false");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select 1::smallint, 2, 3::bigint, 1.50::decimal(5,2), 2.5::float8, true,"
                    + " 'text'::varchar(10), date '2024-02-29',"
                    + " timestamp '2024-02-29 12:30:00.25', null::integer")) {
      rows.next();
      assertThat(rows.getShort(1)).isEqualTo((short) 1);
      assertThat(rows.getInt(2)).isEqualTo(2);
      assertThat(rows.getLong(3)).isEqualTo(3L);
      assertThat(rows.getBigDecimal(4)).isEqualTo(new BigDecimal("1.50"));
      assertThat(rows.getDouble(5)).isEqualTo(2.5);
      assertThat(rows.getBoolean(6)).isTrue();
      assertThat(rows.getString(7)).isEqualTo("text");
      assertThat(rows.getDate(8)).isEqualTo(Date.valueOf("2024-02-29"));
      assertThat(rows.getTimestamp(9)).isEqualTo(Timestamp.valueOf("2024-02-29 12:30:00.25"));
      assertThat(rows.getObject(10)).isNull();
    }
  }

  @Test
  void connects_over_tls_with_the_generated_certificate() throws SQLException {
    try (Connection connection =
            connect("ssl=true&sslfactory=com.amazon.redshift.ssl.NonValidatingFactory");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 42")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(42);
    }
  }

  @Test
  void prepared_statements_take_parameters_and_switch_to_binary() throws SQLException {
    try (Connection connection = connect("ssl=false")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "create table rs_prepared (id integer, name varchar(20), paid decimal(10,2))");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("insert into rs_prepared values (?, ?, ?)")) {
        for (int i = 0; i < 3; i++) {
          insert.setInt(1, i);
          insert.setString(2, "name " + i);
          insert.setBigDecimal(3, new BigDecimal(i + ".25"));
          assertThat(insert.executeUpdate()).isEqualTo(1);
        }
      }
      try (PreparedStatement query =
          connection.prepareStatement("select name, paid from rs_prepared where id = ?")) {
        for (int run = 0; run < 8; run++) {
          query.setInt(1, run % 3);
          try (ResultSet rows = query.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("name " + run % 3);
            assertThat(rows.getBigDecimal(2)).isEqualTo(new BigDecimal(run % 3 + ".25"));
          }
        }
      }
    }
  }

  @Test
  void errors_carry_state_and_position() throws SQLException {
    try (Connection connection = connect("ssl=false");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select nothing from nowhere"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }
  }

  @Test
  void fetch_size_reads_a_result_in_portions() throws SQLException {
    try (Connection connection = connect("ssl=false")) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table rs_many (n integer)");
        statement.execute("insert into rs_many values (1), (2), (3), (4), (5), (6), (7)");
        statement.setFetchSize(2);
        try (ResultSet rows = statement.executeQuery("select n from rs_many order by n")) {
          int sum = 0;
          while (rows.next()) {
            sum += rows.getInt(1);
          }
          assertThat(sum).isEqualTo(28);
        }
      }
      connection.rollback();
    }
  }
}

package io.redward.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// URLs of the in-process driver.
class RedwardDriverTest {
  /// Its warehouse ends with the process.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path directory;

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static String value(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void names_in_memory_are_warehouses_of_their_own() throws SQLException {
    execute("jdbc:redward:memory:one", "create table t (a int)", "insert into t values (7)");

    assertThat(value("jdbc:redward:memory:one", "select a from t")).isEqualTo("7");
    assertThatThrownBy(() -> value("jdbc:redward:memory:two", "select a from t"))
        .hasMessageContaining("does not exist");
  }

  @Test
  void a_directory_is_opened_and_another_database_may_be_named() throws SQLException {
    String url = "jdbc:redward:file:" + directory.resolve("data");
    execute(url, "create database sales");

    assertThat(value(url + ";database=sales", "select current_database()")).isEqualTo("sales");
    assertThat(Files.isDirectory(directory.resolve("data"))).isTrue();
  }

  @Test
  void a_url_of_another_form_is_explained() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:redward:elsewhere"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("jdbc:redward:memory:NAME");
  }

  @Test
  void a_throw_away_warehouse_leaves_nothing() throws Exception {
    Path left;
    try (EmbeddedRedward redward = EmbeddedRedward.start()) {
      redward.prepare(
          "filled",
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("create table t as select 1 as a");
            }
          });
      String clone = redward.cloneOf("filled");
      redward.run(clone, "insert into t values (2)");
      try (Connection connection = redward.connect("filled");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from t")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      left = redward.directory().orElseThrow();
      assertThat(left).isDirectory();
    }
    assertThat(left).doesNotExist();
  }
}

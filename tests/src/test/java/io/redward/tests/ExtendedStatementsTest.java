package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements of the extended mode over the protocol that drivers speak, and side by side.
class ExtendedStatementsTest {
  @TempDir private static Path directory;
  private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    warehouse = new TestWarehouse(directory);
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  @Test
  void aDriverGetsGeneratedKeysAndDescriptionsOfReturnedRows() throws Exception {
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection, "create table event (id bigint identity(1, 1), name varchar(20))");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into event (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
        for (int i = 1; i <= 3; i++) {
          insert.setString(1, "e" + i);
          assertThat(insert.executeUpdate()).isOne();
          try (ResultSet keys = insert.getGeneratedKeys()) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getLong("id")).isEqualTo(i);
            assertThat(keys.getString("name")).isEqualTo("e" + i);
          }
        }
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update event set name = name || ? where id > ? returning id as key, name")) {
        update.setString(1, "!");
        update.setInt(2, 1);
        assertThat(update.getMetaData().getColumnName(1)).isEqualTo("key");
        try (ResultSet rows = update.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(2)).isEqualTo("e2!");
          assertThat(rows.next()).isTrue();
        }
      }
      assertThat(TestWarehouse.rows(connection, "select count(*) from event where name like '%!'"))
          .containsExactly("2");
    }
  }

  @Test
  void returnedRowsMayBeFetchedInPortions() throws Exception {
    try (Connection connection = warehouse.connect()) {
      connection.setAutoCommit(false);
      TestWarehouse.execute(connection, "create table portion (n int)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into portion select g from generate_series(1, 2500) g returning n")) {
        insert.setFetchSize(100);
        int count = 0;
        try (ResultSet rows = insert.executeQuery()) {
          while (rows.next()) {
            count++;
          }
        }
        assertThat(count).isEqualTo(2500);
      }
      assertThat(TestWarehouse.rows(connection, "select count(*) from portion"))
          .containsExactly("2500");
    }
  }
}

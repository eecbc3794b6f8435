package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An application behind a connection pool: many threads, few connections, each of which is handed
/// on with nothing of the last user left in it.
class PooledApplicationTest {
  private static final int CLIENTS = 12;
  private static final int TRANSFERS = 20;

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static HikariDataSource pool;

  @BeforeAll
  static void start() throws IOException {
    warehouse = new TestWarehouse(directory.resolve("data"));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + warehouse.port() + "/dev");
    config.setUsername("admin");
    config.setMaximumPoolSize(4);
    config.setConnectionTimeout(60_000);
    config.setAutoCommit(false);
    pool = new HikariDataSource(config);
  }

  @AfterAll
  static void stop() {
    pool.close();
    warehouse.close();
  }

  @Test
  void transfersOfManyThreadsLeaveTheSum() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      TestWarehouse.execute(
          connection,
          "create table accounts (id int, amount int)",
          "insert into accounts select n, 100 from generate_series(1, 12) g(n)");
      connection.commit();
    }
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 1; client <= CLIENTS; client++) {
      int from = client;
      clients.add(CompletableFuture.runAsync(() -> transfer(from)));
    }
    clients.forEach(CompletableFuture::join);
    try (Connection connection = pool.getConnection()) {
      assertThat(TestWarehouse.rows(connection, "select sum(amount), count(*) from accounts"))
          .containsExactly("1200|12");
      connection.rollback();
    }
  }

  /// Adds to an account and takes away again; every third time it is undone.
  private static void transfer(int from) {
    for (int i = 0; i < TRANSFERS; i++) {
      try (Connection connection = pool.getConnection();
          PreparedStatement change =
              connection.prepareStatement("update accounts set amount = amount + ? where id = ?")) {
        for (int sign : new int[] {1, -1}) {
          change.setInt(1, sign * i);
          change.setInt(2, from);
          assertThat(change.executeUpdate()).isEqualTo(1);
        }
        if (i % 3 == 0) {
          connection.rollback();
        } else {
          connection.commit();
        }
      } catch (SQLException e) {
        throw new CompletionException(e);
      }
    }
  }

  @Test
  void aConnectionThatIsGivenBackIsAsNew() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      TestWarehouse.execute(connection, "create table never (n int)");
      assertThatThrownBy(() -> TestWarehouse.rows(connection, "select nope"))
          .hasMessageContaining("nope");
    }
    try (Connection connection = pool.getConnection()) {
      connection.setReadOnly(true);
      assertThat(TestWarehouse.rows(connection, "select 1")).containsExactly("1");
      assertThatThrownBy(() -> TestWarehouse.rows(connection, "select * from never"))
          .hasMessageContaining("does not exist");
      connection.rollback();
    }
    try (Connection connection = pool.getConnection()) {
      assertThat(connection.isReadOnly()).isFalse();
      TestWarehouse.execute(connection, "create table written (n int)");
      connection.commit();
    }
  }

  @Test
  void aSessionThatWasEndedIsReplaced() throws SQLException {
    List<String> before;
    try (Connection connection = pool.getConnection()) {
      before = TestWarehouse.rows(connection, "select pg_backend_pid()");
      connection.rollback();
    }
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.rows(connection, "select pg_terminate_backend(" + before.getFirst() + ")");
    }
    for (int i = 0; i < 10; i++) {
      try (Connection connection = pool.getConnection();
          ResultSet row = connection.createStatement().executeQuery("select 42")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(42);
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as("only the ended session may fail, once").isIn("57P01");
        assertThat(i).isZero();
      }
    }
  }
}

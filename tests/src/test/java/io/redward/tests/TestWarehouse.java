package io.redward.tests;

import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StoreAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// A warehouse of a test's own on any free port.
final class TestWarehouse implements AutoCloseable {
  private final EmbeddedWarehouse warehouse;
  private final Runnable close;

  TestWarehouse(Path directory) throws IOException {
    this(directory, Optional.empty());
  }

  TestWarehouse(Path directory, Optional<StoreAddress> store) throws IOException {
    this(directory, store, List.of());
  }

  /// @param loadRoots directories from which anybody may COPY
  TestWarehouse(Path directory, Optional<StoreAddress> store, List<Path> loadRoots)
      throws IOException {
    warehouse =
        EmbeddedWarehouse.start(
            directory,
            store,
            loadRoots,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            true);
    close = warehouse::close;
  }

  /// The leader of a cluster, which is closed with it.
  TestWarehouse(TestCluster cluster) {
    warehouse = cluster.leader();
    close = cluster::close;
  }

  EmbeddedWarehouse warehouse() {
    return warehouse;
  }

  int port() {
    return warehouse.port();
  }

  /// A connection by pgjdbc.
  Connection connect(String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    String database = properties.getProperty("PGDBNAME", "dev");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/" + database, properties);
  }

  /// Executes statements by a connection of their own.
  void execute(String... statements) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, statements);
    }
  }

  /// All rows of a query, cells joined by `|`, NULL as `NULL`.
  static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          String cell = result.getString(column);
          row.append(column > 1 ? "|" : "").append(cell == null ? "NULL" : cell);
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Override
  public void close() {
    close.run();
  }
}

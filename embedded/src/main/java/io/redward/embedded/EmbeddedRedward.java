package io.redward.embedded;

import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StoreAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A warehouse in this process on a free port of the loopback interface, without passwords.
/// Thread-safe.
///
/// ```
/// try (EmbeddedRedward redward = EmbeddedRedward.start();
///     Connection connection = redward.connect()) { … }
/// ```
public final class EmbeddedRedward implements AutoCloseable {
  public static final String DEFAULT_DATABASE = "dev";
  public static final String USER = "admin";

  private static final String PREFIX = "redward-embedded-";

  private final EmbeddedWarehouse warehouse;
  private final Optional<Path> temporary;
  private final AtomicInteger clones = new AtomicInteger();

  private EmbeddedRedward(EmbeddedWarehouse warehouse, Optional<Path> temporary) {
    this.warehouse = warehouse;
    this.temporary = temporary;
  }

  /// Starts an empty warehouse whose rows are in memory; all of it is gone when it is closed.
  public static EmbeddedRedward start() {
    try {
      Path directory = Files.createTempDirectory(PREFIX);
      return start(directory, Optional.of(new StoreAddress.Memory()), Optional.of(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Opens or creates the warehouse of a data directory, which stays.
  public static EmbeddedRedward open(Path directory) {
    return start(directory, Optional.empty(), Optional.empty());
  }

  private static EmbeddedRedward start(
      Path directory, Optional<StoreAddress> store, Optional<Path> temporary) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      EmbeddedWarehouse warehouse =
          EmbeddedWarehouse.start(directory, store, List.of(), anyPort, true);
      return new EmbeddedRedward(warehouse, temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where its files are; empty for a directory that was given.
  Optional<Path> directory() {
    return temporary;
  }

  public int port() {
    return warehouse.port();
  }

  /// For pgjdbc, and for other tools with host, port and database in it.
  public String url() {
    return url(DEFAULT_DATABASE);
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=" + USER;
  }

  /// A connection to the default database.
  public Connection connect() throws SQLException {
    return connect(DEFAULT_DATABASE);
  }

  public Connection connect(String database) throws SQLException {
    return connect(database, new Properties());
  }

  Connection connect(String database, Properties properties) throws SQLException {
    return DriverManager.getConnection(url(database), properties);
  }

  /// Runs statements in a database.
  public void run(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /// Creates an empty database and fills it.
  public void prepare(String database, Preparation preparation) throws SQLException {
    run(DEFAULT_DATABASE, "create database " + quoted(database));
    try (Connection connection = connect(database)) {
      preparation.fill(connection);
    }
  }

  /// Makes a copy of a database in milliseconds, whatever its size: the copy shares the stored rows
  /// until one of the two changes them.
  ///
  /// @return the copy's name
  public String cloneOf(String database) throws SQLException {
    String clone = database + "_" + clones.incrementAndGet();
    run(DEFAULT_DATABASE, "create database " + quoted(clone) + " clone " + quoted(database));
    return clone;
  }

  /// Drops a database that nobody is connected to.
  public void drop(String database) throws SQLException {
    run(DEFAULT_DATABASE, "drop database " + quoted(database));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /// Ends the warehouse; one that was not given a directory leaves nothing.
  @Override
  public void close() {
    warehouse.close();
    temporary.ifPresent(EmbeddedRedward::delete);
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fills a database that tests are given copies of.
  @FunctionalInterface
  public interface Preparation {
    void fill(Connection connection) throws SQLException;
  }
}

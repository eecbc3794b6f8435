package io.redward.server;

import io.redward.cli.ClientOptions;
import io.redward.cli.OutputFormat;
import io.redward.cli.SqlClient;
import io.redward.foundation.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `train`: does in a scratch directory what a server does in its first minutes, so that a JVM
/// started with `-XX:AOTCacheOutput` learns which classes it needs and which methods run hot. The
/// launcher runs it after a build; see docs/designs/first-run.md.
@Command(
    name = "train",
    hidden = true,
    description = "Exercise a scratch warehouse; the launcher makes the start-up cache with it.")
final class TrainCommand implements Callable<Integer> {
  private static final double SCALE = 0.01;
  private static final int ROUNDS = 3;

  /// The server makes its certificate when it is first asked for TLS.
  private static final int TLS_PATIENCE_MILLIS = 60_000;

  /// What clients send besides queries.
  private static final List<String> OTHERS =
      List.of(
          "select 1",
          "select version(), current_database(), current_user, getdate()",
          "show search_path",
          "set query_group to 'training'",
          "create temp table scratch (id int not null, name varchar(20), price decimal(10,2))",
          "insert into scratch values (1, 'one', 1.5), (2, 'two', 2.5), (3, null, null)",
          "insert into scratch select n_nationkey, n_name, n_regionkey from nation",
          "update scratch set price = price + 1 where id > 1",
          "delete from scratch where id = 3",
          "begin",
          "select count(*), sum(price) from scratch",
          "commit",
          "create table copy_of_region distkey(r_regionkey) as select * from region",
          "drop table copy_of_region",
          "explain select n_name, count(*) from nation join region on n_regionkey = r_regionkey"
              + " group by n_name order by 2 desc limit 5",
          "select n_name, rank() over (partition by n_regionkey order by n_name) from nation",
          "select n_name from nation union select r_name from region order by 1",
          "select \"table\", size, tbl_rows from svv_table_info",
          "select query, trim(querytxt) from stl_query order by starttime desc limit 5",
          "select n.nspname, c.relname, c.relkind, pg_catalog.pg_get_userbyid(c.relowner)"
              + " from pg_catalog.pg_class c"
              + " left join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
              + " where c.relkind in ('r','v') and n.nspname <> 'pg_catalog' order by 1, 2");

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("redward-training");
    try {
      train(directory);
    } finally {
      FileTree.delete(directory);
    }
    return 0;
  }

  private static void train(Path directory) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TpchFiles files = new TpchFiles(directory.resolve("files"), SCALE);
    files.generate(new ProgressLine(System.out));
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.startWarming(
            directory.resolve("warehouse"),
            StorageSettings.of(Optional.empty()),
            List.of(),
            anyPort,
            true)) {
      int http = warehouse.serveHttp(anyPort, true, Optional.empty());
      warehouse.goOnWarming(Duration.ZERO);
      warehouse.awaitWarmed();
      askHealth(http);
      try (Connection connection = connect(warehouse, "require", "simple")) {
        load(connection, files);
      }
      runClient(warehouse);
      for (int round = 0; round < ROUNDS; round++) {
        for (String mode : List.of("simple", "extended")) {
          try (Connection connection = connect(warehouse, "disable", mode)) {
            exercise(connection);
          }
        }
      }
    }
  }

  private static void runClient(EmbeddedWarehouse warehouse) throws IOException {
    String url = warehouse.url() + "?sslmode=disable";
    List<String> commands = List.of("select 1", "select count(*) from nation");
    SqlClient.run(
        new ClientOptions(url, "admin", "", OutputFormat.TABLE, commands, List.of(), true));
  }

  private static void askHealth(int port) throws IOException {
    URI health = URI.create("http://127.0.0.1:" + port + "/health");
    try (InputStream answer = health.toURL().openStream()) {
      answer.readAllBytes();
    }
  }

  private static Connection connect(EmbeddedWarehouse warehouse, String encryption, String mode)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("preferQueryMode", mode);
    properties.setProperty("sslmode", encryption);
    properties.setProperty("sslResponseTimeout", "" + TLS_PATIENCE_MILLIS);
    return DriverManager.getConnection(warehouse.url(), properties);
  }

  private static void load(Connection connection, TpchFiles files) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TpchQueries.schema().split(";")) {
        if (!table.isBlank()) {
          statement.execute(table);
        }
      }
      for (String table : TpchFiles.tables()) {
        statement.execute(
            "copy " + table + " from 'file://" + files.table(table) + "' delimiter '|'");
      }
    }
  }

  private static void exercise(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : OTHERS) {
        drain(statement, text);
      }
      for (int number = 1; number <= TpchQueries.COUNT; number++) {
        drain(statement, TpchQueries.query(number));
      }
    }
    try (PreparedStatement point =
        connection.prepareStatement("select o_totalprice from orders where o_orderkey = ?")) {
      for (int key = 1; key < 500; key++) {
        point.setInt(1, key);
        try (ResultSet rows = point.executeQuery()) {
          read(rows);
        }
      }
    }
  }

  private static void drain(Statement statement, String text) throws SQLException {
    if (statement.execute(text)) {
      try (ResultSet rows = statement.getResultSet()) {
        read(rows);
      }
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        rows.getString(column);
      }
    }
  }
}

package io.redward.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `demo`: a fresh warehouse, TPC-H and some real facts loaded through COPY, questions asked, times
/// shown. What is loaded already is not loaded again.
@Command(
    name = "demo",
    description = "Load TPC-H and some real facts into a warehouse of its own and query them.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String[] QUESTIONS = {
    "Which zones have changed their offset most often?",
    "select zone, count(*) as changes, min(changed_at)::date as first, max(changed_at)::date as"
        + " last\n"
        + "from zone_changes group by zone order by changes desc, zone limit 5",
    "Which currencies are shared by the most countries?",
    "select currency, currency_name, count(*) as countries,\n"
        + "       listagg(code, ' ') within group (order by code) as codes\n"
        + "from countries where currency is not null\n"
        + "group by currency, currency_name order by countries desc, currency limit 5",
    "In which decades did clocks change the most?",
    "select extract(year from changed_at) / 10 * 10 as decade, count(*) as changes,\n"
        + "       sum(case when is_gap then 1 else 0 end) as forward\n"
        + "from zone_changes group by 1 order by changes desc limit 5"
  };

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: data/demo under the project).")
  private String directory = "";

  @Option(names = "--scale", defaultValue = "1", description = "TPC-H scale (${DEFAULT-VALUE}).")
  private double scale;

  private final ProgressLine progress = new ProgressLine(System.out);

  @Override
  public Integer call() throws Exception {
    Path data =
        directory.isEmpty()
            ? DataDirectory.home().resolve("data").resolve("demo")
            : Path.of(directory).toAbsolutePath().normalize();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    progress.begin();
    try (EmbeddedWarehouse warehouse =
            EmbeddedWarehouse.startWarming(
                data.resolve("warehouse"),
                StorageSettings.of(Optional.empty()),
                List.of(),
                anyPort,
                true);
        Connection connection = connect(warehouse)) {
      warehouse.goOnWarming(Duration.ZERO);
      progress.end("warehouse open on port " + warehouse.port());
      loadTpch(warehouse, connection, data.resolve("tpch-" + scale));
      loadFacts(connection, data.resolve("facts"));
      System.out.printf("%,d bytes on disk%n%n", warehouse.bytesOnDisk());
      runQueries(connection);
      askQuestions(connection);
    }
    explainConnecting(data.resolve("warehouse"));
    return 0;
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("sslmode", "disable");
    return DriverManager.getConnection(warehouse.url(), properties);
  }

  private void loadTpch(EmbeddedWarehouse warehouse, Connection connection, Path files)
      throws Exception {
    TpchFiles tpch = new TpchFiles(files, scale);
    createMissing(connection, TpchQueries.schema());
    for (String table : TpchFiles.tables()) {
      if (isEmpty(connection, table)) {
        progress.begin();
        tpch.generate(progress);
        TableLoad.copy(
            warehouse,
            connection,
            table,
            "copy " + table + " from 'file://" + tpch.table(table) + "' delimiter '|'",
            progress);
      }
    }
  }

  private void loadFacts(Connection connection, Path files) throws Exception {
    createMissing(connection, WorldFacts.SCHEMA);
    if (!isEmpty(connection, "countries")) {
      return;
    }
    progress.begin();
    WorldFacts facts = new WorldFacts(files);
    facts.generate();
    try (Statement statement = connection.createStatement()) {
      statement.execute("copy countries from 'file://" + facts.countries() + "' json 'auto'");
      statement.execute(
          "copy zone_changes from 'file://" + facts.zoneChanges() + "' csv gzip ignoreheader 1");
    }
    progress.end("loaded countries (JSON) and zone_changes (CSV, gzip)");
  }

  private static void createMissing(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(schema.replace("create table ", "create table if not exists "));
    }
  }

  private static boolean isEmpty(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1) == 0;
    }
  }

  private void runQueries(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      // Both runs are to compute the answer.
      statement.execute("set enable_result_cache_for_session to off");
    }
    System.out.println("TPC-H, scale factor " + scale);
    System.out.println(" query |  rows |   first run |  second run | first row of the answer");
    System.out.println("-------+-------+-------------+-------------+-------------------------");
    double total = 0;
    for (int number = 1; number <= 22; number++) {
      String query = TpchQueries.query(number);
      List<String> rows = new ArrayList<>();
      double first = millis(connection, query, rows);
      double second = millis(connection, query, new ArrayList<>());
      total += second;
      System.out.printf(
          "   q%02d | %5d | %8.1f ms | %8.1f ms | %s%n",
          number, rows.size(), first, second, rows.isEmpty() ? "" : shortened(rows.getFirst()));
    }
    System.out.printf("22 queries: %.2f s%n%n", total / 1000);
  }

  private static String shortened(String row) {
    return row.length() <= 60 ? row : row.substring(0, 57) + "...";
  }

  private static double millis(Connection connection, String query, List<String> rows)
      throws SQLException {
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          row.append(column > 1 ? " | " : "").append(result.getString(column));
        }
        rows.add(row.toString());
      }
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private static void askQuestions(Connection connection) throws SQLException {
    for (int i = 0; i < QUESTIONS.length; i += 2) {
      System.out.println(QUESTIONS[i]);
      List<String> rows = new ArrayList<>();
      double millis = millis(connection, QUESTIONS[i + 1], rows);
      rows.forEach(row -> System.out.println("  " + row));
      System.out.printf("  (%.1f ms)%n%n", millis);
    }
  }

  private static void explainConnecting(Path data) {
    System.out.println("Go on from here:");
    System.out.println("  ./redward start --data " + data);
    System.out.println("  psql -h localhost -p 5439 -U admin dev");
    System.out.println("  JDBC: jdbc:redshift://localhost:5439/dev?ssl=false  or");
    System.out.println("        jdbc:postgresql://localhost:5439/dev          user admin");
    System.out.println("  ./redward sql --data " + data + "            (needs no server)");
  }
}

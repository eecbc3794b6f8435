package io.redward.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench short`: prepared point and small range queries on a sorted table over the wire, the
/// result cache off.
@Command(
    name = "short",
    description = "Prepared point and small range queries on a sorted table, over the wire.",
    mixinStandardHelpOptions = true)
final class ShortBench implements Callable<Integer> {
  private static final int WARM_UP = 2_000;

  /// Decimal digits of the number of rows.
  @Option(
      names = "--digits",
      defaultValue = "7",
      description = "The table has 10 to this many rows (${DEFAULT-VALUE}).")
  private int digits;

  @Option(names = "--queries", defaultValue = "5000", description = "Measured (${DEFAULT-VALUE}).")
  private int queries;

  @Option(names = "--clients", defaultValue = "16", description = "At once (${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--against",
      defaultValue = "postgres",
      description = "postgres, which is left out where it is not installed, or none.")
  private String against = "postgres";

  @Option(names = "--data", paramLabel = "DIR", description = "Scratch directory (data/bench).")
  private String directory = "";

  /// A statement with one or two places for ids.
  private record Shape(String name, String text, int places) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("point", "select amount, note from points where id = ?", 1),
          new Shape(
              "range of 100",
              "select count(*), sum(amount) from points where id between ? and ?",
              2));

  private static final String DASHBOARD =
      "select id % 10 as remainder, count(*), sum(amount) from points group by 1 order by 1";

  @Override
  public Integer call() throws Exception {
    Path root =
        directory.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "data", "bench").toAbsolutePath()
            : Path.of(directory).toAbsolutePath();
    Path data = root.resolve("short-" + digits);
    Path loaded = data.resolve("loaded");
    if (!Files.exists(loaded)) {
      Files.createDirectories(data);
      try (RedwardContender server = new RedwardContender(data)) {
        load(server.connection());
      }
      Files.writeString(loaded, "");
    }
    try (RedwardContender server = RedwardContender.reopen(data)) {
      measure("redward", server::prepared);
      repeated(server);
    }
    Optional<Path> programs =
        against.equals("postgres") ? PostgresServer.programs() : Optional.empty();
    if (programs.isPresent()) {
      measurePostgres(programs.get());
    }
    return 0;
  }

  private void measure(String name, Connector connector) throws Exception {
    System.out.println(name);
    for (Shape shape : SHAPES) {
      one(connector, shape);
      many(connector, shape);
    }
  }

  /// In a directory of its own below the system's, which user `postgres` can reach.
  private void measurePostgres(Path programs) throws Exception {
    Path directory = Files.createTempDirectory("redward-bench-postgres");
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
      Path cluster = directory.resolve("cluster");
      try (PostgresServer server = PostgresServer.start(programs, cluster)) {
        try (Connection connection = server.connect(Map.of());
            Statement statement = connection.createStatement()) {
          statement.execute(
              "create table points (id bigint primary key, amount decimal(12,2), note"
                  + " varchar(40))");
          statement.execute(
              "insert into points select id, (id % 100000) / 100.0, 'note ' || id % 1000"
                  + " from generate_series(0, "
                  + ((long) Math.pow(10, digits) - 1)
                  + ") as ids(id)");
          statement.execute("vacuum analyze points");
        }
        measure("postgresql", () -> server.connect(Map.of("prepareThreshold", "1")));
      }
    } finally {
      RedwardContender.delete(directory);
    }
  }

  /// The same aggregation over all rows again and again, with the result cache.
  private void repeated(RedwardContender server) throws SQLException {
    double[] times = new double[1_000];
    double first;
    try (Connection connection = server.prepared();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_result_cache_for_session to on");
      first = read(statement, DASHBOARD);
      for (int i = 0; i < times.length; i++) {
        times[i] = read(statement, DASHBOARD);
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "%-12s first %.1f ms, then p50 %.2f ms, p99 %.2f ms%n",
        "repeated", first, times[times.length / 2], times[times.length * 99 / 100]);
  }

  private static double read(Statement statement, String query) throws SQLException {
    long begun = System.nanoTime();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private void load(Connection connection) throws SQLException {
    StringBuilder id = new StringBuilder("0");
    StringBuilder from = new StringBuilder();
    for (int digit = 0; digit < digits; digit++) {
      id.append(" + d").append(digit).append(".d * ").append((long) Math.pow(10, digit));
      from.append(digit == 0 ? "digits d" : " cross join digits d").append(digit);
    }
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table digits (d bigint)");
      statement.execute(
          "insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
      statement.execute(
          "create table points (id bigint not null, amount decimal(12,2), note varchar(40))"
              + " sortkey (id)");
      statement.execute(
          "insert into points select id, (id % 100000) / 100.0, 'note ' || id % 1000 from (select "
              + id
              + " as id from "
              + from
              + ") as numbers order by id");
      statement.execute("vacuum points");
    }
    System.out.printf("loaded 10^%d rows in %.1f s%n", digits, (System.nanoTime() - begun) / 1e9);
  }

  private void one(Connector connector, Shape shape) throws SQLException {
    try (Connection connection = connector.connect()) {
      run(connection, shape, WARM_UP);
      double[] times = run(connection, shape, queries);
      Arrays.sort(times);
      System.out.printf(
          "%-12s 1 client: p50 %.2f ms, p99 %.2f ms, slowest %.1f ms%n",
          shape.name(), times[queries / 2], times[queries * 99 / 100], times[queries - 1]);
    }
  }

  private void many(Connector connector, Shape shape) throws Exception {
    long begun = System.nanoTime();
    List<Future<double[]>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int client = 0; client < clients; client++) {
        running.add(
            threads.submit(
                () -> {
                  try (Connection connection = connector.connect()) {
                    return run(connection, shape, queries / 4);
                  }
                }));
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Double> times = new ArrayList<>();
    for (Future<double[]> each : running) {
      Arrays.stream(each.get()).forEach(times::add);
    }
    times.sort(Double::compare);
    System.out.printf(
        "%-12s %d clients: %.0f queries/s, p50 %.2f ms, p99 %.2f ms%n",
        shape.name(),
        clients,
        times.size() / seconds,
        times.get(times.size() / 2),
        times.get(times.size() * 99 / 100));
  }

  private double[] run(Connection connection, Shape shape, int count) throws SQLException {
    long rows = (long) Math.pow(10, digits);
    double[] times = new double[count];
    try (PreparedStatement statement = connection.prepareStatement(shape.text())) {
      for (int i = 0; i < count; i++) {
        long id = ThreadLocalRandom.current().nextLong(rows - 100);
        long begun = System.nanoTime();
        statement.setLong(1, id);
        if (shape.places() == 2) {
          statement.setLong(2, id + 99);
        }
        try (ResultSet result = statement.executeQuery()) {
          if (!result.next() || result.getString(1) == null) {
            throw new SQLException("no row for " + id);
          }
        }
        times[i] = (System.nanoTime() - begun) / 1e6;
      }
    }
    return times;
  }
}

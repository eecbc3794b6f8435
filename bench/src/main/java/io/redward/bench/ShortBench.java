package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import io.redward.foundation.files.FileTree;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `bench short`: prepared point and small range queries on a sorted table over the wire, the
/// result cache off.
@Command(
    name = "short",
    description = "Prepared point and small range queries on a sorted table, over the wire.",
    mixinStandardHelpOptions = true)
final class ShortBench implements Callable<Integer> {
  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec command;

  /// Decimal digits of the number of rows.
  @Option(
      names = "--digits",
      defaultValue = "7",
      description = "The table has 10 to this many rows (${DEFAULT-VALUE}).")
  private int digits;

  @Option(
      names = "--warm-seconds",
      defaultValue = "20",
      description = "Of the same queries before each figure, both engines (${DEFAULT-VALUE}).")
  private int warmSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Measured for each figure (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--clients", defaultValue = "16", description = "At once (${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--against",
      defaultValue = "postgres",
      description = "postgres, which is left out where it is not installed, or none.")
  private String against = "postgres";

  @Mixin private BenchOptions options;

  @Mixin private ProfileOption profile;

  /// A statement with one or two places for ids.
  private record Shape(String name, String text, int places) {}

  /// Times of queries in milliseconds, sorted, and how many there were a second.
  private record Figures(double[] times, double perSecond) {
    static final Figures NONE = new Figures(new double[] {Double.NaN}, Double.NaN);

    double percentile(double share) {
      return times[(int) ((times.length - 1) * share)];
    }
  }

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
    if (!against.equals("postgres") && !against.equals("none")) {
      throw new ParameterException(
          command.commandLine(),
          "cannot measure against \"" + against + "\", only postgres or none");
    }
    Path data = options.scratch().resolve("short-" + digits);
    Path loaded = data.resolve("loaded");
    if (!Files.exists(loaded)) {
      Files.createDirectories(data);
      try (RedwardContender server = new RedwardContender(data)) {
        load(server.connection());
      }
      Files.writeString(loaded, "");
    }
    Machine machine = Machine.here();
    List<Figures> ours;
    List<Measure> dashboard;
    try (RedwardContender server = RedwardContender.reopen(data, profile.jvmOptions(data))) {
      ours = measure("redward", server::prepared);
      dashboard = repeated(server);
    }
    profile.draw(data);
    Optional<Path> programs =
        against.equals("postgres") ? PostgresServer.programs() : Optional.empty();
    List<Figures> theirs =
        programs.isPresent()
            ? measurePostgres(programs.get())
            : Collections.nCopies(ours.size(), Figures.NONE);
    List<Measure> measures = new ArrayList<>(measures(ours, theirs));
    measures.addAll(dashboard);
    BenchReport report =
        new BenchReport(
            "short",
            Map.of(
                "rows",
                "10^" + digits,
                "clients",
                Integer.toString(clients),
                "seconds",
                warmSeconds + " to warm up, then " + seconds),
            programs.isPresent() ? "postgresql" : "",
            machine,
            measures);
    report.printSummary(System.out);
    options.write(report);
    return 0;
  }

  private List<Measure> measures(List<Figures> ours, List<Figures> theirs) {
    List<Measure> measures = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      Figures own = ours.get(i);
      Figures other = theirs.get(i);
      Shape shape = SHAPES.get(i / 2);
      String name = shape.name() + (i % 2 == 0 ? ", 1 client" : ", " + clients + " clients");
      measures.add(
          new Measure(name, "queries/s", shape.name(), own.perSecond(), other.perSecond()));
      for (int percent : List.of(50, 99)) {
        measures.add(
            new Measure(
                name + ", p" + percent,
                "ms",
                shape.name(),
                own.percentile(percent / 100.0),
                other.percentile(percent / 100.0)));
      }
    }
    return measures;
  }

  /// For each shape the figures of one client and of many.
  private List<Figures> measure(String name, Connector connector) throws Exception {
    List<Figures> all = new ArrayList<>();
    for (Shape shape : SHAPES) {
      for (int count : List.of(1, clients)) {
        Figures figures = measure(connector, shape, count);
        System.out.printf(
            "%s, %s, %d clients: %.0f queries/s, p50 %.2f ms, p99 %.2f ms%n",
            name,
            shape.name(),
            count,
            figures.perSecond(),
            figures.percentile(0.5),
            figures.percentile(0.99));
        all.add(figures);
      }
    }
    return all;
  }

  /// In a directory of its own below the system's, which user `postgres` can reach.
  private List<Figures> measurePostgres(Path programs) throws Exception {
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
        return measure("postgresql", () -> server.connect(Map.of("prepareThreshold", "1")));
      }
    } finally {
      FileTree.delete(directory);
    }
  }

  /// The same aggregation over all rows again and again, with the result cache.
  private static List<Measure> repeated(RedwardContender server) throws SQLException {
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
    return List.of(
        new Measure("dashboard, first", "ms", "dashboard", first, Double.NaN),
        new Measure(
            "dashboard, repeated, p50", "ms", "dashboard", times[times.length / 2], Double.NaN),
        new Measure(
            "dashboard, repeated, p99",
            "ms",
            "dashboard",
            times[times.length * 99 / 100],
            Double.NaN));
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

  private Figures measure(Connector connector, Shape shape, int count) throws Exception {
    List<Future<double[]>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      for (int client = 0; client < count; client++) {
        running.add(
            threads.submit(
                () -> {
                  try (Connection connection = connector.connect()) {
                    run(connection, shape, warmSeconds);
                    return run(connection, shape, seconds);
                  }
                }));
      }
    }
    List<double[]> times = new ArrayList<>();
    for (Future<double[]> each : running) {
      times.add(each.get());
    }
    double[] sorted = times.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    return new Figures(sorted, sorted.length / (double) seconds);
  }

  /// Queries one after another for so long; their times.
  private double[] run(Connection connection, Shape shape, int forSeconds) throws SQLException {
    long rows = (long) Math.pow(10, digits);
    double[] times = new double[1 << 16];
    int count = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(forSeconds);
    try (PreparedStatement statement = connection.prepareStatement(shape.text())) {
      for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
        long id = ThreadLocalRandom.current().nextLong(rows - 100);
        statement.setLong(1, id);
        if (shape.places() == 2) {
          statement.setLong(2, id + 99);
        }
        try (ResultSet result = statement.executeQuery()) {
          if (!result.next() || result.getString(1) == null) {
            throw new SQLException("no row for " + id);
          }
        }
        if (count == times.length) {
          times = Arrays.copyOf(times, 2 * count);
        }
        times[count++] = (System.nanoTime() - begun) / 1e6;
      }
    }
    return Arrays.copyOf(times, count);
  }
}

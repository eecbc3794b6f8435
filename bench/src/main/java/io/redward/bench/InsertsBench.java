package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import io.redward.foundation.files.FileTree;
import io.redward.server.EmbeddedWarehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench inserts`: many connections that insert single rows, each row a transaction of its own on
/// a local store that forces every commit to the disk; then the same rows in other ways.
@Command(
    name = "inserts",
    description = "Small inserts: transactions a second, latencies, files left behind.",
    mixinStandardHelpOptions = true)
final class InsertsBench implements Callable<Integer> {
  private static final int BATCH = 1_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Option(names = "--connections", defaultValue = "16", description = "${DEFAULT-VALUE}")
  private int connections;

  @Option(names = "--seconds", defaultValue = "10", description = "Each way (${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private BenchOptions options;

  @Option(
      names = "--quiet",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Wait so long at the end, before files are counted (${DEFAULT-VALUE}).")
  private int quietSeconds;

  @Option(names = "--ways", split = ",", description = "Which of ${COMPLETION-CANDIDATES} (all).")
  private List<Way> ways = List.of(Way.values());

  /// How rows are inserted.
  private enum Way {
    /// `insert into … values (1, 'x', …)`, other literals each time.
    LITERALS,
    /// A prepared statement with parameters.
    PREPARED,
    /// One transaction of a thousand single-row statements.
    TRANSACTION,
    /// `addBatch` and `executeBatch`.
    BATCH,
    /// The same with the driver's `reWriteBatchedInserts`.
    REWRITTEN
  }

  /// What came of one way.
  ///
  /// @param micros latencies of transactions, ascending
  /// @param forces of files and directories to the disk
  /// @param serverSeconds processor time of all threads but the clients'
  private record Figures(
      long rows,
      double elapsedSeconds,
      long[] micros,
      ForceCounter.Forces forces,
      double serverSeconds) {
    double perSecond(long count) {
      return count / elapsedSeconds;
    }

    double forcesEach() {
      return (double) forces.count() / micros.length;
    }

    double cpuMicros() {
      return serverSeconds * 1e6 / rows;
    }

    List<Measure> measures(String way) {
      return List.of(
          measure("transactions", "/s", way, perSecond(micros.length)),
          measure("rows", "/s", way, perSecond(rows)),
          measure("transaction, p50", "ms", way, millis(0.5)),
          measure("transaction, p99", "ms", way, millis(0.99)),
          measure("forces to the disk a transaction", "", way, forcesEach()),
          measure("processor time of the server a row", "us", way, cpuMicros()));
    }

    private static Measure measure(String metric, String unit, String way, double value) {
      return new Measure(metric, unit, way, value, Double.NaN);
    }

    double millis(double share) {
      return micros.length == 0 ? 0 : micros[(int) ((micros.length - 1) * share)] / 1e3;
    }
  }

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    List<Measure> measures = new ArrayList<>();
    Path data = Files.createTempDirectory(options.scratch(), "inserts");
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            data.resolve("warehouse"),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            true)) {
      System.out.printf("%d connections, %d s each way%n", connections, seconds);
      System.out.printf(
          "%-12s %9s %9s %8s %8s %10s %9s %11s%n",
          "way", "tx/s", "rows/s", "p50 ms", "p99 ms", "forces/tx", "ms/force", "CPU us/row");
      for (Way way : ways) {
        run(warehouse, way, measures);
      }
      Thread.sleep(Duration.ofSeconds(quietSeconds));
    }
    System.out.printf(
        "files in the store: %s%n",
        files(data.resolve("warehouse")).entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", ")));
    FileTree.delete(data);
    options.write(
        new BenchReport(
            "inserts",
            Map.of(
                "connections", Integer.toString(connections), "seconds", Integer.toString(seconds)),
            "",
            machine,
            measures));
    return 0;
  }

  private void run(EmbeddedWarehouse warehouse, Way way, List<Measure> measures) throws Exception {
    String name = way.name().toLowerCase(java.util.Locale.ROOT);
    String table = "events_" + name;
    try (Connection setup = connect(warehouse, Way.LITERALS);
        Statement statement = setup.createStatement()) {
      statement.execute(
          "create table "
              + table
              + " (id bigint not null, at timestamp, kind varchar(20), amount decimal(12,2))");
      warmUp(warehouse, way, table);
      statement.execute("delete from " + table);
      Figures figures = measure(warehouse, way, table, seconds);
      measures.addAll(figures.measures(name));
      System.out.printf(
          "%-12s %9.0f %9.0f %8.2f %8.2f %10.3f %9.2f %11.0f%n",
          name,
          figures.perSecond(figures.micros().length),
          figures.perSecond(figures.rows()),
          figures.millis(0.5),
          figures.millis(0.99),
          figures.forcesEach(),
          figures.forces().seconds() * 1e3 / Math.max(1, figures.forces().count()),
          figures.cpuMicros());
      try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
        count.next();
        if (count.getLong(1) != figures.rows()) {
          throw new IllegalStateException(
              count.getLong(1) + " rows are there instead of " + figures.rows());
        }
      }
    }
  }

  private void warmUp(EmbeddedWarehouse warehouse, Way way, String table) throws Exception {
    measure(warehouse, way, table, Math.max(1, seconds / 4));
  }

  private Figures measure(EmbeddedWarehouse warehouse, Way way, String table, int forSeconds)
      throws Exception {
    long begin = System.nanoTime();
    long end = begin + forSeconds * 1_000_000_000L;
    List<Callable<Worker>> workers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      long first = i * 1_000_000_000L;
      workers.add(
          () -> {
            try (Connection connection = connect(warehouse, way)) {
              Worker worker = new Worker(connection, table, first);
              worker.run(way, end);
              worker.cpuNanos = THREADS.getCurrentThreadCpuTime();
              return worker;
            }
          });
    }
    long rows = 0;
    long clientNanos = 0;
    List<long[]> all = new ArrayList<>();
    ForceCounter.Forces forces;
    Duration before = processorTime();
    try (ForceCounter counter = new ForceCounter();
        ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (Future<Worker> done : threads.invokeAll(workers)) {
        rows += done.get().rows;
        clientNanos += done.get().cpuNanos;
        all.add(Arrays.copyOf(done.get().micros, done.get().transactions));
      }
      forces = counter.stop();
    }
    double elapsed = (System.nanoTime() - begin) / 1e9;
    double serverSeconds = processorTime().minus(before).toNanos() / 1e9 - clientNanos / 1e9;
    long[] micros = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Figures(rows, elapsed, micros, forces, serverSeconds);
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Connection connect(EmbeddedWarehouse warehouse, Way way) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("sslmode", "disable");
    if (way == Way.REWRITTEN) {
      properties.setProperty("reWriteBatchedInserts", "true");
    }
    return DriverManager.getConnection(warehouse.url(), properties);
  }

  /// How many there are of each kind, by what their names end in.
  private static Map<String, Long> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .collect(
              Collectors.groupingBy(
                  name -> name.substring(name.lastIndexOf('.') + 1),
                  TreeMap::new,
                  Collectors.counting()));
    }
  }

  /// One connection's work.
  private static final class Worker {
    private final Connection connection;
    private final String table;
    private long next;
    private long rows;
    private int transactions;
    private long[] micros = new long[1024];
    private long cpuNanos;

    Worker(Connection connection, String table, long first) {
      this.connection = connection;
      this.table = table;
      this.next = first;
    }

    void run(Way way, long end) throws SQLException {
      String sql = "insert into " + table + " values (?, ?, ?, ?)";
      try (Statement literal = connection.createStatement();
          PreparedStatement prepared = connection.prepareStatement(sql)) {
        connection.setAutoCommit(way != Way.TRANSACTION);
        long before = System.nanoTime();
        while (before < end) {
          switch (way) {
            case LITERALS -> rows += literal.executeUpdate(literal());
            case PREPARED -> {
              bind(prepared);
              rows += prepared.executeUpdate();
            }
            case TRANSACTION -> {
              for (int i = 0; i < BATCH; i++) {
                bind(prepared);
                rows += prepared.executeUpdate();
              }
              connection.commit();
            }
            case BATCH, REWRITTEN -> {
              for (int i = 0; i < BATCH; i++) {
                bind(prepared);
                prepared.addBatch();
              }
              prepared.executeBatch();
              rows += BATCH;
            }
          }
          long after = System.nanoTime();
          note((after - before) / 1_000);
          before = after;
        }
      }
    }

    private String literal() {
      long id = next++;
      return "insert into "
          + table
          + " values ("
          + id
          + ", '2026-01-01 00:00:"
          + (10 + id % 50)
          + "', 'kind "
          + id % 7
          + "', "
          + id % 1_000
          + ".25)";
    }

    private void bind(PreparedStatement prepared) throws SQLException {
      long id = next++;
      prepared.setLong(1, id);
      prepared.setTimestamp(2, new java.sql.Timestamp(1_767_225_600_000L + id));
      prepared.setString(3, "kind " + id % 7);
      prepared.setBigDecimal(4, java.math.BigDecimal.valueOf(id % 100_000, 2));
    }

    private void note(long elapsedMicros) {
      if (transactions == micros.length) {
        micros = Arrays.copyOf(micros, transactions * 2);
      }
      micros[transactions++] = elapsedMicros;
    }
  }
}

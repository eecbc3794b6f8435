package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `bench concurrent`: one list of short and long queries, worked off by one client and then by
/// many. Both do the same work, so throughput is the ratio of the times.
@Command(
    name = "concurrent",
    description = "Many clients with short and long queries: throughput, latencies, starvation.",
    mixinStandardHelpOptions = true)
final class ConcurrentBench implements Callable<Integer> {
  private static final int ALONE = 200;

  /// A query starves that takes so many times its own time for each client that there is.
  private static final double STARVED = 3;

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec command;

  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--clients", defaultValue = "64", description = "At once (${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--per-client",
      defaultValue = "8",
      description = "Queries for each client on average (${DEFAULT-VALUE}).")
  private int perClient;

  @Option(
      names = "--long-share",
      defaultValue = "0.1",
      description = "Share of long queries (${DEFAULT-VALUE}).")
  private double longShare;

  @Option(
      names = "--against",
      defaultValue = "duckdb",
      description = "duckdb, in the process of the bench, or none (${DEFAULT-VALUE}).")
  private String against = "duckdb";

  @Mixin private BenchOptions options;

  @Mixin private ProfileOption profile;

  @Override
  public Integer call() throws Exception {
    if (!against.equals("duckdb") && !against.equals("none")) {
      throw new ParameterException(
          command.commandLine(), "cannot measure against \"" + against + "\", only duckdb or none");
    }
    Path data = options.scratch();
    Path files = data.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    Machine machine = Machine.here();
    Workload workload = Tpch.workload(files);
    List<ConcurrentRun.Item> work = work(new Random(1));
    ConcurrentFigures ours;
    try (RedwardContender server = loaded(data, workload)) {
      ours = measure("redward", server::another, work, server::cpuMillis);
    }
    profile.draw(data);
    Optional<ConcurrentFigures> theirs = Optional.empty();
    if (against.equals("duckdb")) {
      System.out.println("duckdb: loading");
      try (DuckDbContender duckDb = new DuckDbContender(data)) {
        duckDb.load(workload);
      }
      String address = "jdbc:duckdb:" + data.resolve("bench.duckdb");
      try (Connection keeper = DriverManager.getConnection(address)) {
        theirs =
            Optional.of(measure("duckdb", () -> duckDb(address, keeper), work, () -> Double.NaN));
      }
    }
    BenchReport report =
        new BenchReport(
            "concurrent",
            Map.of("scale", Double.toString(scale), "clients", Integer.toString(clients)),
            theirs.isPresent() ? "duckdb" : "",
            machine,
            measures(ours, theirs));
    report.printSummary(System.out);
    options.write(report);
    return ours.failures() == 0 ? 0 : 1;
  }

  /// The server over its tables, which are loaded the first time only.
  private RedwardContender loaded(Path data, Workload workload) throws Exception {
    Path directory = data.resolve("concurrent-" + scale);
    Path mark = directory.resolve("loaded");
    if (!Files.exists(mark)) {
      Files.createDirectories(directory);
      System.out.println("redward: loading");
      try (RedwardContender server = new RedwardContender(directory)) {
        server.load(workload);
      }
      Files.writeString(mark, "");
    }
    return RedwardContender.reopen(directory, profile.jvmOptions(data));
  }

  /// Connections of one process to one file share an instance, which lives as long as one is open.
  private static Connection duckDb(String address, Connection keeper) throws SQLException {
    if (keeper.isClosed()) {
      throw new SQLException("the database is closed");
    }
    return DriverManager.getConnection(address);
  }

  /// The list of queries, the same for all engines and numbers of clients.
  private List<ConcurrentRun.Item> work(Random random) {
    List<String> slow = List.of(Tpch.query(1), Tpch.query(9), Tpch.query(18), Tpch.query(21));
    List<ConcurrentRun.Item> work = new ArrayList<>();
    int longCount = 0;
    for (int i = 0; i < clients * perClient; i++) {
      if (random.nextDouble() < longShare) {
        int which = longCount++ % slow.size();
        work.add(new ConcurrentRun.Item(slow.get(which), which + 1));
      } else {
        work.add(shortQuery(random));
      }
    }
    return work;
  }

  private ConcurrentRun.Item shortQuery(Random random) {
    // Of every 32 keys dbgen uses the first 8.
    long key = 1 + random.nextLong((long) (187_500 * scale)) * 32;
    return new ConcurrentRun.Item(
        "select o_orderdate, o_totalprice from orders where o_orderkey = " + key, 0);
  }

  private ConcurrentFigures measure(
      String name, Connector connector, List<ConcurrentRun.Item> work, DoubleSupplier cpuMillis)
      throws Exception {
    List<ConcurrentRun.Item> alone = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < ALONE; i++) {
      alone.add(shortQuery(random));
    }
    // All of it twice, so that no side pays for first runs and cold code.
    System.out.printf("%s: warming up with %d queries, twice%n", name, work.size());
    clients(connector, work, clients);
    clients(connector, work, clients);
    ConcurrentRun shortAlone = clients(connector, alone, 1);
    System.out.printf("%s, alone: short queries' p95 %.2f ms%n", name, shortAlone.p95(0));
    double before = cpuMillis.getAsDouble();
    ConcurrentRun single = clients(connector, work, 1);
    double between = cpuMillis.getAsDouble();
    System.out.printf(
        "%s, 1 client: %d queries in %.1f s, %.1f s of processor time%n",
        name, work.size(), single.seconds(), (between - before) / 1e3);
    ConcurrentRun many = clients(connector, work, clients);
    double after = cpuMillis.getAsDouble();
    System.out.printf(
        "%s, %d clients: %d queries in %.1f s, %.1f s of processor time, %d failures%s%n",
        name,
        clients,
        work.size(),
        many.seconds(),
        (after - between) / 1e3,
        many.failures().size(),
        many.failures().isEmpty() ? "" : ": " + many.failures().getFirst());
    return new ConcurrentFigures(
        work.size() / single.seconds(),
        work.size() / many.seconds(),
        (between - before) / 1e3,
        (after - between) / 1e3,
        shortAlone.p95(0),
        many.percentile(0.5, 0),
        many.p95(0),
        many.percentile(1, 0),
        many.longest(),
        many.failures().size(),
        many.slowerThan(single, STARVED * clients));
  }

  private static ConcurrentRun clients(
      Connector connector, List<ConcurrentRun.Item> work, int clients)
      throws SQLException, InterruptedException, ExecutionException {
    List<Connection> connections = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        connections.add(connector.connect());
      }
      ConcurrentRun run = new ConcurrentRun(work);
      AtomicInteger next = new AtomicInteger();
      long begun = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (Connection connection : connections) {
        running.add(threads.submit(() -> run.work(connection, next)));
      }
      for (Future<?> each : running) {
        each.get();
      }
      run.ended(System.nanoTime() - begun);
      return run;
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private List<Measure> measures(ConcurrentFigures ours, Optional<ConcurrentFigures> theirs) {
    ConcurrentFigures other = theirs.orElse(ConcurrentFigures.NONE);
    String many = clients + " clients";
    String shorts = "short queries, " + many + ", ";
    return List.of(
        new Measure("1 client", "queries/s", "mixed", ours.single(), other.single()),
        new Measure(many, "queries/s", "mixed", ours.many(), other.many()),
        new Measure(
            "throughput, " + many + " to 1",
            "",
            "mixed",
            ours.throughput(),
            other.throughput(),
            "at least 0.95 is wanted"),
        new Measure(
            "work per processor second, " + many + " to 1",
            "",
            "mixed",
            ours.thrift(),
            other.thrift(),
            "%.1f s for all with 1 client".formatted(ours.singleProcessor())),
        new Measure(
            "short queries alone, p95", "ms", "short", ours.shortAlone(), other.shortAlone()),
        new Measure(shorts + "p50", "ms", "short", ours.shortP50(), other.shortP50()),
        new Measure(shorts + "p95", "ms", "short", ours.shortP95(), other.shortP95()),
        new Measure(
            "short queries, p95 to alone",
            "",
            "short",
            ours.slowdown(),
            other.slowdown(),
            "at most 10 is wanted"),
        new Measure(shorts + "slowest", "ms", "short", ours.shortSlowest(), other.shortSlowest()),
        new Measure("longest wait for any query", "ms", "all", ours.longest(), other.longest()),
        new Measure("failures", "", "all", ours.failures(), other.failures()),
        new Measure(
            "starved queries",
            "",
            "all",
            ours.starved(),
            other.starved(),
            "slower than %.0f times their time with one client".formatted(STARVED * clients)));
  }
}

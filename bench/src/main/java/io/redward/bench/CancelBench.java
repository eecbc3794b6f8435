package io.redward.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench cancel`: how long after a request to cancel it a statement ends. Each kind of
/// statement is begun and, at a random moment of it, cancelled by the wire protocol's key; joins
/// also by the Data API and by the console's calls. Statements that end by themselves before do
/// not count, nor do the first five of each.
@Command(
    name = "cancel",
    description = "Milliseconds from a request to cancel until the statement has ended.",
    mixinStandardHelpOptions = true)
final class CancelBench implements Callable<Integer> {
  private static final int LEAST_DELAY = 10;
  private static final int MORE_DELAY = 100;
  private static final int UNCOUNTED = 5;
  private static final int ROWS_OF_FILE = 4_000_000;

  @Option(names = "--cancels", defaultValue = "100", description = "Of each (${DEFAULT-VALUE}).")
  private int cancels;

  @Option(names = "--rows", defaultValue = "1000000", description = "Of the table.")
  private int rows;

  @Option(names = "--only", split = ",", description = "Kinds of statements, by name.")
  private List<String> only = List.of();

  @Option(names = "--seed", defaultValue = "1", description = "(${DEFAULT-VALUE})")
  private long seed;

  @Mixin private ScratchOption scratch;

  /// A kind of statement that takes long.
  private record Kind(String name, String sql) {}

  /// Begins a statement and cancels it; empty if it has ended before that.
  interface Way {
    OptionalDouble millis(String sql, int delayMillis) throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    Path root = scratch.directory();
    Path file = root.resolve("cancel.csv");
    int http = freePort();
    try (RedwardContender server =
        new RedwardContender(
            root.resolve("cancel"),
            RedwardContender.HEAP,
            List.of("--http-port", Integer.toString(http)))) {
      write(file);
      fill(server.connection());
      System.out.println(
          "| statement | by | cancelled | p50 ms | p99 ms | most ms |\n|---|---|---|---|---|---|");
      for (Kind kind : kinds(file)) {
        if (!only.isEmpty() && !only.contains(kind.name())) {
          continue;
        }
        measure(kind, "key", new WireCancel(server));
        if (kind.name().equals("join")) {
          measure(kind, "Data API", HttpCancel.ofDataApi(http));
          measure(kind, "console", HttpCancel.ofConsole(http));
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return 0;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < ROWS_OF_FILE; i++) {
        out.write(i + "," + i % 1_000 + ",note " + i * 7_919L % 1_000_003 + "\n");
      }
    }
  }

  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table facts (id bigint, k integer, note varchar(40))");
      statement.execute(
          "insert into facts select n, n % 1000, 'note ' || n % 131071 * 7919 % 1000003"
              + " from (select n from generate_series(1, "
              + rows
              + ") g(n)) s");
      statement.execute("create table eight (e integer) diststyle all");
      statement.execute("insert into eight values (0), (1), (2), (3), (4), (5), (6), (7)");
      statement.execute("create table target (id bigint, k integer, note varchar(40))");
      statement.execute(
          "create function slow(a bigint) returns bigint volatile as $$ long s = a;"
              + " for (int i = 0; i < 20000; i++) { s = s * 31 + i; } return s; $$ language java");
      statement.execute(
          "create procedure endless() as $$ declare i int := 0; begin while i >= 0 loop"
              + " i := (i + 1) % 1000000; end loop; end; $$ language plpgsql");
    }
  }

  private static List<Kind> kinds(Path file) {
    StringBuilder joins = new StringBuilder("explain select count(*) from facts t0");
    for (int i = 1; i < 40; i++) {
      joins.append(" join facts t%d on t%d.id = t%d.k".formatted(i, i, i * 7 % i));
    }
    StringBuilder sums = new StringBuilder("select count(*)");
    for (int i = 2; i < 1_500; i++) {
      sums.append(", sum(case when mod(id, %d) = 0 then k else %d end)".formatted(i, i));
    }
    sums.append(" from facts");
    return List.of(
        new Kind("join", "select count(*) from facts a join facts b on a.k = b.k"),
        new Kind("cross join", "select count(*) from facts a, facts b where a.id + b.id < 0"),
        new Kind(
            "sort",
            "select max(r) from (select row_number() over (order by note, k, id) as r"
                + " from facts, eight) s"),
        new Kind(
            "distinct",
            "select count(distinct id * 8 + e), count(distinct note) from facts, eight"),
        new Kind("rows to the client", "select * from facts, eight order by note"),
        new Kind("copy", "copy target from 'file://" + file + "' csv"),
        new Kind("file", "select count(distinct column3) from '" + file + "'"),
        new Kind("insert", "insert into target select id, k, note from facts, eight"),
        new Kind("ctas", "create table copied sortkey(note) as select * from facts, eight"),
        new Kind("update", "update facts set note = note || k"),
        new Kind("java function", "select sum(slow(id)) from facts"),
        new Kind("procedure", "call endless()"),
        new Kind("planning", joins.toString()),
        new Kind("compiling", sums.toString()));
  }

  private void measure(Kind kind, String by, Way way) throws Exception {
    Random random = new Random(seed);
    List<Double> measured = new ArrayList<>();
    for (int i = -UNCOUNTED; i < cancels; i++) {
      OptionalDouble millis = way.millis(kind.sql(), LEAST_DELAY + random.nextInt(MORE_DELAY));
      if (i >= 0) {
        millis.ifPresent(measured::add);
      }
    }
    double[] sorted = measured.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "| %s | %s | %d of %d | %s |%n",
        kind.name(),
        by,
        sorted.length,
        cancels,
        sorted.length == 0
            ? "| | "
            : "%.1f | %.1f | %.1f"
                .formatted(at(sorted, 0.5), at(sorted, 0.99), sorted[sorted.length - 1]));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}

package io.redward.bench;

import io.redward.foundation.files.FileTree;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench progress`: how well `sys_query_progress` tells when a query will end. Each query of TPC-H
/// is watched while it runs; what was said of its end when half of its time was over is compared
/// with when it ended.
@Command(
    name = "progress",
    description = "How near the time left that is told half-way is to the truth, on TPC-H.",
    mixinStandardHelpOptions = true)
final class ProgressBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--runs", defaultValue = "5", description = "Of each query (${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--seconds", defaultValue = "120", description = "No run begins after them.")
  private int seconds;

  @Mixin private ScratchOption scratch;

  /// What was told of the time left.
  private record Told(double atMillis, double leftMillis) {}

  @Override
  public Integer call() throws Exception {
    Path root = scratch.directory();
    Path files = root.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    Workload workload = Tpch.workload(files);
    Path data = root.resolve("progress");
    FileTree.delete(data);
    try (EmbeddedWarehouse warehouse =
            EmbeddedWarehouse.start(
                data, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true);
        ExecutorService watcher = Executors.newSingleThreadExecutor();
        Connection busy = connect(warehouse);
        Connection watching = connect(warehouse)) {
      RedwardContender.load(busy, workload);
      try (Statement statement = busy.createStatement()) {
        statement.execute("set enable_result_cache_for_session to off");
      }
      measure(workload, busy, watching, watcher);
    } finally {
      FileTree.delete(data);
    }
    return 0;
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws SQLException {
    return DriverManager.getConnection(warehouse.url() + "?user=admin");
  }

  private void measure(
      Workload workload, Connection busy, Connection watching, ExecutorService watcher)
      throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    int session = session(busy);
    List<Double> all = new ArrayList<>();
    System.out.println(
        "| query | ms | error of the end told half-way, % of the whole run: median |");
    System.out.println("|---|---|---|");
    for (Workload.Query query : workload.queries()) {
      List<Double> errors = new ArrayList<>();
      List<Double> millis = new ArrayList<>();
      run(busy, query.text());
      for (int i = 0; i < runs && System.nanoTime() < end; i++) {
        AtomicBoolean over = new AtomicBoolean();
        long begun = System.nanoTime();
        Future<List<Told>> told = watcher.submit(() -> watch(watching, session, begun, over));
        run(busy, query.text());
        double took = (System.nanoTime() - begun) / 1e6;
        over.set(true);
        millis.add(took);
        told.get().stream()
            .filter(each -> each.leftMillis() >= 0)
            .min((a, b) -> Double.compare(off(a, took), off(b, took)))
            .filter(each -> off(each, took) < 0.1 * took)
            .ifPresent(
                each ->
                    errors.add(100 * Math.abs(each.atMillis() + each.leftMillis() - took) / took));
      }
      all.addAll(errors);
      System.out.printf(
          "| %s | %.0f | %s |%n",
          query.name(),
          Median.of(millis),
          errors.isEmpty() ? "-" : "%.0f".formatted(Median.of(errors)));
    }
    long within = all.stream().filter(error -> error <= 25).count();
    System.out.printf(
        "%d of %d runs within 25 %%; median %.0f %%%n", within, all.size(), Median.of(all));
  }

  private static double off(Told told, double took) {
    return Math.abs(told.atMillis() - took / 2);
  }

  private static List<Told> watch(
      Connection connection, int session, long begun, AtomicBoolean over) throws SQLException {
    List<Told> told = new ArrayList<>();
    try (PreparedStatement asked =
        connection.prepareStatement(
            "select time_left from sys_query_progress where session_id = ?")) {
      asked.setInt(1, session);
      while (!over.get()) {
        double at = (System.nanoTime() - begun) / 1e6;
        try (ResultSet row = asked.executeQuery()) {
          if (row.next()) {
            told.add(new Told(at, row.getLong(1) / 1e3));
          }
        }
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return told;
  }

  private static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void run(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }
}

package io.redward.bench;

import io.redward.server.TpchFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A leader and compute nodes over one store, each a process of this machine, which end with it.
/// The nodes take part in all but the shortest queries.
final class BenchCluster implements AutoCloseable {
  private final List<Process> processes = new ArrayList<>();
  private final int sql;
  private final int http;

  private BenchCluster(int sql, int http) {
    this.sql = sql;
    this.http = http;
  }

  static BenchCluster start(Path data, int nodes) throws IOException, InterruptedException {
    BenchCluster cluster = new BenchCluster(freePort(), freePort());
    int member = freePort();
    try {
      cluster.processes.add(
          start(
              data,
              "leader",
              member,
              "leader",
              member,
              "--port",
              "" + cluster.sql,
              "--http-port",
              "" + cluster.http,
              "--distribute-from",
              "1000",
              "--no-warm-up"));
      for (int node = 0; node < nodes; node++) {
        cluster.processes.add(start(data, "node" + node, freePort(), "compute", member));
      }
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }

  List<Process> processes() {
    return processes;
  }

  /// Processor time of all processes so far.
  double cpuSeconds() {
    double seconds = 0;
    for (Process process : processes) {
      seconds += process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
    return seconds;
  }

  /// Bytes that have gone from member to member for queries.
  long exchangedBytes() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String text =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith("redward_exchanged_bytes_total "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
          .findFirst()
          .orElse(0);
    }
  }

  /// @param schema statements that create the tables
  static void load(Connection connection, List<String> schema, Path files) throws SQLException {
    for (String statement : schema) {
      execute(connection, statement);
    }
    TpchFiles tables = new TpchFiles(files, 0);
    for (String table : TpchFiles.tables()) {
      execute(
          connection, "copy " + table + " from 'file://" + tables.table(table) + "' delimiter '|'");
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + sql + "/dev?user=admin&preferQueryMode=simple");
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The rows as text.
  static String answer(Connection connection, String query) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        for (int column = 1; column <= columns; column++) {
          text.append(result.getString(column)).append('|');
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static Process start(
      Path data, String name, int port, String role, int member, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.redward.server.Main",
                "start",
                "--role",
                role,
                "--store",
                "file://" + data.resolve("store").toAbsolutePath(),
                "--data",
                data.resolve(name).toString(),
                "--node-name",
                name,
                "--cluster-port",
                String.valueOf(port),
                "--join",
                "127.0.0.1:" + member));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    String line = out.readLine();
    while (line != null && !line.contains(" ready on ")) {
      lines.add(line);
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(name + " did not start: " + String.join("\n", lines));
    }
    Thread unused = Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      process.waitFor();
    }
  }
}

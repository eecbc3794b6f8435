package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// A leader and compute nodes, each a process of its own, over one store.
final class ProcessCluster implements AutoCloseable {
  static final String LEADER = "leader";

  private final Path directory;
  private final List<String> store;
  private final Map<String, Process> processes = new TreeMap<>();
  private final int leaderPort;
  private final int clients;

  /// @param directory for what processes keep for themselves
  /// @param store the options that say where the objects are
  ProcessCluster(Path directory, List<String> store) throws IOException {
    this.directory = directory;
    this.store = store;
    leaderPort = TestCluster.freePort();
    clients = TestCluster.freePort();
  }

  /// With the store in a directory beside.
  static ProcessCluster inDirectory(Path directory) throws IOException {
    return new ProcessCluster(
        directory, List.of("--store", "file://" + directory.resolve("store").toAbsolutePath()));
  }

  void startLeader() throws IOException {
    start(
        LEADER,
        "leader",
        "--cluster-port",
        String.valueOf(leaderPort),
        "--port",
        String.valueOf(clients),
        "--http-port",
        "-1",
        "--no-warm-up",
        "--distribute-from",
        "1000");
  }

  void startNode(String name) throws IOException {
    start(name, "compute", "--cluster-port", String.valueOf(TestCluster.freePort()));
  }

  private void start(String name, String role, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                role.equals("leader") ? "-Xmx512m" : "-Xmx256m",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.redward.server.Main",
                "start",
                "--role",
                role,
                "--join",
                "127.0.0.1:" + leaderPort,
                "--data",
                directory.resolve(name).toString(),
                "--node-name",
                name));
    command.addAll(store);
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("REDWARD_CLUSTER_SECRET", "open sesame");
    builder.environment().put("AWS_ACCESS_KEY_ID", S3Server.KEYS.accessKeyId());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.KEYS.secretAccessKey());
    Process process = builder.start();
    processes.put(name, process);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    String line = out.readLine();
    while (line != null && !line.contains(" ready on ")) {
      lines.add(line);
      line = out.readLine();
    }
    assertThat(line).as("output of %s: %s", name, lines).isNotNull();
    Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
  }

  /// The nodes that were started and not ended.
  Set<String> nodes() {
    Set<String> nodes = new TreeSet<>(processes.keySet());
    nodes.remove(LEADER);
    return nodes;
  }

  void signal(String name, String signal) throws IOException, InterruptedException {
    long pid = Objects.requireNonNull(processes.get(name), name).pid();
    new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor();
  }

  /// Sends a signal that ends a process, and waits until it has ended.
  void end(String name, String signal) throws IOException, InterruptedException {
    signal(name, signal);
    Process process = Objects.requireNonNull(processes.get(name), name);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", name).isTrue();
    processes.remove(name);
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + clients + "/dev", properties);
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
  }
}

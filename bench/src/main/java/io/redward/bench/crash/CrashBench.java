package io.redward.bench.crash;

import io.redward.foundation.files.FileTree;
import io.redward.server.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench crash`: `kill -9` at random moments under INSERT, UPDATE, DELETE, COPY, CREATE and DROP
/// TABLE from several connections. The journal of what was acknowledged is in this process.
@Command(
    name = "crash",
    description =
        "Kill a server at random moments under a mixed workload, restart it, and check that every"
            + " acknowledged transaction is there, those in flight whole or not at all.",
    mixinStandardHelpOptions = true)
public final class CrashBench implements Callable<Integer> {
  @Option(names = "--rounds", defaultValue = "1000", description = "Kills (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--clients", defaultValue = "4", description = "Connections (${DEFAULT-VALUE}).")
  private int clients;

  @Option(names = "--seed", defaultValue = "1", description = "Of the kills (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--longest",
      paramLabel = "MS",
      defaultValue = "1000",
      description =
          "A server is killed at the latest so long after it is ready (${DEFAULT-VALUE}).")
  private int longestMillis;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description = "Where the objects are, as for start (default: the data directory).")
  private String store = "";

  @Option(names = "--data", paramLabel = "DIR", description = "Scratch directory (data/crash).")
  private String directory = "";

  private Optional<Path> cache = Optional.empty();
  private final List<Client> workers = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Path scratch =
        directory.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "data", "crash").toAbsolutePath()
            : Path.of(directory).toAbsolutePath();
    FileTree.delete(scratch);
    Path data = scratch.resolve("warehouse");
    Files.createDirectories(data);
    for (int i = 0; i < clients; i++) {
      workers.add(new Client(i, scratch));
    }
    Random random = new Random(seed);
    if (rounds >= StartCache.MIN_ROUNDS) {
      cache = StartCache.make(scratch);
    }
    long begun = System.nanoTime();
    ServerProcess server = start(data);
    try {
      execute(server, Client.schema(clients));
      for (int round = 1; round <= rounds && wrong.isEmpty(); round++) {
        runAndKill(server, random.nextInt(longestMillis));
        fsck(data, round);
        server = start(data);
        check(server, round);
        if (round % 10 == 0 || round == rounds) {
          report(round, (System.nanoTime() - begun) / 1e9 / round);
        }
      }
    } finally {
      server.close();
    }
    wrong.forEach(System.out::println);
    return wrong.isEmpty() ? 0 : 1;
  }

  private ServerProcess start(Path data) throws IOException {
    return ServerProcess.start(data, storeOption(), cache);
  }

  private List<String> storeOption() {
    return store.isEmpty() ? List.of() : List.of("--store", store);
  }

  private void runAndKill(ServerProcess server, int millis)
      throws SQLException, InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      List<Connection> connections = new ArrayList<>();
      List<Future<?>> running = new ArrayList<>();
      for (Client worker : workers) {
        Connection connection = server.connect();
        connections.add(connection);
        running.add(
            executor.submit(
                () -> {
                  worker.work(connection);
                  return null;
                }));
      }
      Thread.sleep(millis);
      server.kill();
      for (Future<?> each : running) {
        each.get();
      }
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private void fsck(Path data, int round) {
    List<String> arguments = new ArrayList<>(List.of("fsck", "--quiet", "--data", data.toString()));
    arguments.addAll(storeOption());
    int code = new CommandLine(new Main()).execute(arguments.toArray(String[]::new));
    if (code != 0) {
      wrong.add("round " + round + ": fsck finds damage");
    }
  }

  private void check(ServerProcess server, int round) throws SQLException {
    try (Connection connection = server.connect()) {
      for (Client worker : workers) {
        for (String each : worker.check(connection)) {
          wrong.add("round " + round + ": " + each);
        }
      }
    }
  }

  private void report(int round, double secondsEach) {
    System.out.printf(
        "%d kills, %.1f s each: %,d transactions acknowledged and there, %d conflicts, %d wrong%n",
        round,
        secondsEach,
        workers.stream().mapToInt(Client::acknowledged).sum(),
        workers.stream().mapToInt(Client::conflicts).sum(),
        wrong.size());
  }

  private static void execute(ServerProcess server, List<String> statements) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}

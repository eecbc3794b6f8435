package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.Main;
import io.redward.storage.objectstore.s3.S3Options;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two server processes, each with a data directory and caches of its own, on one bucket.
final class SharedProcessesTest {
  private static final Pattern READY =
      Pattern.compile("redward: ready on 127\\.0\\.0\\.1:(\\d+).*");
  private static final int TRANSACTIONS = 15;
  private static final long STALENESS_MILLIS = 300;

  /// One number of each table, as one statement sees them: all are of the same commits.
  private static final String STATE =
      "select (select count(*) from orders), (select coalesce(max(id), 0) from orders),"
          + " (select count(*) / 2 from lines), (select coalesce(sum(amount), 0) / 3 from lines),"
          + " (select n from total)";

  @TempDir Path directory;

  /// A server that has been started from the class path.
  private static final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final int port;

    ServerProcess(Path data, S3Server bucket) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--add-modules=jdk.incubator.vector",
              "--enable-native-access=ALL-UNNAMED",
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Xmx512m",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "start",
              "--data",
              data.toString(),
              "--store",
              "s3://warehouse/processes",
              "--s3-endpoint",
              bucket.endpoint().toString(),
              "--port",
              "0",
              "--http-port",
              "-1",
              "--no-warm-up");
      S3Options.Keys keys = S3Server.KEYS;
      builder
          .environment()
          .putAll(
              Map.of(
                  "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                  "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey()));
      builder.redirectError(new File(data + ".log"));
      process = builder.start();
      output = process.inputReader(StandardCharsets.UTF_8);
      String line;
      do {
        line = output.readLine();
        if (line == null) {
          throw new IOException("the server did not start; see " + data + ".log");
        }
      } while (!READY.matcher(line).matches());
      Matcher ready = READY.matcher(line);
      assertThat(ready.matches()).isTrue();
      port = Integer.parseInt(ready.group(1));
    }

    Connection connect() throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("user", "admin");
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/dev", properties);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      process.waitFor();
      output.close();
    }
  }

  @Test
  void theOtherProcessSeesEachCommitWholeAndInOrderAndBothMayWrite() throws Exception {
    try (S3Server bucket = new S3Server(directory.resolve("s3"));
        ServerProcess first = new ServerProcess(directory.resolve("a"), bucket);
        ServerProcess second = new ServerProcess(directory.resolve("b"), bucket)) {
      try (Connection one = first.connect()) {
        TestWarehouse.execute(
            one,
            "create table orders (server int, id int)",
            "create table lines (order_id int, amount int)",
            "create table total (n int)",
            "insert into total values (0)");
      }
      Thread.sleep(STALENESS_MILLIS);
      oneWritesAndTheOtherReads(first, second);
      bothWrite(first, second);
      aKilledWriterLeavesNothingHalfDone(first, second);
    }
  }

  /// Order `id` with two lines of together 3, and the number of orders, in one transaction.
  private static void order(Connection connection, int server, int id) throws SQLException {
    TestWarehouse.execute(
        connection,
        "begin",
        "insert into orders values (" + server + ", " + id + ")",
        "insert into lines values (" + id + ", 1)",
        "insert into lines values (" + id + ", 2)");
    if (server == 1) {
      TestWarehouse.execute(connection, "update total set n = n + 1");
    }
    TestWarehouse.execute(connection, "commit");
  }

  private static void oneWritesAndTheOtherReads(ServerProcess first, ServerProcess second)
      throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor();
        Connection reader = second.connect()) {
      AtomicInteger lastSeen = new AtomicInteger();
      Future<?> writer =
          executor.submit(
              () -> {
                try (Connection connection = first.connect()) {
                  for (int id = 1; id <= TRANSACTIONS; id++) {
                    order(connection, 1, id);
                    for (int wait = 0;
                        id % (TRANSACTIONS / 3) == 0 && lastSeen.get() < id && wait < 6_000;
                        wait++) {
                      Thread.sleep(10);
                    }
                  }
                }
                return true;
              });
      List<Integer> seen = new ArrayList<>();
      boolean done;
      do {
        done = writer.isDone();
        if (done) {
          Thread.sleep(STALENESS_MILLIS);
        }
        String row = TestWarehouse.rows(reader, STATE).getFirst();
        int orders = Integer.parseInt(row.substring(0, row.indexOf('|')));
        assertThat(row).as("part of a commit").isEqualTo((orders + "|").repeat(4) + orders);
        seen.add(orders);
        lastSeen.set(orders);
      } while (!done);
      writer.get();
      assertThat(seen).isSorted().endsWith(TRANSACTIONS);
      assertThat(seen.stream().distinct().count()).as("it follows").isGreaterThan(2);
    }
  }

  private static void bothWrite(ServerProcess first, ServerProcess second) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2);
        Connection one = first.connect();
        Connection two = second.connect()) {
      List<Future<Boolean>> writers =
          List.of(
              executor.submit(writer(first, 2, 1_000, TRANSACTIONS)),
              executor.submit(writer(second, 3, 2_000, TRANSACTIONS)));
      while (writers.stream().anyMatch(writer -> !writer.isDone())) {
        for (Connection reader : List.of(one, two)) {
          List<String> rows =
              TestWarehouse.rows(
                  reader,
                  "select server, count(*), max(id) % 1000 + 1,"
                      + " (select count(*) from lines) - 2 * (select count(*) from orders)"
                      + " from orders where server > 1 group by server");
          assertThat(rows)
              .as("whole commits, none before an earlier one")
              .allMatch(row -> row.matches("\\d\\|(\\d+)\\|\\1\\|0"));
        }
      }
      for (Future<Boolean> writer : writers) {
        writer.get();
      }
      Thread.sleep(STALENESS_MILLIS);
      for (Connection reader : List.of(one, two)) {
        assertThat(
                TestWarehouse.rows(
                    reader, "select server, count(*) from orders group by server order by server"))
            .containsExactly("1|" + TRANSACTIONS, "2|" + TRANSACTIONS, "3|" + TRANSACTIONS);
      }
    }
  }

  private static Callable<Boolean> writer(
      ServerProcess server, int number, int firstId, int count) {
    return () -> {
      try (Connection connection = server.connect()) {
        for (int i = 0; i < count; i++) {
          order(connection, number, firstId + i);
        }
      }
      return true;
    };
  }

  private static void aKilledWriterLeavesNothingHalfDone(ServerProcess first, ServerProcess second)
      throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor();
        Connection reader = second.connect()) {
      Future<Boolean> writer = executor.submit(writer(first, 4, 3_000, 999));
      String begun = "select count(*) > 2 from orders where server = 4";
      while (!TestWarehouse.rows(reader, begun).getFirst().equals("t") && !writer.isDone()) {
        Thread.onSpinWait();
      }
      first.kill();
      assertThatThrownBy(writer::get).hasRootCauseInstanceOf(IOException.class);
      Thread.sleep(STALENESS_MILLIS);
      order(reader, 5, 5_000);
      assertThat(
              TestWarehouse.rows(
                  reader,
                  "select (select count(*) from lines) - 2 * (select count(*) from orders),"
                      + " (select count(*) = max(id) % 1000 + 1 from orders where server = 4)"))
          .containsExactly("0|t");
    }
  }
}

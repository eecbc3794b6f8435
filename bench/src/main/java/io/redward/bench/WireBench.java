package io.redward.bench;

import io.redward.foundation.files.FileTree;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench wire`: how fast a large result reaches pgjdbc and psql, as a ratio to PostgreSQL's where
/// that is installed, and what idle and busy connections take of the server's memory.
@Command(
    name = "wire",
    description = "A large result streamed to pgjdbc and psql; memory of many connections.",
    mixinStandardHelpOptions = true)
final class WireBench implements Callable<Integer> {
  private static final String QUERY = "select id, n, amount, note, day from streamed";
  private static final int FETCH_SIZE = 10_000;

  @Option(names = "--rows", defaultValue = "2000000", description = "(${DEFAULT-VALUE})")
  private int rows;

  @Option(names = "--runs", defaultValue = "5", description = "Median of (${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--idle", defaultValue = "2000", description = "Connections (${DEFAULT-VALUE}).")
  private int idle;

  @Option(names = "--busy", defaultValue = "64", description = "Beside them (${DEFAULT-VALUE}).")
  private int busy;

  @Option(names = "--seconds", defaultValue = "10", description = "Busy for (${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private ScratchOption scratch;

  /// Seconds of a run.
  private record Streamed(double driver, double psql) {}

  @Override
  public Integer call() throws Exception {
    Path root = scratch.directory();
    double megabytes;
    Streamed own;
    try (RedwardContender server =
        new RedwardContender(
            root.resolve("wire"),
            RedwardContender.HEAP,
            List.of("--max-connections", Integer.toString(idle + busy + 16)))) {
      fill(server.connection(), "dateadd(day, id % 3000, '2020-01-01'::date)", series());
      megabytes = size(server.port(), "dev") / 1e6;
      own = streamed("redward", server::prepared, server.port(), "dev", megabytes);
      connections(server);
    }
    Optional<Path> programs = PostgresServer.programs();
    if (programs.isPresent()) {
      Streamed other = postgres(programs.get(), megabytes);
      System.out.printf(
          "redward / postgres, MB/s: pgjdbc %.2f, psql %.2f%n",
          other.driver() / own.driver(), other.psql() / own.psql());
    }
    return 0;
  }

  /// Rows 0 … rows - 1 without a table to take them from.
  private String series() {
    return "(select row_number() over () - 1 as id from"
        + " (select 1 from generate_series(1, 2000) a) x,"
        + " (select 1 from generate_series(1, "
        + (rows + 1_999) / 2_000
        + ") b) y) s";
  }

  private void fill(Connection connection, String day, String from) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table streamed (id bigint, n integer, amount decimal(12,2), note varchar(40),"
              + " day date)");
      statement.execute(
          "insert into streamed select id, (id % 1000)::integer, (id % 100000) / 100.0,"
              + " 'note ' || id % 1000, "
              + day
              + " from "
              + from
              + " where id < "
              + rows);
    }
  }

  private Streamed postgres(Path programs, double megabytes) throws Exception {
    Path scratch = Files.createTempDirectory("redward-bench-postgres");
    try {
      Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
      try (PostgresServer server = PostgresServer.start(programs, scratch.resolve("cluster"))) {
        try (Connection connection = server.connect(Map.of())) {
          fill(
              connection,
              "date '2020-01-01' + (id % 3000)::integer",
              "generate_series(0, " + (rows - 1) + ") as ids(id)");
        }
        Map<String, String> prepared = Map.of("prepareThreshold", "1");
        return streamed(
            "postgres", () -> server.connect(prepared), server.port(), "postgres", megabytes);
      }
    } finally {
      FileTree.delete(scratch);
    }
  }

  private Streamed streamed(
      String name, Connector connector, int port, String database, double megabytes)
      throws Exception {
    List<Double> driver = new ArrayList<>();
    List<Double> psql = new ArrayList<>();
    try (Connection connection = connector.connect()) {
      connection.setAutoCommit(false);
      for (int run = 0; run <= runs; run++) {
        double taken = byDriver(connection);
        double printed = byPsql(port, database, Path.of("/dev/null"));
        if (run > 0) {
          driver.add(taken);
          psql.add(printed);
        }
      }
    }
    Streamed median = new Streamed(Median.of(driver), Median.of(psql));
    System.out.printf(
        "%-9s %,d rows, %.0f MB as text: pgjdbc %.1f MB/s, psql %.1f MB/s%n",
        name, rows, megabytes, megabytes / median.driver(), megabytes / median.psql());
    return median;
  }

  private double byDriver(Connection connection) throws SQLException {
    long begun = System.nanoTime();
    long count = 0;
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          count++;
        }
      }
    }
    if (count != rows) {
      throw new IllegalStateException(count + " rows instead of " + rows);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double byPsql(int port, String database, Path output)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                "admin",
                "-d",
                database,
                "-At",
                "-v",
                "FETCH_COUNT=" + FETCH_SIZE,
                "-o",
                output.toString(),
                "-c",
                QUERY)
            .inheritIO();
    builder.environment().put("PGSSLMODE", "disable");
    Process psql = builder.start();
    if (psql.waitFor() != 0) {
      throw new IOException("psql failed");
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  /// Bytes of the result as psql prints it.
  private static long size(int port, String database) throws IOException, InterruptedException {
    Path file = Files.createTempFile("redward-wire", ".txt");
    try {
      byPsql(port, database, file);
      return Files.size(file);
    } finally {
      Files.delete(file);
    }
  }

  private void connections(RedwardContender server) throws Exception {
    ServerMemory before = server.memory();
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < idle; i++) {
        open.add(loggedIn(server.port()));
      }
      ServerMemory waiting = server.memory();
      System.out.printf("%,d idle connections: %s%n", idle, waiting.since(before, idle));
      LongAdder statements = new LongAdder();
      List<Thread> threads = new ArrayList<>();
      long begun = System.nanoTime();
      long end = begun + TimeUnit.SECONDS.toNanos(seconds);
      for (int i = 0; i < busy; i++) {
        threads.add(Thread.ofPlatform().start(() -> work(server, end, statements)));
      }
      TimeUnit.NANOSECONDS.sleep((end - begun) / 2);
      ServerMemory working = server.memory();
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.printf(
          "with %d busy ones beside them, while they run: %s%n",
          busy, working.since(waiting, busy));
      System.out.printf(
          "%,d statements in %d s; afterwards: %s; resident at most %.1f MB%n",
          statements.sum(),
          seconds,
          server.memory().since(waiting, busy),
          server.peakMemoryBytes() / 1e6);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static void work(RedwardContender server, long end, LongAdder statements) {
    try (Connection connection = server.prepared();
        PreparedStatement query =
            connection.prepareStatement("select count(*), sum(amount) from streamed where n = ?")) {
      int n = 0;
      while (System.nanoTime() < end) {
        query.setInt(1, n++ % 1_000);
        query.executeQuery().close();
        statements.increment();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A bare connection that has logged in and does nothing.
  private static Socket loggedIn(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] parameters = "user\0admin\0database\0dev\0\0".getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(new byte[8], 8 + parameters.length);
    System.arraycopy(parameters, 0, message, 8, parameters.length);
    message[2] = (byte) (message.length >> 8);
    message[3] = (byte) message.length;
    message[5] = 3;
    out.write(message);
    out.flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      int type = in.readUnsignedByte();
      in.skipNBytes(in.readInt() - 4L);
      if (type == 'Z') {
        return socket;
      }
    }
  }
}

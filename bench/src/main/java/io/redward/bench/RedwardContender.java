package io.redward.bench;

import io.redward.foundation.files.FileTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// This warehouse as users have it: a server that the launcher has started, reached over the wire
/// by JDBC.
final class RedwardContender implements Contender {
  static final String HEAP = "-Xmx6g";
  private static final Pattern READY = Pattern.compile("ready on [^ ]*:(\\d+) \\(HTTP (\\d+)");
  private static final Duration WARM_WITHIN = Duration.ofMinutes(1);
  private static final long ASK_MILLIS = 20;

  private final Path data;
  private final String jvmOption;
  private final List<String> arguments;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private EngineProcess process;
  private Connection connection;
  private int port;
  private int httpPort;

  /// A new and empty warehouse.
  RedwardContender(Path directory) throws IOException, SQLException {
    this(directory, HEAP, List.of());
  }

  /// A new and empty warehouse whose server has an option for its JVM and arguments of its own.
  RedwardContender(Path directory, String jvmOption, List<String> arguments)
      throws IOException, SQLException {
    this(directory.resolve("warehouse"), true, jvmOption, arguments);
  }

  private RedwardContender(Path data, boolean anew, String jvmOption, List<String> arguments)
      throws IOException, SQLException {
    this.data = data;
    this.jvmOption = jvmOption;
    this.arguments = List.copyOf(arguments);
    if (anew) {
      FileTree.delete(data);
    }
    process = start();
    connection = connect();
  }

  /// A server over what an earlier one has left.
  static RedwardContender reopen(Path directory) throws IOException, SQLException {
    return reopen(directory, "");
  }

  /// The same, with more options for the server's JVM behind a blank.
  static RedwardContender reopen(Path directory, String jvmOptions)
      throws IOException, SQLException {
    return new RedwardContender(
        directory.resolve("warehouse"), false, HEAP + jvmOptions, List.of());
  }

  Connection connection() {
    return connection;
  }

  int port() {
    return port;
  }

  /// The server's processor time by what its threads do.
  ThreadTimes threadTimes() throws IOException {
    return process.threadTimes();
  }

  /// What the server's process has in memory now; collects its heap.
  ServerMemory memory() throws IOException, InterruptedException {
    return ServerMemory.of(process, httpPort);
  }

  /// Another connection, whose statements are prepared on the server the first time.
  Connection prepared() throws SQLException {
    return open(Map.of("prepareThreshold", "1", "preferQueryMode", "extended"));
  }

  /// Another connection like the first.
  Connection another() throws SQLException {
    return open(Map.of("preferQueryMode", "simple"));
  }

  private EngineProcess start() throws IOException {
    Path launcher = Path.of(System.getProperty("redward.home", "."), "redward").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(launcher.toString(), "start", "--port", "0", "--data", data.toString()));
    command.addAll(arguments);
    return new EngineProcess(command, Map.of("REDWARD_JAVA_OPTIONS", jvmOption));
  }

  private Connection connect() throws IOException, SQLException {
    String line = process.receive();
    Matcher ready = READY.matcher(line);
    if (!ready.find()) {
      throw new IOException("unexpected answer of the server: " + line);
    }
    port = Integer.parseInt(ready.group(1));
    httpPort = Integer.parseInt(ready.group(2));
    return open(Map.of("preferQueryMode", "simple"));
  }

  /// Waits until the server says that it has nothing left to get compiled ahead.
  void awaitWarm() throws IOException, InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/warm")).build();
    long deadline = System.nanoTime() + WARM_WITHIN.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
        if (System.nanoTime() > deadline) {
          throw new IOException("the server does not become warm");
        }
        Thread.sleep(ASK_MILLIS);
      }
    }
  }

  private Connection open(Map<String, String> options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("sslmode", "disable");
    properties.putAll(options);
    Connection opened =
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/dev", properties);
    try (Statement statement = opened.createStatement()) {
      // Queries are to be computed each time.
      statement.execute("set enable_result_cache_for_session to off");
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        statement.execute("set " + setting.getKey() + " to " + setting.getValue());
      }
    }
    return opened;
  }

  /// Ends the server and starts it again on the same data: no plan, class or block is warm.
  void restart() throws IOException, SQLException {
    connection.close();
    process.close();
    process = start();
    connection = connect();
  }

  @Override
  public String name() {
    return "redward";
  }

  /// Sets something in this session and all later ones.
  void set(String name, String value) throws SQLException {
    settings.put(name, value);
    execute("set " + name + " to " + value);
  }

  @Override
  public double load(Workload workload) throws SQLException {
    return load(connection, workload);
  }

  /// Makes the tables and fills them from their files; gives the seconds that this took.
  static double load(Connection connection, Workload workload) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String definition : workload.schema()) {
        statement.execute(definition);
      }
      long begun = System.nanoTime();
      for (String table : workload.tables()) {
        statement.execute(
            "copy "
                + table
                + " from 'file://"
                + workload.files().resolve(table)
                + "/' delimiter '|' emptyasnull");
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  @Override
  public double time(String statement) throws SQLException {
    long begun = System.nanoTime();
    try (Statement open = connection.createStatement()) {
      open.execute(statement);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  @Override
  public double run(String query) throws SQLException {
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          rows.getObject(column);
        }
      }
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  @Override
  public List<String> answer(String query) throws SQLException {
    List<String> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        answer.add(Rows.join(rows));
      }
    }
    return answer;
  }

  @Override
  public long bytesOnDisk() throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      long bytes = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  @Override
  public double cpuMillis() {
    return process.cpuMillis();
  }

  @Override
  public long peakMemoryBytes() throws IOException {
    return process.peakMemoryBytes();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    process.close();
  }
}

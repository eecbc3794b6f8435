package io.redward.bench.crash;

import io.redward.server.Main;
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
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, as `./redward start` runs it, that can be killed.
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready on [^ ]*:(\\d+)");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts the server and waits until it is ready.
  ///
  /// @param cache of [StartCache]
  static ServerProcess start(Path data, List<String> arguments, Optional<Path> cache)
      throws IOException {
    List<String> command = new ArrayList<>(javaCommand());
    cache.ifPresent(path -> command.add("-XX:AOTCache=" + path));
    command.addAll(List.of("-Xlog:disable", "-cp", classPath(), Main.class.getName()));
    command.addAll(List.of("start", "--port", "0", "--http-port", "-1", "--no-warm-up"));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectError(data.resolveSibling("server.err").toFile())
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return new ServerProcess(process, Integer.parseInt(ready.group(1)));
      }
      line = output.readLine();
    }
    process.destroyForcibly();
    throw new IOException(
        "the server has ended before it was ready, see " + data.resolveSibling("server.err"));
  }

  /// The JVM and its settings, the same for the start-up cache and those who use it.
  static List<String> javaCommand() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xmx1g");
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/dev", properties);
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}

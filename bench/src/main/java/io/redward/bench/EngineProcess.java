package io.redward.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A child JVM that serves one engine over its standard streams, so that each engine has a process,
/// a heap and a peak memory of its own.
final class EngineProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;

  EngineProcess(List<String> command) throws IOException {
    this(command, Map.of());
  }

  EngineProcess(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /// The command that runs `main` with our class path and JVM settings.
  static List<String> java(Class<?> main, List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvmOptions);
    command.add("-Dredward.home=" + System.getProperty("redward.home", "."));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  void send(String line) {
    in.println(line);
  }

  String receive() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the engine's process has ended");
    }
    return line;
  }

  /// Processor time of the process so far, all threads.
  double cpuMillis() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  /// The same by what its threads do.
  ThreadTimes threadTimes() throws IOException {
    return ThreadTimes.of(process.pid());
  }

  long pid() {
    return process.pid();
  }

  long peakMemoryBytes() throws IOException {
    return memory("VmHWM:");
  }

  /// What the process has in memory now.
  long residentBytes() throws IOException {
    return memory("VmRSS:");
  }

  private long memory(String line) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String each : Files.readAllLines(status)) {
      if (each.startsWith(line)) {
        return Long.parseLong(each.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    in.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

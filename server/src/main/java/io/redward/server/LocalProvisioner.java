package io.redward.server;

import io.redward.cluster.scaling.Provisioner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Scaling clusters as further processes of this machine, run by the same JVM from the same jars.
/// They end with this process, however that ends.
final class LocalProvisioner implements Provisioner {
  private static final Logger LOGGER = LoggerFactory.getLogger(LocalProvisioner.class);
  private static final Pattern READY = Pattern.compile("ready on (.*):([0-9]+)");
  private static final long START_SECONDS = 60;
  private static final long END_SECONDS = 10;

  private final Path data;
  private final List<String> store;
  private final List<String> jvm;
  private final String secret;

  /// @param data the server's data directory, in which each process gets its own
  /// @param store the options that say where the objects are
  /// @param jvm further options of the JVM
  LocalProvisioner(Path data, List<String> store, List<String> jvm, String secret) {
    this.data = data;
    this.store = List.copyOf(store);
    this.jvm = List.copyOf(jvm);
    this.secret = secret;
  }

  @Override
  public Provisioned start(int number) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(number)).redirectErrorStream(true);
    builder.environment().put(ClusterChoice.SECRET, secret);
    Process process = builder.start();
    CompletableFuture<Matcher> ready = new CompletableFuture<>();
    Thread unused =
        Thread.ofVirtual()
            .name("scaling-output-" + number)
            .start(() -> read(number, process, ready));
    try {
      Matcher where = ready.get(START_SECONDS, TimeUnit.SECONDS);
      return new Running(process, where.group(1), Integer.parseInt(where.group(2)));
    } catch (ExecutionException e) {
      process.destroyForcibly();
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), e);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("the process was not ready within " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private List<String> command(int number) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!argument.startsWith("-XX:AOT")
          && !argument.startsWith("-javaagent")
          && !argument.startsWith("-agentlib")) {
        command.add(argument);
      }
    }
    command.addAll(jvm);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "start"));
    command.addAll(List.of("--role", "scaling", "--cluster-listen", "127.0.0.1"));
    command.addAll(List.of("--cluster-port", "0"));
    command.addAll(List.of("--end-with", String.valueOf(ProcessHandle.current().pid())));
    command.addAll(
        List.of("--data", data.resolve("scaling").resolve(String.valueOf(number)).toString()));
    command.addAll(store);
    return command;
  }

  private static void read(int number, Process process, CompletableFuture<Matcher> ready) {
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null) {
        Matcher where = READY.matcher(line);
        if (where.find()) {
          ready.complete(where);
        } else if (!ready.isDone()) {
          said.add(line);
        } else {
          LOGGER.info("scaling cluster {}: {}", number, line);
        }
        line = out.readLine();
      }
    } catch (IOException e) {
      LOGGER.debug("the output of a process has ended", e);
    }
    boolean unused =
        ready.completeExceptionally(
            new IOException("the process has ended: " + String.join(" / ", said)));
  }

  private record Running(Process process, String host, int port) implements Provisioned {
    @Override
    public boolean alive() {
      return process.isAlive();
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}

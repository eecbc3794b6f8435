package io.redward.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stop`: asks the server of a data directory to end and waits for it.
@Command(
    name = "stop",
    description = "Stop the server of a data directory.",
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      names = "--timeout",
      defaultValue = "30",
      description = "Seconds to wait (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Override
  public Integer call() throws Exception {
    Path directory = data.path();
    Optional<ServerFile> server = ServerFile.read(directory);
    if (server.isEmpty()) {
      System.out.println("redward: no server runs on " + directory);
      return 0;
    }
    ProcessHandle process = ProcessHandle.of(server.get().pid()).orElseThrow();
    process.destroy();
    try {
      process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      System.err.println(
          "redward: process " + process.pid() + " has not ended after " + timeoutSeconds + " s");
      return 1;
    }
    System.out.println("redward: stopped (process " + process.pid() + ")");
    return 0;
  }
}

package io.redward.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `status`: says whether a server runs on a data directory. Exit code 0 if it answers, 3 if not.
@Command(
    name = "status",
    description = "Say whether a server runs on a data directory (exit code 3 if not).",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int NOT_RUNNING = 3;
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

  @Mixin private DataDirectory data = new DataDirectory();

  @Override
  public Integer call() throws Exception {
    Path directory = data.path();
    Optional<ServerFile> server = ServerFile.read(directory);
    if (server.isEmpty()) {
      System.out.println("redward: not running (data in " + directory + ")");
      return NOT_RUNNING;
    }
    ServerFile file = server.get();
    String state = answers(file) ? "accepting connections" : "not answering";
    System.out.printf(
        "redward: %s on %s:%d, process %d, data in %s%n",
        state, file.address(), file.port(), file.pid(), directory);
    return answers(file) ? 0 : NOT_RUNNING;
  }

  private static boolean answers(ServerFile file) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(file.address(), file.port()), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

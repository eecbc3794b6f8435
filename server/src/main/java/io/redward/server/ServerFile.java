package io.redward.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/// `server.properties` in the data directory: tells other commands which process serves it and
/// where.
///
/// @param pid the server's process
/// @param address the address clients of this machine should use
/// @param port the port
record ServerFile(long pid, String address, int port) {
  private static final String NAME = "server.properties";

  void write(Path data) throws IOException {
    Path temporary = data.resolve(NAME + ".new");
    Files.writeString(
        temporary,
        "pid=" + pid + "\naddress=" + address + "\nport=" + port + "\n",
        StandardCharsets.UTF_8);
    Files.move(
        temporary,
        data.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void remove(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NAME));
  }

  /// The running server of a data directory; empty if none runs, also when one died without
  /// cleaning up.
  static Optional<ServerFile> read(Path data) throws IOException {
    Path file = data.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (java.io.Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    long pid = Long.parseLong(properties.getProperty("pid", "0"));
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerFile(
            pid,
            properties.getProperty("address", "127.0.0.1"),
            Integer.parseInt(properties.getProperty("port", "0"))));
  }
}

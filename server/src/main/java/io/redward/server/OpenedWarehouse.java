package io.redward.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/// The warehouse a client command speaks to: the server of the data directory if one runs, else one
/// that is opened for the command, wherever its objects are and whether or not they are encrypted.
final class OpenedWarehouse {
  @Mixin private DataDirectory data = new DataDirectory();

  @Mixin private StoreChoice store = new StoreChoice();

  /// What is done with it.
  @FunctionalInterface
  interface Work {
    /// @param place host and port
    int at(String place) throws IOException;
  }

  int use(Work work) throws IOException {
    Path directory = data.path();
    Optional<ServerFile> server = ServerFile.read(directory);
    if (server.isPresent()) {
      return work.at(server.get().address() + ":" + server.get().port());
    }
    Optional<StoreAddress> address = store.elsewhere(directory);
    if (address.isEmpty() && !Files.isDirectory(directory)) {
      System.err.println("redward: creating a new data directory " + directory);
    }
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(directory, address, List.of(), anyPort, true)) {
      return work.at("127.0.0.1:" + warehouse.port());
    }
  }
}

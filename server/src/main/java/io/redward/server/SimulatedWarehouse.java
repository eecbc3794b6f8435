package io.redward.server;

import io.redward.cluster.node.SimulatedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A warehouse whose queries run on nodes that exist in its process only, for counting what they
/// would cost on so many.
public record SimulatedWarehouse(EmbeddedWarehouse warehouse, SimulatedCluster cluster)
    implements AutoCloseable {
  /// Opens a data directory.
  public static SimulatedWarehouse start(Path directory, int nodes) throws IOException {
    AtomicReference<Optional<SimulatedCluster>> cluster = new AtomicReference<>(Optional.empty());
    EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory,
            StorageSettings.of(Optional.empty()),
            List.of(),
            new EmbeddedWarehouse.Place(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                local -> {
                  SimulatedCluster made =
                      new SimulatedCluster(local, nodes, directory.resolve("temp"));
                  cluster.set(Optional.of(made));
                  return made;
                }));
    return new SimulatedWarehouse(warehouse, cluster.get().orElseThrow());
  }

  @Override
  public void close() {
    warehouse.close();
  }
}

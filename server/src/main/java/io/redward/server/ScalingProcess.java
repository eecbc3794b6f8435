package io.redward.server;

import io.redward.cluster.node.NodeSnapshots;
import io.redward.cluster.scaling.ScalingServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// A scaling cluster of one process: reads the shared store and runs queries that a leader sends.
public final class ScalingProcess implements AutoCloseable {
  private final ReadingNode node;
  private final ScalingServer server;

  private ScalingProcess(ReadingNode node, ScalingServer server) {
    this.node = node;
    this.server = server;
  }

  /// Opens the store and listens.
  ///
  /// @param directory for what is local: caches and temporary files
  /// @param secret what the leader knows, too
  public static ScalingProcess start(
      Path directory, StorageSettings storage, InetSocketAddress address, String secret)
      throws IOException {
    ReadingNode node = ReadingNode.open(directory, storage);
    try {
      NodeSnapshots snapshots = new NodeSnapshots(node.namespace());
      return new ScalingProcess(
          node, ScalingServer.listen(address, secret, node.runner(), snapshots));
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    node.close();
  }
}

package io.redward.tests;

import io.redward.cluster.node.ClusterOptions;
import io.redward.server.ComputeServer;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StorageSettings;
import io.redward.server.StoreAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// A leader and some compute nodes over one store, all in this process but talking over sockets.
final class TestCluster implements AutoCloseable {
  private final Path directory;
  private final StorageSettings storage;
  private final String leaderAddress;
  private final EmbeddedWarehouse leader;
  private final List<ComputeServer> nodes = new ArrayList<>();

  TestCluster(Path directory, int nodes) throws IOException {
    this(directory, nodes, List.of(directory));
  }

  /// @param loadRoots directories from which anybody may COPY
  TestCluster(Path directory, int nodes, List<Path> loadRoots) throws IOException {
    this.directory = directory;
    storage =
        StorageSettings.of(Optional.of(new StoreAddress.Directory(directory.resolve("store"))));
    int port = freePort();
    leaderAddress = "127.0.0.1:" + port;
    InetSocketAddress clients = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    leader =
        EmbeddedWarehouse.start(
            directory.resolve("leader"),
            storage,
            loadRoots,
            new EmbeddedWarehouse.Place(
                clients,
                true,
                Optional.of(options("leader", ClusterOptions.Role.LEADER, port)),
                Optional.empty()));
    for (int i = 0; i < nodes; i++) {
      add("node" + i);
    }
  }

  ComputeServer add(String name) throws IOException {
    ComputeServer node =
        ComputeServer.start(
            directory.resolve(name),
            storage,
            options(name, ClusterOptions.Role.COMPUTE, freePort()));
    nodes.add(node);
    return node;
  }

  private ClusterOptions options(String name, ClusterOptions.Role role, int port) {
    return new ClusterOptions(
        role,
        new ClusterOptions.Endpoint("127.0.0.1", port),
        Optional.empty(),
        List.of(leaderAddress),
        Optional.of("open sesame"),
        name,
        directory.resolve(name).resolve("temp"),
        0);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// A server of its own over the same store.
  EmbeddedWarehouse lone(Path place) throws IOException {
    return EmbeddedWarehouse.start(
        place,
        storage,
        List.of(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        true);
  }

  EmbeddedWarehouse leader() {
    return leader;
  }

  static Connection connect(EmbeddedWarehouse warehouse) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(warehouse.url(), properties);
  }

  @Override
  public void close() {
    leader.close();
    nodes.forEach(ComputeServer::close);
  }
}

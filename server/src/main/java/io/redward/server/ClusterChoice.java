package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.cluster.node.ClusterOptions.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that make a server part of a cluster.
final class ClusterChoice {
  static final String SECRET = "REDWARD_CLUSTER_SECRET";

  @Option(
      names = "--role",
      paramLabel = "leader|compute|all|scaling",
      defaultValue = "all",
      description =
          "leader plans and answers clients, compute runs parts of queries, all does both; scaling"
              + " runs queries of a leader at which too many wait (default: ${DEFAULT-VALUE}). All"
              + " processes of a cluster need the same --store.")
  private Role role = Role.ALL;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Members of the cluster to join, as far as they are known.")
  private List<String> join = new ArrayList<>();

  @Option(
      names = "--cluster-listen",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      description = "Address at which other members reach this one (default: ${DEFAULT-VALUE}).")
  private String listen = "127.0.0.1";

  @Option(
      names = "--cluster-port",
      paramLabel = "N",
      defaultValue = "5701",
      description =
          "Port for other members, 0 for any free one from 5701 on (default: ${DEFAULT-VALUE}).")
  private int port = 5701;

  @Option(
      names = "--cluster-advertise",
      paramLabel = "HOST:PORT",
      description = "Where other members reach this one, if not where it listens.")
  private Optional<String> advertised = Optional.empty();

  @Option(
      names = "--cluster-secret-file",
      paramLabel = "FILE",
      description = "A secret that all members share (default: $" + SECRET + ").")
  private Optional<Path> secretFile = Optional.empty();

  @Option(
      names = "--node-name",
      paramLabel = "NAME",
      description =
          "Name by which slices are assigned; a node that comes back under its name gets its old"
              + " ones (default: address and port).")
  private String name = "";

  @Option(
      names = "--distribute-from",
      paramLabel = "ROWS",
      defaultValue = "200000",
      description =
          "Queries that have fewer rows to look at run on the leader alone (default:"
              + " ${DEFAULT-VALUE}).")
  private long leastRows;

  Role role() {
    return role;
  }

  /// Empty for a server that is alone.
  ///
  /// @param data the data directory
  Optional<ClusterOptions> options(Path data) throws IOException {
    if (role == Role.ALL && join.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClusterOptions(
            role,
            new ClusterOptions.Endpoint(listen, port),
            advertised.map(ClusterChoice::endpoint),
            join,
            secret(),
            name.isEmpty() ? listen + ":" + port : name,
            data.resolve("temp"),
            leastRows));
  }

  /// Where a scaling cluster listens.
  InetSocketAddress address() {
    return new InetSocketAddress(listen, port);
  }

  private static ClusterOptions.Endpoint endpoint(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("--cluster-advertise wants HOST:PORT, not " + text);
    }
    return new ClusterOptions.Endpoint(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  /// What all members know.
  Optional<String> secret() throws IOException {
    if (secretFile.isPresent()) {
      return Optional.of(Files.readString(secretFile.get()).strip());
    }
    String fromEnvironment = System.getenv(SECRET);
    return Optional.ofNullable(fromEnvironment).filter(secret -> !secret.isEmpty());
  }
}

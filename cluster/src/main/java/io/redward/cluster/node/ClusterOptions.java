package io.redward.cluster.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a process takes part in a cluster.
///
/// @param role what it does
/// @param address the address that it listens at, and the port; 0 for any free one
/// @param advertised where others reach it, if not there: behind a proxy, in a container
/// @param join addresses of members that may be there already, `host:port`
/// @param secret what all members know and nobody else
/// @param name by which slices are assigned; that of a node that comes back should be the same
/// @param temporary where exchanges put what does not fit into memory
/// @param leastRows queries of fewer rows to scan run on the leader alone
public record ClusterOptions(
    Role role,
    Endpoint address,
    Optional<Endpoint> advertised,
    List<String> join,
    Optional<String> secret,
    String name,
    Path temporary,
    long leastRows) {
  public ClusterOptions {
    join = List.copyOf(join);
  }

  /// What a member does.
  public enum Role {
    /// Plans and gathers.
    LEADER,
    /// Scans, joins and groups.
    COMPUTE,
    /// Both.
    ALL,
    /// Runs whole queries that a leader sends while others wait there, and is no member.
    SCALING;

    boolean computes() {
      return this == COMPUTE || this == ALL;
    }
  }

  /// A place in the network.
  public record Endpoint(String host, int port) {}
}

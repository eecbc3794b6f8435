package io.redward.cluster.cut;

/// The way of rows from one fragment to another.
///
/// @param from the fragment that sends
/// @param to the fragment that receives
/// @param keys HASH: how many of the sender's last columns decide where a row goes; they are not
///     sent
public record Exchange(int id, Kind kind, int from, int to, int keys) {
  /// Who gets a row.
  public enum Kind {
    /// The leader.
    GATHER,
    /// Every node.
    BROADCAST,
    /// The node to which the hash of the keys belongs.
    HASH
  }
}

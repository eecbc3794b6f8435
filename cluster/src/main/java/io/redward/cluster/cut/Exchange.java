package io.redward.cluster.cut;

import io.redward.cluster.placement.HotKeys;
import java.util.Optional;

/// The way of rows from one fragment to another.
///
/// @param from the fragment that sends
/// @param to the fragment that receives
/// @param keys HASH, RANGE: how many of the sender's last columns decide where a row goes; they are
///     not sent
/// @param ranges RANGE: the place of the ranges among the plan's, else -1
/// @param hot HASH: keys whose rows go elsewhere
public record Exchange(
    int id, Kind kind, int from, int to, int keys, int ranges, Optional<HotKeys> hot) {
  /// Who gets a row.
  public enum Kind {
    /// The leader.
    GATHER,
    /// Every node.
    BROADCAST,
    /// The node to which the hash of the keys belongs.
    HASH,
    /// The node that has the range of the key.
    RANGE;

    /// Whether each row goes to one of the nodes.
    public boolean divides() {
      return this == HASH || this == RANGE;
    }
  }
}

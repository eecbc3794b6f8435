package io.redward.plan.run;

import java.util.List;

/// How an execution ended.
///
/// @param rows rows returned, or rows inserted, deleted or updated
/// @param moves rows that went from one machine to others
/// @param routing the cluster that it ran on
public record ExecutionResult(
    long rows, List<SegmentProfile> profiles, List<Move> moves, Routing routing) {
  public ExecutionResult {
    profiles = List.copyOf(profiles);
    moves = List.copyOf(moves);
  }

  /// Of an execution on one machine.
  public ExecutionResult(long rows, List<SegmentProfile> profiles) {
    this(rows, profiles, List.of());
  }

  /// Of an execution on the main cluster.
  public ExecutionResult(long rows, List<SegmentProfile> profiles, List<Move> moves) {
    this(rows, profiles, moves, Routing.MAIN);
  }

  public ExecutionResult withRouting(Routing other) {
    return new ExecutionResult(rows, profiles, moves, other);
  }

  /// Rows of a segment that went to other machines.
  ///
  /// @param broadcast whether all went to every machine, or each to the one that its keys name
  /// @param rows counted once
  /// @param bytes to all receivers together
  public record Move(int segment, boolean broadcast, long rows, long bytes) {}
}

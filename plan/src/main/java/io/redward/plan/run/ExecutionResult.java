package io.redward.plan.run;

import java.util.List;

/// How an execution ended.
///
/// @param rows rows returned, or rows inserted, deleted or updated
/// @param moves rows that went from one machine to others
public record ExecutionResult(long rows, List<SegmentProfile> profiles, List<Move> moves) {
  public ExecutionResult {
    profiles = List.copyOf(profiles);
    moves = List.copyOf(moves);
  }

  /// Of an execution on one machine.
  public ExecutionResult(long rows, List<SegmentProfile> profiles) {
    this(rows, profiles, List.of());
  }

  /// Rows of a segment that went to other machines.
  ///
  /// @param broadcast whether all went to every machine, or each to the one that its keys name
  /// @param rows counted once
  /// @param bytes to all receivers together
  public record Move(int segment, boolean broadcast, long rows, long bytes) {}
}

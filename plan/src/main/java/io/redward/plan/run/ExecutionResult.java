package io.redward.plan.run;

import java.util.List;
import java.util.Optional;

/// How an execution ended.
///
/// @param rows rows returned, or rows inserted, deleted or updated
/// @param moves rows that went from one machine to others
/// @param routing the cluster that it ran on
/// @param parts what each machine did, where there are several
public record ExecutionResult(
    long rows, List<SegmentProfile> profiles, List<Move> moves, Routing routing, List<Part> parts) {
  public ExecutionResult {
    parts = List.copyOf(parts);
    profiles = List.copyOf(profiles);
    moves = List.copyOf(moves);
  }

  /// Of an execution on one machine.
  public ExecutionResult(long rows, List<SegmentProfile> profiles) {
    this(rows, profiles, List.of(), Routing.MAIN, List.of());
  }

  /// Of an execution on the main cluster.
  public ExecutionResult(
      long rows, List<SegmentProfile> profiles, List<Move> moves, List<Part> parts) {
    this(rows, profiles, moves, Routing.MAIN, parts);
  }

  public ExecutionResult withRouting(Routing other) {
    return new ExecutionResult(rows, profiles, moves, other, parts);
  }

  /// What one machine did.
  ///
  /// @param slice the first of the machine's; [#LEADER_SLICE] of the leader
  /// @param profiles of the segments that had work there, with the rows that came in and went out
  ///     there
  /// @param moves as many as the whole execution has, in that order
  public record Part(int slice, List<SegmentProfile> profiles, List<Move> moves) {
    public Part {
      profiles = List.copyOf(profiles);
      moves = List.copyOf(moves);
    }

    /// The segment's profile there; empty if it had no work.
    public Optional<SegmentProfile> profile(int segment) {
      return profiles.stream().filter(profile -> profile.segment() == segment).findFirst();
    }
  }

  /// The slice under which the leader's work is told; no machine has it.
  public static final int LEADER_SLICE = 6411;

  /// Rows of a segment that went to other machines.
  ///
  /// @param broadcast whether all went to every machine, or each to the one that its keys name
  /// @param rows counted once
  /// @param bytes to all receivers together
  public record Move(int segment, boolean broadcast, long rows, long bytes) {}
}

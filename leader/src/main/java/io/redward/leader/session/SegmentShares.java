package io.redward.leader.session;

import io.redward.leader.system.QueryLog.SegmentShare;
import io.redward.leader.system.StepRun;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What machines of a cluster tell of a segment, for the views that have a row for each slice.
final class SegmentShares {
  private SegmentShares() {}

  static List<SegmentShare> of(Segment segment, ExecutionResult result) {
    List<SegmentShare> shares = new ArrayList<>();
    for (ExecutionResult.Part part : result.parts()) {
      Optional<SegmentProfile> profile = part.profile(segment.id());
      if (profile.isPresent()) {
        SegmentProfile own = profile.get();
        shares.add(
            new SegmentShare(
                part.slice(),
                own.sourceRows(),
                own.elapsedNanos(),
                own.bytes(),
                StepRun.of(segment, own).stream().map(StepRun::rows).toList(),
                own.blocks()));
      }
    }
    return shares;
  }

  /// Of rows on their way to other machines.
  ///
  /// @param place of the move among the result's
  static List<SegmentShare> ofMove(int place, ExecutionResult result) {
    List<SegmentShare> shares = new ArrayList<>();
    for (ExecutionResult.Part part : result.parts()) {
      ExecutionResult.Move move = part.moves().get(place);
      if (move.rows() > 0 || part.slice() != ExecutionResult.LEADER_SLICE) {
        long nanos = part.profile(move.segment()).map(SegmentProfile::elapsedNanos).orElse(0L);
        shares.add(
            new SegmentShare(
                part.slice(),
                move.rows(),
                nanos,
                move.bytes(),
                List.of(move.rows()),
                SegmentProfile.Blocks.NONE));
      }
    }
    return shares;
  }
}

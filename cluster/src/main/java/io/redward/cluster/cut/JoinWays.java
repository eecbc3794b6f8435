package io.redward.cluster.cut;

import io.redward.plan.run.JoinMoves;
import io.redward.plan.run.JoinMoves.Move;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells for EXPLAIN what [Places] and [Meetings] have decided of each join.
final class JoinWays {
  private final List<Segment> segments;
  private final Places places;

  /// @param segments as they are cut
  JoinWays(List<Segment> segments, Places places) {
    this.segments = segments;
    this.places = places;
  }

  /// @param planned the segments before merge joins became joins by hash table
  JoinMoves of(List<Segment> planned) {
    Map<Integer, Move> states = new HashMap<>();
    for (Segment segment : segments) {
      for (int i = 0; i < segment.transforms().size(); i++) {
        int state = segment.transforms().get(i).lookedUpState();
        if (state >= 0) {
          states.put(state, move(segment, i, state));
        }
      }
    }
    Map<JoinMoves.Merge, Move> merges = new HashMap<>();
    for (Segment segment : planned) {
      if (segment.source() instanceof SourceStep.MergeJoin join) {
        JoinMoves.Merge tables =
            new JoinMoves.Merge(join.outer().tableId(), join.inner().tableId());
        merges.put(tables, merge(segment, join, states));
      }
    }
    return new JoinMoves(states, merges);
  }

  private Move move(Segment segment, int at, int state) {
    return switch (places.need(state)) {
      case EVERYWHERE -> Move.ALL_NONE;
      case COPIED -> Move.BROADCAST;
      case HASHED -> Move.BOTH;
      case SPREAD -> Move.NONE;
      case LEADER -> fillerIsSpread(state) ? Move.ALL_INNER : Move.NONE;
      case RANGED -> {
        boolean inner = places.meetings().moved(state).isPresent();
        boolean outer = places.cuts(segment).stream().anyMatch(point -> point.at() == at);
        yield inner ? outer ? Move.BOTH : Move.INNER : outer ? Move.OUTER : Move.NONE;
      }
    };
  }

  private boolean fillerIsSpread(int state) {
    return segments.stream()
        .anyMatch(each -> each.sink().filledState() == state && places.start(each) == Place.NODES);
  }

  private Move merge(Segment planned, SourceStep.MergeJoin join, Map<Integer, Move> states) {
    for (Segment segment : segments) {
      if (segment.id() == planned.id()
          && segment.source().equals(join.outer())
          && segment.transforms().getFirst() instanceof TransformStep.Probe probe) {
        return states.getOrDefault(probe.stateId(), Move.NONE);
      }
    }
    return Move.NONE;
  }
}

package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The segments of a plan and which must wait for which: a segment that reads a state comes in a
/// later stream than every segment that fills it, and one that scans a hash table's rows by their
/// marks later than the probes that mark them. Each segment runs in the earliest stream it can.
final class SegmentGraph {
  private final List<Segment> segments = new ArrayList<>();
  private final List<Integer> streamOf = new ArrayList<>();
  private final Map<Integer, Integer> filledIn = new HashMap<>();
  private final Map<Integer, Integer> markedIn = new HashMap<>();

  /// Adds a segment; those it waits for have been added before.
  void add(Pipeline pipeline, SinkStep sink, String label) {
    Segment segment =
        new Segment(segments.size(), pipeline.source(), pipeline.transforms(), sink, label);
    int stream = 0;
    for (int state : segment.readStates()) {
      Integer filled = filledIn.get(state);
      if (filled == null) {
        throw new AssertionError("state " + state + " is read before it is filled");
      }
      stream = Math.max(stream, filled + 1);
    }
    if (segment.source() instanceof SourceStep.JoinScan scan) {
      stream = Math.max(stream, markedIn.getOrDefault(scan.stateId(), -1) + 1);
    }
    if (sink.filledState() >= 0) {
      filledIn.merge(sink.filledState(), stream, Math::max);
    }
    for (int state : marked(segment)) {
      markedIn.merge(state, stream, Math::max);
    }
    segments.add(segment);
    streamOf.add(stream);
  }

  /// The join states whose rows the segment marks.
  private static Set<Integer> marked(Segment segment) {
    Set<Integer> states = new TreeSet<>();
    for (TransformStep step : segment.transforms()) {
      if (step instanceof TransformStep.Probe probe) {
        switch (probe.kind()) {
          case RIGHT, FULL, MARK -> states.add(probe.stateId());
          case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI -> {}
        }
      }
    }
    return states;
  }

  /// The segments in their streams, numbered in the order they run.
  List<Stream> streams() {
    int count = streamOf.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    List<Stream> streams = new ArrayList<>();
    int next = 0;
    for (int id = 0; id < count; id++) {
      List<Segment> members = new ArrayList<>();
      for (int i = 0; i < segments.size(); i++) {
        if (streamOf.get(i) == id) {
          Segment s = segments.get(i);
          members.add(new Segment(next++, s.source(), s.transforms(), s.sink(), s.label()));
        }
      }
      streams.add(new Stream(id, members));
    }
    return streams;
  }

  /// How many parameter values the expressions ask for.
  int parameters() {
    int count = 0;
    Set<Expression> all = new HashSet<>();
    for (Segment segment : segments) {
      all.addAll(StepExpressions.of(segment));
    }
    for (Expression expression : all) {
      count = Math.max(count, parameters(expression));
    }
    return count;
  }

  private static int parameters(Expression expression) {
    int count = expression instanceof Parameter parameter ? parameter.index() + 1 : 0;
    for (Expression child : expression.children()) {
      count = Math.max(count, parameters(child));
    }
    return count;
  }
}

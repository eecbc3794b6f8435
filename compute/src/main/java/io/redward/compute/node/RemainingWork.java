package io.redward.compute.node;

import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/// Guesses how long an execution will go on. A plan that has been executed before will take as long
/// as then, as much faster or slower as it has been so far. Of a new one, the segment at work goes
/// on as fast as it has gone so far; those after it are judged by their rows (counted where they
/// are known, guessed where not) and by how fast the segments before them were.
final class RemainingWork {
  private static final int FIELD_WORK = 1;
  private static final int FILTER_WORK = 2;
  private static final int LOOK_UP_WORK = 12;
  private static final int KEEP_WORK = 10;

  /// Of the rows of a scan those that pass its conditions, of those that are grouped the groups.
  private static final double PASSED = 0.3;

  private static final double GROUPS = 0.1;

  /// With less the segment's own speed says nothing.
  private static final double LEAST_SHARE = 0.04;

  /// Another load of the machine, other parameters: no more than that is believed.
  private static final double MOST_PACE = 4;

  private final List<Segment> segments;
  private final LongUnaryOperator tableRows;

  RemainingWork(PhysicalPlan plan, LongUnaryOperator tableRows) {
    segments = plan.streams().stream().flatMap(stream -> stream.segments().stream()).toList();
    this.tableRows = tableRows;
  }

  /// The segment at work.
  ///
  /// @param nanos that it has taken so far
  /// @param share of its source that is done
  record Working(Segment segment, long nanos, double share) {}

  /// @param done of the segments before the one at work
  /// @param last how the segments did when the plan was last executed, if it was
  long nanos(List<SegmentProfile> done, Working working, List<SegmentProfile> last) {
    long spent = done.stream().mapToLong(SegmentProfile::elapsedNanos).sum();
    return last.isEmpty() ? guess(done, working, spent) : asLast(working, spent, last);
  }

  /// As the last time, as much faster or slower as it has been so far.
  private long asLast(Working working, long spent, List<SegmentProfile> last) {
    Map<Integer, Long> taken = new HashMap<>();
    last.forEach(profile -> taken.put(profile.segment(), profile.elapsedNanos()));
    double before = 0;
    double after = 0;
    boolean ahead = false;
    for (Segment segment : segments) {
      long nanos = taken.getOrDefault(segment.id(), 0L);
      if (segment.id() == working.segment().id()) {
        ahead = true;
      } else if (ahead) {
        after += nanos;
      } else {
        before += nanos;
      }
    }
    double own = taken.getOrDefault(working.segment().id(), 0L);
    double pace = Math.clamp(before < own / 4 ? 1 : spent / before, 1 / MOST_PACE, MOST_PACE);
    double ownLeft =
        own * pace > working.nanos()
            ? own * pace - working.nanos()
            : bySpeed(working.nanos(), working.share());
    return Math.round(ownLeft + after * pace);
  }

  private static double bySpeed(long nanos, double share) {
    return share > 0 ? nanos * (1 - share) / share : 0;
  }

  private long guess(List<SegmentProfile> done, Working working, long spent) {
    double share = working.share();
    long nanos = working.nanos();
    Map<Integer, Long> arrived = new HashMap<>();
    done.forEach(profile -> arrived.put(profile.segment(), profile.sinkRows()));
    Map<Integer, Double> stateRows = new HashMap<>();
    double workDone = 0;
    double workLeft = 0;
    boolean ahead = false;
    double ownWork = 0;
    for (Segment segment : segments) {
      double rows = sourceRows(segment.source(), stateRows);
      double work = work(segment, rows);
      if (segment.id() == working.segment().id()) {
        ahead = true;
        ownWork = work;
      } else if (ahead) {
        workLeft += work;
      } else {
        workDone += work;
      }
      Long counted = arrived.get(segment.id());
      double out = counted == null ? rows * passed(segment) : counted;
      int state = segment.sink().filledState();
      if (state >= 0) {
        boolean grouped = segment.sink() instanceof SinkStep.Aggregate;
        stateRows.merge(state, grouped ? Math.max(1, out * GROUPS) : out, Double::sum);
      }
    }
    double ownLeft =
        share >= LEAST_SHARE
            ? bySpeed(nanos, share)
            : Math.max(0, ownWork * speed(spent, workDone) - nanos);
    double total = workDone + ownWork * share;
    return Math.round(ownLeft + workLeft * speed(spent + nanos, total));
  }

  /// Nanoseconds for a unit of work; one for one before anything is known.
  private static double speed(double nanos, double work) {
    return work < 1 ? 1 : nanos / work;
  }

  private double sourceRows(SourceStep source, Map<Integer, Double> stateRows) {
    return switch (source) {
      case SourceStep.TableScan scan -> tableRows.applyAsLong(scan.tableId());
      case SourceStep.MergeJoin join ->
          tableRows.applyAsLong(join.outer().tableId())
              + (double) tableRows.applyAsLong(join.inner().tableId());
      case SourceStep.AggregateScan _, SourceStep.BufferScan _, SourceStep.JoinScan _ ->
          stateRows.getOrDefault(source.scannedState(), 1.0);
      case SourceStep.SystemScan _, SourceStep.Values _, SourceStep.Receive _ -> 1;
    };
  }

  private static boolean filtered(SourceStep source) {
    return source instanceof SourceStep.TableScan scan
        && !(scan.predicates().isEmpty() && scan.joinFilters().isEmpty());
  }

  private static double passed(Segment segment) {
    double share = filtered(segment.source()) ? PASSED : 1;
    for (TransformStep step : segment.transforms()) {
      share *= step instanceof TransformStep.Filter ? PASSED : 1;
    }
    return share;
  }

  private static double work(Segment segment, double rows) {
    double work = rows * FIELD_WORK;
    double here = rows;
    if (filtered(segment.source())) {
      work += rows * FILTER_WORK;
      here *= PASSED;
    }
    work += here * FIELD_WORK * segment.source().fields().size();
    for (TransformStep step : segment.transforms()) {
      switch (step) {
        case TransformStep.Filter _ -> {
          work += here * FILTER_WORK;
          here *= PASSED;
        }
        case TransformStep.Probe _, TransformStep.NestedLoop _, TransformStep.Unnest _ ->
            work += here * LOOK_UP_WORK;
        case TransformStep.Project _, TransformStep.Expand _ -> work += here * FIELD_WORK;
      }
    }
    return work + here * (segment.sink().filledState() >= 0 ? KEEP_WORK : FIELD_WORK);
  }
}

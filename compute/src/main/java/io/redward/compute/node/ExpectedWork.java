package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;

/// What a segment will use of a processor at the least, by the rows that are known to come. Rough:
/// it tells queries that would look short for their first moments from those that are.
final class ExpectedWork {
  private static final int FIELD_NANOS = 2;
  private static final int LOOK_UP_NANOS = 10;
  private static final int KEEP_NANOS = 20;

  private ExpectedWork() {}

  /// Of rows that a filter may drop only the filter's work is certain.
  static long nanos(Segment segment, BatchSource source) {
    long rows = source.rowsAtMost();
    if (rows == Long.MAX_VALUE) {
      return 0;
    }
    if (segment.source() instanceof SourceStep.TableScan scan
        && !(scan.predicates().isEmpty() && scan.joinFilters().isEmpty())) {
      return rows * FIELD_NANOS * (scan.predicates().size() + scan.joinFilters().size());
    }
    long nanos = rows * FIELD_NANOS * segment.source().fields().size();
    for (TransformStep step : segment.transforms()) {
      switch (step) {
        case TransformStep.Filter _ -> {
          return nanos;
        }
        case TransformStep.Probe _, TransformStep.NestedLoop _, TransformStep.Unnest _ -> {
          return nanos + rows * LOOK_UP_NANOS;
        }
        case TransformStep.Project _, TransformStep.Expand _ -> {}
      }
    }
    return nanos + rows * sinkNanos(segment.sink());
  }

  private static int sinkNanos(SinkStep sink) {
    return switch (sink) {
      case SinkStep.Aggregate aggregate -> aggregate.keys().isEmpty() ? FIELD_NANOS : KEEP_NANOS;
      case SinkStep.Build _,
          SinkStep.Materialize _,
          SinkStep.Sort _,
          SinkStep.Window _,
          SinkStep.Insert _,
          SinkStep.Update _,
          SinkStep.Merge _,
          SinkStep.Delete _ ->
          KEEP_NANOS;
      case SinkStep.Return _, SinkStep.Send _ -> 0;
    };
  }
}

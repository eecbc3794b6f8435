package io.redward.cluster.cut;

import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/// How many rows flow through a plan's segments, by the sizes of the tables and little more: enough
/// to tell a large side of a join from a small one.
final class Estimates {
  private static final long FILTERED = 4;
  private static final long GROUPED = 8;
  private static final long UNKNOWN = 1_000;

  private final LongUnaryOperator tableRows;
  private final Map<Integer, Long> states = new HashMap<>();

  /// @param tableRows rows of a table by its id
  Estimates(LongUnaryOperator tableRows) {
    this.tableRows = tableRows;
  }

  /// Rows that leave the segment's source, and remembers what its sink keeps of them.
  long of(Segment segment) {
    long rows = of(segment.source());
    int state = segment.sink().filledState();
    if (state >= 0) {
      boolean groups = segment.sink() instanceof SinkStep.Aggregate;
      states.merge(state, groups ? rows / GROUPED + 1 : rows, Long::sum);
    }
    return rows;
  }

  long state(int state) {
    return states.getOrDefault(state, UNKNOWN);
  }

  /// Rows that a source yields.
  long of(SourceStep source) {
    return switch (source) {
      case SourceStep.TableScan scan -> scanned(scan);
      case SourceStep.MergeJoin join -> Math.max(scanned(join.outer()), scanned(join.inner()));
      case SourceStep.AggregateScan _, SourceStep.BufferScan _, SourceStep.JoinScan _ ->
          state(source.scannedState());
      case SourceStep.SystemScan _, SourceStep.Values _, SourceStep.Receive _ -> UNKNOWN;
    };
  }

  private long scanned(SourceStep.TableScan scan) {
    long rows = tableRows.applyAsLong(scan.tableId());
    return scan.predicates().isEmpty() ? rows : rows / FILTERED + 1;
  }
}

package io.redward.cluster.cut;

import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/// A scan that drops rows by a hash table of another part of the plan is in one fragment with that
/// part, which may have to wait for the scan: groups of the rows that are sent and then looked up
/// are such a case. Here these scans get tables of their own, that hold keys alone and nobody looks
/// anything up in. What fills them is read twice, so it must be much smaller than what is scanned.
final class OwnFilters {
  private static final int TIMES_SMALLER = 8;

  private final List<Segment> segments;
  private final LongUnaryOperator tableRows;
  private final List<Segment> written = new ArrayList<>();
  private int nextState;

  private OwnFilters(List<Segment> segments, LongUnaryOperator tableRows) {
    this.segments = segments;
    this.tableRows = tableRows;
    for (Segment segment : segments) {
      nextState = Math.max(nextState, segment.sink().filledState() + 1);
    }
  }

  /// The segments, those among them that fill the scans' own tables.
  ///
  /// @param tableRows rows of a table by its id
  static List<Segment> given(List<Segment> segments, LongUnaryOperator tableRows) {
    OwnFilters filters = new OwnFilters(segments, tableRows);
    segments.forEach(filters::give);
    return filters.written;
  }

  private void give(Segment segment) {
    if (!(segment.source() instanceof SourceStep.TableScan scan)) {
      written.add(segment);
      return;
    }
    Set<Integer> looked = new HashSet<>();
    segment.transforms().forEach(step -> looked.add(step.lookedUpState()));
    List<SourceStep.JoinFilter> filters = new ArrayList<>();
    for (SourceStep.JoinFilter filter : scan.joinFilters()) {
      Optional<Segment> filler =
          looked.contains(filter.stateId()) ? Optional.empty() : filler(filter.stateId(), scan);
      if (filler.isPresent()) {
        filters.add(new SourceStep.JoinFilter(filter.field(), nextState, filter.keyIndex()));
        written.add(keysOnly(filler.get(), nextState++));
      } else {
        filters.add(filter);
      }
    }
    written.add(
        new Segment(
            segment.id(),
            new SourceStep.TableScan(
                scan.tableId(),
                scan.tableName(),
                scan.columnIds(),
                scan.fields(),
                scan.predicates(),
                filters,
                scan.rowIds(),
                scan.placement()),
            segment.transforms(),
            segment.sink(),
            segment.label()));
  }

  /// What fills a hash table, if that is the scan of a table that waits for nothing.
  private Optional<Segment> filler(int state, SourceStep.TableScan scan) {
    Optional<Segment> found = Optional.empty();
    for (Segment segment : segments) {
      if (segment.sink().filledState() == state) {
        boolean fits =
            found.isEmpty()
                && segment.sink() instanceof SinkStep.Build
                && segment.source() instanceof SourceStep.TableScan other
                && segment.readStates().isEmpty()
                && tableRows.applyAsLong(other.tableId()) * TIMES_SMALLER
                    <= tableRows.applyAsLong(scan.tableId());
        if (!fits) {
          return Optional.empty();
        }
        found = Optional.of(segment);
      }
    }
    return found;
  }

  private static Segment keysOnly(Segment filler, int state) {
    SinkStep.Build build = (SinkStep.Build) filler.sink();
    return new Segment(
        filler.id(),
        filler.source(),
        filler.transforms(),
        new SinkStep.Build(
            state, build.keys(), build.nullSafe(), List.of(), List.of(), false, false),
        filler.label());
  }
}

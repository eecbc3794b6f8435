package io.redward.cluster.cut;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/// Cuts a plan into fragments for the leader and the nodes.
///
/// 1. Joins on disk become joins by hash table, since shares of two tables do not run in step.
/// 2. [Places] says for each segment where it starts, where it is cut, and who needs the states it
///    fills.
/// 3. Each segment is written down in its parts, with exchanges between them.
/// 4. [FragmentGraph] puts together what shares states and refuses what would wait for itself.
///
/// A plan that cannot be cut runs on the leader as it is.
public final class PlanCutter {
  private final Places places;
  private final List<PlacedSegment> placed = new ArrayList<>();
  private final List<Way> exchanges = new ArrayList<>();
  private final PhysicalPlan plan;
  private int nextState;

  private PlanCutter(PhysicalPlan plan, List<Segment> segments, Topology topology) {
    this.plan = plan;
    places = Places.of(segments, topology);
    for (Segment segment : segments) {
      nextState = Math.max(nextState, segment.sink().filledState() + 1);
    }
  }

  /// What a plan is cut for.
  ///
  /// @param nodes compute nodes
  /// @param tableRows rows of a table by its id
  public record Topology(int nodes, LongUnaryOperator tableRows) {}

  /// How rows of an exchange find their receivers.
  ///
  /// @param keys HASH: the number of keys
  record Way(Exchange.Kind kind, int keys) {}

  /// Empty if the plan is one for the leader alone.
  public static Optional<SpreadPlan> cut(PhysicalPlan plan, Topology topology) {
    List<Segment> segments = new ArrayList<>();
    for (Stream stream : plan.streams()) {
      segments.addAll(stream.segments());
    }
    segments = MergeJoins.replaced(segments);
    List<SourceStep.TableScan> scans = scans(segments);
    if (scans.isEmpty() || scans.stream().anyMatch(SourceStep.TableScan::rowIds)) {
      return Optional.empty();
    }
    try {
      PlanCutter cutter = new PlanCutter(plan, segments, topology);
      segments.forEach(cutter::write);
      return Optional.of(
          FragmentGraph.of(cutter.placed, cutter.exchanges, cutter.plan).plan(scans));
    } catch (NotSpreadableException _) {
      return Optional.empty();
    }
  }

  private static List<SourceStep.TableScan> scans(List<Segment> segments) {
    List<SourceStep.TableScan> scans = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.source() instanceof SourceStep.TableScan scan) {
        scans.add(scan);
      }
    }
    return scans;
  }

  private void write(Segment segment) {
    Segment rest = withFinishedSource(segment);
    Place place = places.start(segment);
    if (place == Place.NODES) {
      rest = places.withKnownFilters(rest);
    }
    for (Places.CutPoint point : places.cuts(segment)) {
      int left = segment.transforms().size() - point.at();
      rest = cut(place, rest, rest.transforms().size() - left, point.kind(), point.keys());
      place = point.kind() == Exchange.Kind.GATHER ? Place.LEADER : Place.NODES;
    }
    sink(place, rest);
  }

  /// What reads groups whose fields are not the original's turns them into those first.
  private Segment withFinishedSource(Segment segment) {
    if (!(segment.source() instanceof SourceStep.AggregateScan scan)) {
      return segment;
    }
    Optional<PartialAggregate> division = places.division(scan.stateId());
    if (division.isEmpty() || division.get().finish().isEmpty()) {
      return segment;
    }
    List<TransformStep> transforms = new ArrayList<>();
    transforms.add(division.get().finish().get());
    transforms.addAll(segment.transforms());
    return new Segment(
        segment.id(),
        new SourceStep.AggregateScan(scan.stateId(), division.get().complete().fields()),
        transforms,
        segment.sink(),
        segment.label());
  }

  private void sink(Place place, Segment segment) {
    switch (segment.sink()) {
      case SinkStep.Return _, SinkStep.Insert _ -> atLeader(place, segment);
      case SinkStep.Delete _, SinkStep.Update _, SinkStep.Merge _ -> {
        if (place == Place.NODES) {
          throw new NotSpreadableException("changes rows it has found");
        }
        placed.add(new PlacedSegment(place, segment));
      }
      case SinkStep.Aggregate aggregate -> aggregate(place, segment, aggregate);
      case SinkStep.Sort sort -> sort(place, segment, sort);
      case SinkStep.Window window -> {
        if (places.need(window.stateId()) == Places.Need.HASHED) {
          List<Field> row = segment.sinkInput();
          List<Expression> keys = new ArrayList<>();
          window.partitionBy().forEach(field -> keys.add(row.get(field).at(field)));
          hashed(place, segment, keys);
        } else {
          atLeader(place, segment);
        }
      }
      case SinkStep.Build build -> shared(place, segment, build.stateId(), build.keys());
      case SinkStep.Materialize buffer -> shared(place, segment, buffer.stateId(), List.of());
      case SinkStep.Send _ -> throw new IllegalStateException("cut already");
    }
  }

  private void atLeader(Place place, Segment segment) {
    int end = segment.transforms().size();
    Segment rest =
        place == Place.NODES ? cut(place, segment, end, Exchange.Kind.GATHER, List.of()) : segment;
    placed.add(new PlacedSegment(Place.LEADER, rest));
  }

  private void hashed(Place place, Segment segment, List<Expression> keys) {
    int end = segment.transforms().size();
    placed.add(new PlacedSegment(Place.NODES, cut(place, segment, end, Exchange.Kind.HASH, keys)));
  }

  private void shared(Place place, Segment segment, int state, List<Expression> keys) {
    switch (places.need(state)) {
      case LEADER -> atLeader(place, segment);
      case HASHED -> hashed(place, segment, keys);
      case SPREAD -> placed.add(new PlacedSegment(Place.NODES, segment));
      case COPIED -> {
        int end = segment.transforms().size();
        Segment rest = cut(place, segment, end, Exchange.Kind.BROADCAST, List.of());
        placed.add(new PlacedSegment(Place.NODES, rest));
      }
    }
  }

  private void aggregate(Place place, Segment segment, SinkStep.Aggregate aggregate) {
    boolean hashed = places.need(aggregate.stateId()) == Places.Need.HASHED;
    Optional<PartialAggregate> division = places.division(aggregate.stateId());
    if (division.isEmpty()) {
      if (hashed) {
        hashed(place, segment, aggregate.keys());
      } else {
        atLeader(place, segment);
      }
      return;
    }
    PartialAggregate parts = division.get();
    int first = nextState++;
    SinkStep.Aggregate partial = parts.partial();
    placed.add(
        new PlacedSegment(
            place,
            withSink(
                segment,
                new SinkStep.Aggregate(
                    first, partial.keys(), partial.calls(), partial.fields(), partial.sorted()))));
    Segment groups =
        new Segment(
            segment.id(),
            new SourceStep.AggregateScan(first, partial.fields()),
            List.of(),
            parts.complete(),
            segment.label());
    if (hashed) {
      hashed(place, groups, parts.complete().keys());
    } else {
      atLeader(place, groups);
    }
  }

  /// Where only the first rows are wanted, only those of each node are sent.
  private void sort(Place place, Segment segment, SinkStep.Sort sort) {
    if (place == Place.LEADER || sort.limit().isEmpty()) {
      atLeader(place, segment);
      return;
    }
    long rows = sort.limit().getAsLong() + sort.offset();
    SinkStep.Sort first =
        new SinkStep.Sort(
            sort.stateId(),
            sort.keys(),
            OptionalLong.of(rows < 0 ? Long.MAX_VALUE : rows),
            0,
            sort.fields());
    placed.add(new PlacedSegment(Place.NODES, withSink(segment, first)));
    SourceStep.BufferScan found = new SourceStep.BufferScan(sort.stateId(), sort.fields(), false);
    atLeader(Place.NODES, new Segment(segment.id(), found, List.of(), sort, segment.label()));
  }

  private static Segment withSink(Segment segment, SinkStep sink) {
    return new Segment(segment.id(), segment.source(), segment.transforms(), sink, segment.label());
  }

  /// Has the segment's rows sent before transform `at`.
  ///
  /// @return what is left to do with them
  private Segment cut(
      Place place, Segment segment, int at, Exchange.Kind kind, List<Expression> keys) {
    Cut cut = Cut.of(segment, at, exchanges.size(), keys);
    exchanges.add(new Way(kind, keys.size()));
    placed.add(new PlacedSegment(place, cut.before()));
    return cut.after();
  }
}

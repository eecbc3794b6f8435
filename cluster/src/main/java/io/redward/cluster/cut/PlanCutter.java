package io.redward.cluster.cut;

import io.redward.cluster.placement.HotKeys;
import io.redward.plan.expression.Expression;
import io.redward.plan.run.JoinMoves;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Cuts a plan into fragments for the leader and the nodes.
///
/// 1. [KeyGroups] says which tables can be divided by ranges of their distribution keys; merge
///    joins of others become joins by hash table, since shares by blocks do not run in step.
/// 2. [Places] says for each segment where it starts, where it is cut, and who needs the states it
///    fills.
/// 3. Each segment is written down in its parts, with exchanges between them.
/// 4. [FragmentGraph] puts together what shares states and refuses what would wait for itself.
///
/// What turns out not to hold on the way ([Refusal]) is not tried again when the plan is cut anew.
/// A plan that cannot be cut runs on the leader as it is.
public final class PlanCutter {
  private final Places places;
  private final KeyGroups groups;
  private final List<PlacedSegment> placed = new ArrayList<>();
  private final List<Way> exchanges = new ArrayList<>();
  private final ScanShares shares;
  private final PhysicalPlan plan;
  private final JoinMoves joins;
  private int nextState;

  private PlanCutter(
      PhysicalPlan plan, List<Segment> segments, Topology topology, Without without) {
    this.plan = plan;
    groups = new KeyGroups(topology, without.tables());
    List<Segment> replaced = MergeJoins.replaced(segments, groups);
    List<Segment> joined =
        without.filters() == Filters.OWN
            ? OwnFilters.given(replaced, table -> topology.table(table).rowCount())
            : replaced;
    places = Places.of(joined, topology, groups, without.states());
    shares = new ScanShares(groups, without.filters() == Filters.SHARED);
    for (Segment segment : joined) {
      nextState = Math.max(nextState, segment.sink().filledState() + 1);
    }
    joined.forEach(this::write);
    joins = new JoinWays(joined, places).of(segments);
  }

  /// What a plan is cut for.
  ///
  /// @param nodes compute nodes
  /// @param snapshot the tables that it reads
  public record Topology(int nodes, Snapshot snapshot) {
    TableSnapshot table(long tableId) {
      return snapshot.table(tableId);
    }
  }

  /// How rows of an exchange find their receivers.
  ///
  /// @param keys HASH, RANGE: the number of keys
  /// @param group RANGE: the group of tables whose ranges they are, else -1
  /// @param hot HASH: keys whose rows go elsewhere
  record Way(Exchange.Kind kind, int keys, int group, Optional<HotKeys> hot) {
    static final Way GATHER = new Way(Exchange.Kind.GATHER, 0, -1, Optional.empty());
    static final Way BROADCAST = new Way(Exchange.Kind.BROADCAST, 0, -1, Optional.empty());

    static Way hash(int keys, Optional<HotKeys> hot) {
      return new Way(Exchange.Kind.HASH, keys, -1, hot);
    }

    static Way range(int group) {
      return new Way(Exchange.Kind.RANGE, 1, group, Optional.empty());
    }
  }

  /// By which hash tables of other parts of the plan scans drop rows.
  private enum Filters {
    /// Those that the others look up.
    SHARED,
    /// Tables of their own, see [OwnFilters].
    OWN,
    NONE
  }

  /// What has turned out to be no way of cutting the plan.
  private record Without(Set<Long> tables, Set<Integer> states, Filters filters) {}

  /// The stored tables that a plan reads.
  public static Set<Long> tables(PhysicalPlan plan) {
    Set<Long> tables = new TreeSet<>();
    scans(segments(plan)).forEach(scan -> tables.add(scan.tableId()));
    return tables;
  }

  private static List<Segment> segments(PhysicalPlan plan) {
    List<Segment> segments = new ArrayList<>();
    for (Stream stream : plan.streams()) {
      segments.addAll(stream.segments());
    }
    return segments;
  }

  /// Empty if the plan is one for the leader alone.
  public static Optional<SpreadPlan> cut(PhysicalPlan plan, Topology topology) {
    List<Segment> segments = segments(plan);
    List<SourceStep.TableScan> scans = scans(segments);
    if (scans.isEmpty() || scans.stream().anyMatch(SourceStep.TableScan::rowIds)) {
      return Optional.empty();
    }
    Set<Long> tables = new HashSet<>();
    Set<Integer> states = new HashSet<>();
    Filters filters = Filters.SHARED;
    while (true) {
      try {
        Without without = new Without(tables, states, filters);
        PlanCutter cutter = new PlanCutter(plan, segments, topology, without);
        SpreadPlan cut = cutter.plan(scans);
        return Optional.of(
            cutter.shares.dropsFilters() && filters == Filters.SHARED
                ? owning(plan, topology, without).orElse(cut)
                : cut);
      } catch (Refusal refusal) {
        tables.add(refusal.table());
        states.add(refusal.state());
      } catch (NotSpreadableException _) {
        // Where rows stay where they are or scans wait for hash tables of others, more of the plan
        // is one fragment, which may then wait for itself.
        if (filters != Filters.NONE) {
          filters = filters == Filters.SHARED ? Filters.OWN : Filters.NONE;
        } else if (!refuseAll(segments, tables, states)) {
          return Optional.empty();
        }
      }
    }
  }

  /// The plan with tables of their own for scans; empty if it cannot be cut so.
  private static Optional<SpreadPlan> owning(
      PhysicalPlan plan, Topology topology, Without without) {
    List<Segment> segments = segments(plan);
    try {
      Without sharing = new Without(without.tables(), without.states(), Filters.OWN);
      return Optional.of(new PlanCutter(plan, segments, topology, sharing).plan(scans(segments)));
    } catch (Refusal | NotSpreadableException _) {
      return Optional.empty();
    }
  }

  /// False if everything has been refused before.
  private static boolean refuseAll(List<Segment> segments, Set<Long> tables, Set<Integer> states) {
    boolean more = false;
    for (SourceStep.TableScan scan : scans(segments)) {
      more |= tables.add(scan.tableId());
    }
    for (Segment segment : segments) {
      more |= states.add(segment.sink().filledState());
    }
    return more;
  }

  private SpreadPlan plan(List<SourceStep.TableScan> scans) {
    return FragmentGraph.of(placed, exchanges, plan).plan(scans, shares, joins);
  }

  private static List<SourceStep.TableScan> scans(List<Segment> segments) {
    List<SourceStep.TableScan> scans = new ArrayList<>();
    for (Segment segment : segments) {
      switch (segment.source()) {
        case SourceStep.TableScan scan -> scans.add(scan);
        case SourceStep.MergeJoin join -> {
          scans.add(join.outer());
          scans.add(join.inner());
        }
        default -> {}
      }
    }
    return scans;
  }

  private void write(Segment segment) {
    Segment rest = withFinishedSource(segment);
    Place place = places.start(segment);
    if (place == Place.NODES) {
      rest = shares.named(segment, rest, places);
    }
    for (Places.CutPoint point : places.cuts(segment)) {
      int left = segment.transforms().size() - point.at();
      rest = cut(place, rest, rest.transforms().size() - left, point.way(), point.keys());
      place = point.way().kind() == Exchange.Kind.GATHER ? Place.LEADER : Place.NODES;
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
        List<Field> row = segment.sinkInput();
        List<Expression> keys = new ArrayList<>();
        window.partitionBy().forEach(field -> keys.add(row.get(field).at(field)));
        shared(place, segment, window.stateId(), keys);
      }
      case SinkStep.Build build -> shared(place, segment, build.stateId(), build.keys());
      case SinkStep.Materialize buffer -> shared(place, segment, buffer.stateId(), List.of());
      case SinkStep.Send _ -> throw new IllegalStateException("cut already");
    }
  }

  private void atLeader(Place place, Segment segment) {
    int end = segment.transforms().size();
    Segment rest = place == Place.NODES ? cut(place, segment, end, Way.GATHER, List.of()) : segment;
    placed.add(new PlacedSegment(Place.LEADER, rest));
  }

  private void hashed(Place place, Segment segment, List<Expression> keys) {
    int end = segment.transforms().size();
    Way way = Way.hash(keys.size(), places.hot(segment.sink().filledState()).map(HotKeys::ofInner));
    placed.add(new PlacedSegment(Place.NODES, cut(place, segment, end, way, keys)));
  }

  private void shared(Place place, Segment segment, int state, List<Expression> keys) {
    switch (places.need(state)) {
      case LEADER -> atLeader(place, segment);
      case HASHED -> hashed(place, segment, keys);
      case SPREAD, EVERYWHERE -> placed.add(new PlacedSegment(Place.NODES, segment));
      case RANGED -> ranged(place, segment, state, keys);
      case COPIED -> {
        int end = segment.transforms().size();
        Segment rest = cut(place, segment, end, Way.BROADCAST, List.of());
        placed.add(new PlacedSegment(Place.NODES, rest));
      }
    }
  }

  private void ranged(Place place, Segment segment, int state, List<Expression> keys) {
    Optional<Meetings.Meeting> moved = places.meetings().moved(state);
    Segment rest = segment;
    if (moved.isPresent()) {
      int end = segment.transforms().size();
      Way way = Way.range(moved.get().group());
      rest = cut(place, segment, end, way, List.of(keys.get(moved.get().key())));
    }
    placed.add(new PlacedSegment(Place.NODES, rest));
  }

  private void aggregate(Place place, Segment segment, SinkStep.Aggregate aggregate) {
    if (places.need(aggregate.stateId()) == Places.Need.SPREAD) {
      placed.add(new PlacedSegment(place, segment));
      return;
    }
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
  private Segment cut(Place place, Segment segment, int at, Way way, List<Expression> keys) {
    Cut cut = Cut.of(segment, at, exchanges.size(), keys);
    exchanges.add(way);
    placed.add(new PlacedSegment(place, cut.before()));
    return cut.after();
  }
}

package io.redward.cluster.cut;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where each segment of a plan starts and is cut, and where its states must be.
final class Places {
  /// Where the rows of a state are.
  enum Need {
    /// On the leader.
    LEADER,
    /// Each where it came about, on some node.
    SPREAD,
    /// All of them on every node.
    COPIED,
    /// On the nodes, each on the one that the hash of its keys belongs to.
    HASHED
  }

  /// Above so many rows groups are put together on the nodes, not on the leader.
  private static final long MANY_ROWS = 1_000_000;

  /// Where a segment's rows leave their place.
  ///
  /// @param at the transform before which they do
  record CutPoint(int at, Exchange.Kind kind, List<Expression> keys) {}

  private final List<Segment> segments;
  private final PlanCutter.Topology topology;
  private final Estimates estimates;
  private final Map<Segment, Place> starts = new IdentityHashMap<>();
  private final Map<Segment, List<CutPoint>> cuts = new IdentityHashMap<>();
  private final Map<Integer, Need> needs = new HashMap<>();
  private final Map<Integer, EnumSet<Place>> lookups = new HashMap<>();
  private final Map<Integer, PartialAggregate> divisions = new HashMap<>();
  private final Set<Integer> marked = new HashSet<>();

  private Places(List<Segment> segments, PlanCutter.Topology topology) {
    this.segments = segments;
    this.topology = topology;
    estimates = new Estimates(topology.tableRows());
  }

  static Places of(List<Segment> segments, PlanCutter.Topology topology) {
    Places places = new Places(segments, topology);
    segments.forEach(places::findMarked);
    segments.forEach(places::hashMarked);
    segments.forEach(places::place);
    places.settle();
    return places;
  }

  /// States whose rows are marked by lookups must see all lookups of a row: each row is in one
  /// place, by its keys or, if it has none, on the leader.
  private void findMarked(Segment segment) {
    if (segment.source() instanceof SourceStep.JoinScan scan) {
      marked.add(scan.stateId());
    }
    for (TransformStep transform : segment.transforms()) {
      if (transform instanceof TransformStep.Probe probe) {
        switch (probe.kind()) {
          case RIGHT, FULL, MARK -> marked.add(probe.stateId());
          case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI -> {}
        }
      }
    }
  }

  private void hashMarked(Segment segment) {
    if (segment.sink() instanceof SinkStep.Build build
        && marked.contains(build.stateId())
        && !build.keys().isEmpty()) {
      needs.put(build.stateId(), Need.HASHED);
    }
  }

  private void place(Segment segment) {
    Place place = start(segment.source());
    starts.put(segment, place);
    long rows = estimates.of(segment);
    List<TransformStep> transforms = segment.transforms();
    List<CutPoint> points = new ArrayList<>();
    for (int i = 0; i < transforms.size(); i++) {
      int state = transforms.get(i).lookedUpState();
      if (state < 0) {
        continue;
      }
      if (transforms.get(i) instanceof TransformStep.Probe probe && hashes(probe, place, rows)) {
        points.add(new CutPoint(i, Exchange.Kind.HASH, probe.keys()));
        place = Place.NODES;
        continue;
      }
      if (place == Place.NODES && marked.contains(state)) {
        points.add(new CutPoint(i, Exchange.Kind.GATHER, List.of()));
        place = Place.LEADER;
      }
      lookups.computeIfAbsent(state, _ -> EnumSet.noneOf(Place.class)).add(place);
    }
    cuts.put(segment, points);
    sink(segment, place, rows);
  }

  /// Whether both sides of a join go where the hash of their keys belongs; settled by the first
  /// lookup, unless marks have settled it before.
  private boolean hashes(TransformStep.Probe probe, Place place, long rows) {
    int state = probe.stateId();
    if (needs.get(state) == Need.HASHED) {
      return true;
    }
    boolean free =
        !lookups.containsKey(state)
            && !marked.contains(state)
            && !probe.keys().isEmpty()
            && probe.kind() != TransformStep.JoinKind.NULL_AWARE_ANTI;
    long build = estimates.state(state);
    if (place == Place.NODES && free && build * (topology.nodes() - 1L) > build + rows) {
      needs.put(state, Need.HASHED);
      return true;
    }
    return false;
  }

  private void sink(Segment segment, Place place, long rows) {
    switch (segment.sink()) {
      case SinkStep.Aggregate aggregate -> {
        int state = aggregate.stateId();
        boolean alone = place == Place.NODES && fillers(state) == 1;
        Optional<PartialAggregate> division =
            alone ? PartialAggregate.of(aggregate) : Optional.empty();
        division.ifPresent(parts -> divisions.put(state, parts));
        boolean hashed =
            alone && !aggregate.keys().isEmpty() && (division.isEmpty() || rows >= MANY_ROWS);
        needs.put(state, hashed ? Need.HASHED : Need.LEADER);
      }
      case SinkStep.Sort sort -> needs.put(sort.stateId(), Need.LEADER);
      case SinkStep.Window window -> {
        boolean hashed =
            place == Place.NODES
                && !window.partitionBy().isEmpty()
                && fillers(window.stateId()) == 1
                && !isReadInOrder(window.stateId());
        needs.put(window.stateId(), hashed ? Need.HASHED : Need.LEADER);
      }
      case SinkStep.Materialize buffer -> {
        Need need = place == Place.NODES ? Need.SPREAD : Need.LEADER;
        needs.merge(buffer.stateId(), need, (a, b) -> a == b ? a : Need.LEADER);
      }
      default -> {}
    }
  }

  private boolean isReadInOrder(int state) {
    return segments.stream()
        .anyMatch(
            segment ->
                segment.source() instanceof SourceStep.BufferScan scan
                    && scan.stateId() == state
                    && scan.ordered());
  }

  private int fillers(int state) {
    int count = 0;
    for (Segment segment : segments) {
      count += segment.sink().filledState() == state ? 1 : 0;
    }
    return count;
  }

  private Place start(SourceStep source) {
    return switch (source) {
      case SourceStep.TableScan _ -> Place.NODES;
      case SourceStep.SystemScan _, SourceStep.Values _ -> Place.LEADER;
      case SourceStep.AggregateScan _, SourceStep.JoinScan _, SourceStep.BufferScan _ -> {
        Need need = needs.getOrDefault(source.scannedState(), Need.LEADER);
        boolean ordered = source instanceof SourceStep.BufferScan scan && scan.ordered();
        yield !ordered && (need == Need.SPREAD || need == Need.HASHED) ? Place.NODES : Place.LEADER;
      }
      case SourceStep.Receive _, SourceStep.MergeJoin _ ->
          throw new IllegalStateException("not a whole plan's source: " + source);
    };
  }

  /// What is looked up is needed where it is looked up.
  private void settle() {
    Set<Integer> scanned = new HashSet<>();
    for (Segment segment : segments) {
      if (segment.source() instanceof SourceStep.BufferScan scan) {
        scanned.add(scan.stateId());
        Need need = needs.get(scan.stateId());
        boolean spread = need == Need.SPREAD || need == Need.HASHED;
        if (spread != (starts.get(segment) == Place.NODES)) {
          throw new NotSpreadableException("a buffer is scanned here and there");
        }
      }
    }
    lookups.forEach(
        (state, where) -> {
          Need need = where.contains(Place.NODES) ? Need.COPIED : Need.LEADER;
          Need before = needs.get(state);
          boolean buffered = scanned.contains(state) || isOrdered(state);
          if (where.size() > 1 || buffered && before != need) {
            throw new NotSpreadableException("a state is needed here and there");
          }
          needs.put(state, need);
        });
  }

  private boolean isOrdered(int state) {
    return segments.stream()
        .map(Segment::sink)
        .anyMatch(
            sink ->
                (sink instanceof SinkStep.Sort || sink instanceof SinkStep.Window)
                    && sink.filledState() == state);
  }

  Place start(Segment segment) {
    return starts.getOrDefault(segment, Place.LEADER);
  }

  /// Where the segment's rows leave their place, in order.
  List<CutPoint> cuts(Segment segment) {
    return cuts.getOrDefault(segment, List.of());
  }

  Need need(int state) {
    return needs.getOrDefault(state, Need.LEADER);
  }

  /// How a state's groups are made in two steps, if they are.
  Optional<PartialAggregate> division(int state) {
    return Optional.ofNullable(divisions.get(state));
  }

  /// The segment with those join filters that its first part has: a state that only a later part
  /// looks up is on the nodes too, but the part before would wait for it.
  Segment withKnownFilters(Segment segment) {
    if (!(segment.source() instanceof SourceStep.TableScan scan)) {
      return segment;
    }
    Set<Integer> own = new HashSet<>();
    List<CutPoint> points = cuts(segment);
    int here = points.isEmpty() ? segment.transforms().size() : points.getFirst().at();
    segment.transforms().subList(0, here).forEach(step -> own.add(step.lookedUpState()));
    List<SourceStep.JoinFilter> kept = new ArrayList<>();
    for (SourceStep.JoinFilter filter : scan.joinFilters()) {
      if (own.contains(filter.stateId()) && need(filter.stateId()) == Need.COPIED) {
        kept.add(filter);
      }
    }
    return new Segment(
        segment.id(),
        new SourceStep.TableScan(
            scan.tableId(),
            scan.tableName(),
            scan.columnIds(),
            scan.fields(),
            scan.predicates(),
            kept,
            scan.rowIds()),
        segment.transforms(),
        segment.sink(),
        segment.label());
  }
}

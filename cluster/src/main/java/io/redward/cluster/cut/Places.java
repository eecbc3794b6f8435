package io.redward.cluster.cut;

import io.redward.cluster.placement.HotKeys;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    HASHED,
    /// On the nodes, each on the one that has the range of one of its keys.
    RANGED,
    /// All of them on every node, which has found them itself.
    EVERYWHERE
  }

  /// Above so many rows groups are put together on the nodes, not on the leader.
  private static final long MANY_ROWS = 1_000_000;

  /// A table of so many rows each node may read all of to look them up in its own rows.
  private static final long WHOLE_ROWS = 100_000;

  /// Where a segment's rows leave their place.
  ///
  /// @param at the transform before which they do
  record CutPoint(int at, PlanCutter.Way way, List<Expression> keys) {}

  private final List<Segment> segments;
  private final PlanCutter.Topology topology;
  private final KeyGroups groups;
  private final Set<Integer> refused;
  private final Estimates estimates;
  private final Map<Segment, Place> starts = new IdentityHashMap<>();
  private final Map<Segment, List<CutPoint>> cuts = new IdentityHashMap<>();
  private final Map<Integer, Need> needs = new HashMap<>();
  private final Map<Integer, EnumSet<Place>> lookups = new HashMap<>();
  private final Map<Integer, PartialAggregate> divisions = new HashMap<>();
  private final Set<Integer> marked = new HashSet<>();
  private final Meetings meetings;
  private final Skew skew;
  private final Map<Integer, Origins> innerOrigins = new HashMap<>();
  private final Map<Integer, HotKeys> hot = new HashMap<>();
  private final Map<Integer, Keyed> keyedStates = new HashMap<>();
  private final Set<Segment> everywhere = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Integer> spreadBuilds = new HashSet<>();

  private Places(
      List<Segment> segments,
      PlanCutter.Topology topology,
      KeyGroups groups,
      Set<Integer> refused) {
    this.segments = segments;
    this.topology = topology;
    this.groups = groups;
    this.refused = refused;
    meetings = new Meetings(groups, topology.nodes());
    skew = new Skew(topology);
    estimates = new Estimates(table -> topology.table(table).rowCount());
  }

  /// @param refused states that nodes do not have parts of where they came about
  /// @throws Refusal of a state that turns out to be another such
  static Places of(
      List<Segment> segments,
      PlanCutter.Topology topology,
      KeyGroups groups,
      Set<Integer> refused) {
    Places places = new Places(segments, topology, groups, refused);
    segments.forEach(places::findMarked);
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

  private void place(Segment segment) {
    Place place = start(segment.source());
    starts.put(segment, place);
    Optional<Keyed> keyed = place == Place.NODES ? keyed(segment.source()) : Optional.empty();
    long rows = estimates.of(segment);
    List<TransformStep> transforms = segment.transforms();
    List<CutPoint> points = new ArrayList<>();
    Origins origins = Origins.of(segment.source());
    for (int i = 0; i < transforms.size(); i++) {
      int state = transforms.get(i).lookedUpState();
      if (state >= 0) {
        Optional<CutPoint> point =
            lookup(
                i,
                transforms.get(i),
                new Looking(place, keyed, rows, origins, isWhole(segment, place, points)));
        if (transforms.get(i) instanceof TransformStep.Probe && needs.get(state) == Need.SPREAD) {
          everywhere.add(segment);
        }
        if (point.isPresent()) {
          points.add(point.get());
          boolean gathers = point.get().way().kind() == Exchange.Kind.GATHER;
          place = gathers ? Place.LEADER : Place.NODES;
          keyed = Optional.empty();
        }
      }
      Optional<Keyed> before = keyed;
      TransformStep step = transforms.get(i);
      keyed =
          step instanceof TransformStep.Probe probe
              ? meetings.after(probe, before)
              : before.flatMap(rowsBefore -> rowsBefore.after(step));
      origins = origins.after(step);
    }
    innerOrigins.put(segment.sink().filledState(), origins);
    cuts.put(segment, points);
    sink(segment, place, rows, keyed);
  }

  /// Where the rows that a source yields on the nodes are.
  private Optional<Keyed> keyed(SourceStep source) {
    return switch (source) {
      case SourceStep.TableScan scan -> {
        OptionalInt key = groups.key(scan);
        yield key.isEmpty()
            ? Optional.empty()
            : Optional.of(new Keyed(groups.group(scan, key.getAsInt()), Set.of(key.getAsInt())));
      }
      case SourceStep.MergeJoin join -> {
        int outer = groups.key(join.outer()).orElseThrow();
        int inner = groups.key(join.inner()).orElseThrow();
        groups.unite(groups.group(join.outer(), outer), groups.group(join.inner(), inner));
        Set<Integer> fields = new TreeSet<>(Set.of(outer));
        if (!join.keepsOuter()) {
          fields.add(join.outer().fields().size() + inner);
        }
        yield Optional.of(new Keyed(groups.group(join.outer(), outer), fields));
      }
      case SourceStep.AggregateScan _, SourceStep.BufferScan _ ->
          Optional.ofNullable(keyedStates.get(source.scannedState()));
      case SourceStep.JoinScan scan -> meetings.scanned(scan.stateId());
      case SourceStep.SystemScan _, SourceStep.Values _, SourceStep.Receive _ -> Optional.empty();
    };
  }

  /// Rows that look something up.
  ///
  /// @param keyed by what they are where they are
  /// @param rows how many there may be
  /// @param whole whether every node can have all of them
  private record Looking(
      Place place, Optional<Keyed> keyed, long rows, Origins origins, boolean whole) {}

  /// Whether the rows of a segment come from a table that each node has all of, and have looked up
  /// nothing so far that is divided.
  private boolean isWhole(Segment segment, Place place, List<CutPoint> points) {
    return place == Place.NODES
        && points.isEmpty()
        && !everywhere.contains(segment)
        && segment.source() instanceof SourceStep.TableScan scan
        && scan.placement() instanceof SourceStep.Placement.Everywhere
        && estimates.of(scan) <= WHOLE_ROWS;
  }

  /// Settles how a lookup meets what it looks up.
  ///
  /// @return where the rows must go before, if anywhere
  private Optional<CutPoint> lookup(int at, TransformStep step, Looking looking) {
    Place place = looking.place();
    int state = step.lookedUpState();
    if (needs.get(state) == Need.EVERYWHERE) {
      if (place == Place.LEADER) {
        throw Refusal.ofState(state);
      }
      return Optional.empty();
    }
    if (step instanceof TransformStep.Probe probe) {
      if (!needs.containsKey(state)) {
        settleJoin(probe, looking);
      }
      if (needs.get(state) == Need.SPREAD) {
        if (!looking.whole() || probe.kind() != TransformStep.JoinKind.INNER) {
          throw Refusal.ofState(state);
        }
        return Optional.empty();
      }
      if (needs.get(state) == Need.HASHED) {
        return Optional.of(
            new CutPoint(at, PlanCutter.Way.hash(probe.keys().size(), hot(state)), probe.keys()));
      }
      if (needs.get(state) == Need.RANGED) {
        Meetings.Meeting meeting = meetings.of(state);
        if (meetings.isThere(looking.keyed(), probe.keys(), meeting)) {
          return Optional.empty();
        }
        List<Expression> key = List.of(probe.keys().get(meeting.key()));
        return Optional.of(new CutPoint(at, PlanCutter.Way.range(meeting.group()), key));
      }
    }
    Optional<CutPoint> point = Optional.empty();
    Place here = place;
    if (place == Place.NODES && marked.contains(state)) {
      point = Optional.of(new CutPoint(at, PlanCutter.Way.GATHER, List.of()));
      here = Place.LEADER;
    }
    lookups.computeIfAbsent(state, _ -> EnumSet.noneOf(Place.class)).add(here);
    return point;
  }

  /// Whether the sides of a join go where the hash of their keys belongs, or one or both are where
  /// a key's range is, or (nothing is noted) the inner side is copied; by the first lookup.
  private void settleJoin(TransformStep.Probe probe, Looking looking) {
    Place place = looking.place();
    long rows = looking.rows();
    int state = probe.stateId();
    boolean free =
        meetings.knows(state)
            && fillers(state) == 1
            && !lookups.containsKey(state)
            && !probe.keys().isEmpty()
            && probe.kind() != TransformStep.JoinKind.NULL_AWARE_ANTI;
    if (!free) {
      hashIfMarked(probe);
      return;
    }
    long build = estimates.state(state);
    boolean copies = !marked.contains(state);
    boolean spread = copies && spreadBuilds.contains(state) && !refused.contains(state);
    if (spread && looking.whole() && probe.kind() == TransformStep.JoinKind.INNER) {
      // Each node looks all rows up in its part of the other side.
      needs.put(state, Need.SPREAD);
      return;
    }
    if (place == Place.NODES
        && !refused.contains(state)
        && meetings.settle(
            probe, looking.keyed(), copies ? build : Long.MAX_VALUE, rows, skewed(looking))) {
      needs.put(state, Need.RANGED);
    } else if (!copies || place == Place.NODES && build * (topology.nodes() - 1L) > build + rows) {
      needs.put(state, Need.HASHED);
      Optional<Origins> inner = Optional.ofNullable(innerOrigins.get(state));
      if (copies && inner.isPresent()) {
        skew.hot(probe, looking.origins(), meetings.build(state), inner.get())
            .ifPresent(keys -> hot.put(state, keys));
      }
    }
  }

  private Predicate<Expression> skewed(Looking looking) {
    return key -> skew.isSkewed(looking.origins().of(key));
  }

  /// Keys of a state divided by hash whose rows do not go where that says.
  Optional<HotKeys> hot(int state) {
    return Optional.ofNullable(hot.get(state));
  }

  private void hashIfMarked(TransformStep.Probe probe) {
    if (marked.contains(probe.stateId()) && !probe.keys().isEmpty()) {
      needs.put(probe.stateId(), Need.HASHED);
    }
  }

  private void sink(Segment segment, Place place, long rows, Optional<Keyed> keyed) {
    switch (segment.sink()) {
      case SinkStep.Aggregate aggregate -> {
        int state = aggregate.stateId();
        boolean alone = place == Place.NODES && fillers(state) == 1;
        Optional<Keyed> groupKeyed = keyed.flatMap(k -> k.through(aggregate.keys()));
        if (alone && groupKeyed.isPresent()) {
          needs.put(state, Need.SPREAD);
          keyedStates.put(state, groupKeyed.get());
          return;
        }
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
        if (hashed
            && keyed.isPresent()
            && window.partitionBy().stream().anyMatch(keyed.get().fields()::contains)) {
          needs.put(window.stateId(), Need.SPREAD);
          keyedStates.put(window.stateId(), keyed.get());
        } else {
          needs.put(window.stateId(), hashed ? Need.HASHED : Need.LEADER);
        }
      }
      case SinkStep.Materialize buffer -> {
        Need need = place == Place.NODES ? Need.SPREAD : Need.LEADER;
        needs.merge(buffer.stateId(), need, (a, b) -> a == b ? a : Need.LEADER);
        if (need == Need.SPREAD && fillers(buffer.stateId()) == 1) {
          keyed.ifPresent(rowsThere -> keyedStates.put(buffer.stateId(), rowsThere));
        }
      }
      case SinkStep.Build build -> {
        if (isEverywhere(segment, build.stateId())) {
          needs.put(build.stateId(), Need.EVERYWHERE);
          everywhere.add(segment);
        } else if (place == Place.NODES) {
          spreadBuilds.add(build.stateId());
          meetings.built(build, keyed);
        } else {
          meetings.built(build, Optional.empty());
        }
      }
      default -> {}
    }
  }

  /// Whether every node can fill the state by itself: of a table that each has all of.
  private boolean isEverywhere(Segment segment, int state) {
    return segment.source() instanceof SourceStep.TableScan scan
        && scan.placement() instanceof SourceStep.Placement.Everywhere
        && !marked.contains(state)
        && !refused.contains(state)
        && fillers(state) == 1
        && segment.readStates().stream().allMatch(read -> needs.get(read) == Need.EVERYWHERE);
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
      case SourceStep.MergeJoin _ -> Place.NODES;
      case SourceStep.AggregateScan _, SourceStep.JoinScan _, SourceStep.BufferScan _ -> {
        Need need = needs.getOrDefault(source.scannedState(), Need.LEADER);
        boolean ordered = source instanceof SourceStep.BufferScan scan && scan.ordered();
        yield !ordered && isDivided(need) ? Place.NODES : Place.LEADER;
      }
      case SourceStep.Receive _ ->
          throw new IllegalStateException("not a whole plan's source: " + source);
    };
  }

  private static boolean isDivided(@Nullable Need need) {
    return need == Need.SPREAD || need == Need.HASHED || need == Need.RANGED;
  }

  /// What is looked up is needed where it is looked up.
  private void settle() {
    Set<Integer> scanned = new HashSet<>();
    for (Segment segment : segments) {
      if (segment.source() instanceof SourceStep.BufferScan scan) {
        scanned.add(scan.stateId());
        Need need = needs.get(scan.stateId());
        if (isDivided(need) != (starts.get(segment) == Place.NODES)) {
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
    for (Segment segment : segments) {
      if (segment.sink() instanceof SinkStep.Build build && isForScans(build.stateId())) {
        needs.putIfAbsent(build.stateId(), Need.COPIED);
      }
    }
  }

  /// Whether only scans read a hash table: nobody looks anything up in it.
  private boolean isForScans(int state) {
    return !marked.contains(state)
        && segments.stream()
            .flatMap(segment -> segment.transforms().stream())
            .noneMatch(step -> step.lookedUpState() == state);
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

  /// How the sides of joins meet.
  Meetings meetings() {
    return meetings;
  }

  /// Whether each node reads all of the segment's table.
  boolean isEverywhere(Segment segment) {
    return everywhere.contains(segment);
  }

  /// Join filters of a scan whose states are where it is.
  ///
  /// @param foreign whether also those of states that only another part of the plan looks up: the
  ///     scan then waits for them
  List<SourceStep.JoinFilter> knownFilters(
      Segment segment, SourceStep.TableScan scan, boolean foreign) {
    Set<Integer> own = new HashSet<>();
    List<CutPoint> points = cuts(segment);
    int end = points.isEmpty() ? segment.transforms().size() : points.getFirst().at();
    segment.transforms().subList(0, end).forEach(step -> own.add(step.lookedUpState()));
    List<SourceStep.JoinFilter> kept = new ArrayList<>();
    for (SourceStep.JoinFilter filter : scan.joinFilters()) {
      Need need = need(filter.stateId());
      boolean looked = own.contains(filter.stateId());
      boolean whole = need == Need.COPIED || need == Need.EVERYWHERE;
      boolean here = looked || foreign || isForScans(filter.stateId());
      if (whole && here || looked && (need == Need.RANGED || need == Need.SPREAD)) {
        kept.add(filter);
      }
    }
    return kept;
  }
}

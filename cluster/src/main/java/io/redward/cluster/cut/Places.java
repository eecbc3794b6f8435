package io.redward.cluster.cut;

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
    COPIED
  }

  private final List<Segment> segments;
  private final Map<Segment, Place> starts = new IdentityHashMap<>();
  private final Map<Segment, Integer> cuts = new IdentityHashMap<>();
  private final Map<Integer, Need> needs = new HashMap<>();
  private final Map<Integer, EnumSet<Place>> lookups = new HashMap<>();
  private final Map<Integer, PartialAggregate> divisions = new HashMap<>();
  private final Set<Integer> marked = new HashSet<>();

  private Places(List<Segment> segments) {
    this.segments = segments;
  }

  static Places of(List<Segment> segments) {
    Places places = new Places(segments);
    segments.forEach(places::findMarked);
    segments.forEach(places::place);
    places.settle();
    return places;
  }

  /// States whose rows are marked by lookups must see all lookups: they are the leader's.
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
    List<TransformStep> transforms = segment.transforms();
    int cut = transforms.size();
    for (int i = 0; i < transforms.size(); i++) {
      int state = States.lookedUp(transforms.get(i));
      if (state < 0) {
        continue;
      }
      if (place == Place.NODES && marked.contains(state)) {
        cut = i;
        place = Place.LEADER;
      }
      lookups.computeIfAbsent(state, _ -> EnumSet.noneOf(Place.class)).add(place);
    }
    cuts.put(segment, cut);
    switch (segment.sink()) {
      case SinkStep.Aggregate aggregate -> {
        if (place == Place.NODES && fillers(aggregate.stateId()) == 1) {
          PartialAggregate.of(aggregate)
              .ifPresent(division -> divisions.put(aggregate.stateId(), division));
        }
        needs.put(aggregate.stateId(), Need.LEADER);
      }
      case SinkStep.Sort sort -> needs.put(sort.stateId(), Need.LEADER);
      case SinkStep.Window window -> needs.put(window.stateId(), Need.LEADER);
      case SinkStep.Materialize buffer -> {
        Need need = place == Place.NODES ? Need.SPREAD : Need.LEADER;
        needs.merge(buffer.stateId(), need, (a, b) -> a == b ? a : Need.LEADER);
      }
      default -> {}
    }
  }

  private int fillers(int state) {
    int count = 0;
    for (Segment segment : segments) {
      count += States.filled(segment.sink()) == state ? 1 : 0;
    }
    return count;
  }

  private Place start(SourceStep source) {
    return switch (source) {
      case SourceStep.TableScan _ -> Place.NODES;
      case SourceStep.SystemScan _, SourceStep.Values _ -> Place.LEADER;
      case SourceStep.AggregateScan _, SourceStep.JoinScan _ -> Place.LEADER;
      case SourceStep.BufferScan scan ->
          needs.get(scan.stateId()) == Need.SPREAD && !scan.ordered() ? Place.NODES : Place.LEADER;
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
        boolean spread = needs.get(scan.stateId()) == Need.SPREAD;
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
                    && States.filled(sink) == state);
  }

  Place start(Segment segment) {
    return starts.getOrDefault(segment, Place.LEADER);
  }

  /// The transform before which the segment's rows go to the leader; the number of transforms if
  /// none is.
  int cut(Segment segment) {
    return cuts.getOrDefault(segment, segment.transforms().size());
  }

  Need need(int state) {
    return needs.getOrDefault(state, Need.LEADER);
  }

  /// How a state's groups are made in two steps, if they are.
  Optional<PartialAggregate> division(int state) {
    return Optional.ofNullable(divisions.get(state));
  }

  /// The segment with those join filters that its node has.
  Segment withKnownFilters(Segment segment) {
    if (!(segment.source() instanceof SourceStep.TableScan scan)) {
      return segment;
    }
    Set<Integer> own = new HashSet<>();
    segment.transforms().forEach(transform -> own.add(States.lookedUp(transform)));
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

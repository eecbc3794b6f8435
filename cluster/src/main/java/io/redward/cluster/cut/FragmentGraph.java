package io.redward.cluster.cut;

import io.redward.plan.run.JoinMoves;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts segments that share states in one place into one fragment each, in the order in which rows
/// flow.
final class FragmentGraph {
  /// What all segments share that hand rows to the client or write them: the branches of UNION ALL
  /// are one result.
  private static final int RESULT = -2;

  private final List<PlacedSegment> segments;
  private final List<PlanCutter.Way> ways;
  private final PhysicalPlan plan;
  private final int[] group;

  private FragmentGraph(
      List<PlacedSegment> segments, List<PlanCutter.Way> ways, PhysicalPlan plan) {
    this.segments = List.copyOf(segments);
    this.ways = List.copyOf(ways);
    this.plan = plan;
    group = new int[segments.size()];
  }

  static FragmentGraph of(
      List<PlacedSegment> segments, List<PlanCutter.Way> ways, PhysicalPlan plan) {
    FragmentGraph graph = new FragmentGraph(segments, ways, plan);
    graph.join();
    return graph;
  }

  private record PlacedState(Place place, int state) {}

  private void join() {
    Map<PlacedState, Integer> owners = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      group[i] = i;
      PlacedSegment placed = segments.get(i);
      Set<Integer> states = placed.segment().readStates();
      states.add(placed.segment().sink().filledState());
      states.remove(-1);
      if (returns(placed.segment())) {
        states.add(RESULT);
      }
      for (int state : states) {
        Integer other = owners.putIfAbsent(new PlacedState(placed.place(), state), i);
        if (other != null) {
          merge(group[other], group[i]);
        }
      }
    }
  }

  private void merge(int one, int other) {
    for (int i = 0; i < group.length; i++) {
      if (group[i] == other) {
        group[i] = one;
      }
    }
  }

  /// @throws NotSpreadableException if a fragment would wait for itself
  SpreadPlan plan(List<SourceStep.TableScan> scans, ScanShares shares, JoinMoves joins) {
    int[] from = new int[ways.size()];
    int[] to = new int[ways.size()];
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i).segment();
      if (segment.sink() instanceof SinkStep.Send send) {
        from[send.exchange()] = group[i];
      }
      if (segment.source() instanceof SourceStep.Receive receive) {
        to[receive.exchange()] = group[i];
      }
    }
    List<Integer> order = sorted(from, to);
    List<Fragment> fragments = new ArrayList<>();
    int root = -1;
    for (int number : order) {
      Fragment fragment = fragment(fragments.size(), number);
      if (returns(fragment)) {
        root = fragment.id();
      }
      fragments.add(fragment);
    }
    if (root < 0) {
      throw new NotSpreadableException("nothing comes back");
    }
    List<Exchange> exchanges = new ArrayList<>();
    for (int id = 0; id < ways.size(); id++) {
      exchanges.add(
          new Exchange(
              id,
              ways.get(id).kind(),
              order.indexOf(from[id]),
              order.indexOf(to[id]),
              ways.get(id).keys(),
              shares.ranges(ways.get(id).group()),
              ways.get(id).hot()));
    }
    return new SpreadPlan(fragments, exchanges, root, scans, shares.shares(), joins);
  }

  private static boolean returns(Fragment fragment) {
    return fragment.plan().streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .anyMatch(FragmentGraph::returns);
  }

  private static boolean returns(Segment segment) {
    return segment.sink() instanceof SinkStep.Return || segment.sink() instanceof SinkStep.Insert;
  }

  /// Groups, those that send before those that receive.
  private List<Integer> sorted(int[] from, int[] to) {
    List<Integer> left = new ArrayList<>();
    for (int number : group) {
      if (!left.contains(number)) {
        left.add(number);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!left.isEmpty()) {
      Integer ready = null;
      for (Integer number : left) {
        boolean waits = false;
        for (int id = 0; id < to.length; id++) {
          waits |= to[id] == number && left.contains(from[id]);
        }
        if (!waits) {
          ready = number;
          break;
        }
      }
      if (ready == null) {
        throw new NotSpreadableException("fragments wait for each other");
      }
      left.remove(ready);
      order.add(ready);
    }
    return order;
  }

  private Fragment fragment(int id, int number) {
    List<Stream> streams = new ArrayList<>();
    List<Integer> origins = new ArrayList<>();
    List<Field> output = List.of();
    Place place = Place.LEADER;
    for (int i = 0; i < segments.size(); i++) {
      if (group[i] != number) {
        continue;
      }
      PlacedSegment placed = segments.get(i);
      Segment segment = placed.segment();
      place = placed.place();
      origins.add(segment.id());
      int next = streams.size();
      streams.add(
          new Stream(
              next,
              List.of(
                  new Segment(
                      next,
                      segment.source(),
                      segment.transforms(),
                      segment.sink(),
                      segment.label()))));
      if (returns(segment)) {
        output = plan.output();
      }
    }
    return new Fragment(id, place, new PhysicalPlan(streams, output, plan.parameters()), origins);
  }
}

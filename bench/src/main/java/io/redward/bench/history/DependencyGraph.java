package io.redward.bench.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who must come before whom, and the cycles in it.
final class DependencyGraph {
  enum Kind {
    OVERWRITE,
    READ,
    READ_BEFORE
  }

  private record Edge(int to, Kind kind) {}

  /// A place on the way along a cycle.
  ///
  /// @param afterReadBefore whether the last edge was one of that kind
  private record Place(int node, boolean afterReadBefore) {}

  private final Map<Integer, Set<Edge>> edges = new HashMap<>();

  void add(int from, int to, Kind kind) {
    if (from != to) {
      edges.computeIfAbsent(from, _ -> new HashSet<>()).add(new Edge(to, kind));
    }
  }

  /// How many strongly connected components hold a cycle of each kind, the worst counting.
  Map<Anomaly, Integer> cycles() {
    Map<Anomaly, Integer> found = new TreeMap<>();
    for (Set<Integer> component : components()) {
      if (component.size() > 1) {
        found.merge(worst(component), 1, Integer::sum);
      }
    }
    return found;
  }

  private Anomaly worst(Set<Integer> component) {
    if (cycleOf(component, Set.of(Kind.OVERWRITE))) {
      return Anomaly.G0;
    }
    if (cycleOf(component, Set.of(Kind.OVERWRITE, Kind.READ))) {
      return Anomaly.G1C;
    }
    for (int node : component) {
      for (Edge edge : edges.getOrDefault(node, Set.of())) {
        if (edge.kind() == Kind.READ_BEFORE
            && component.contains(edge.to())
            && returns(edge.to(), node, component)) {
          return Anomaly.G_SINGLE;
        }
      }
    }
    return Anomaly.G2;
  }

  /// Whether edges of these kinds alone form a cycle: whether nodes without a predecessor can be
  /// taken away one after another until none is left.
  private boolean cycleOf(Set<Integer> component, Set<Kind> kinds) {
    Map<Integer, Integer> predecessors = new HashMap<>();
    component.forEach(node -> predecessors.put(node, 0));
    for (int node : component) {
      for (Edge edge : edges.getOrDefault(node, Set.of())) {
        if (kinds.contains(edge.kind()) && component.contains(edge.to())) {
          predecessors.merge(edge.to(), 1, Integer::sum);
        }
      }
    }
    Deque<Integer> free = new ArrayDeque<>();
    predecessors.forEach(
        (node, count) -> {
          if (count == 0) {
            free.add(node);
          }
        });
    int taken = 0;
    while (!free.isEmpty()) {
      taken++;
      for (Edge edge : edges.getOrDefault(free.remove(), Set.of())) {
        if (kinds.contains(edge.kind())
            && component.contains(edge.to())
            && predecessors.merge(edge.to(), -1, Integer::sum) == 0) {
          free.add(edge.to());
        }
      }
    }
    return taken < component.size();
  }

  /// Whether a way leads back on which no two reads that were overwritten are neighbours, the one
  /// that led to `from` included.
  private boolean returns(int from, int target, Set<Integer> component) {
    Set<Place> seen = new HashSet<>();
    Deque<Place> open = new ArrayDeque<>(List.of(new Place(from, true)));
    while (!open.isEmpty()) {
      Place place = open.remove();
      if (place.node() == target && !place.afterReadBefore()) {
        return true;
      }
      for (Edge edge : edges.getOrDefault(place.node(), Set.of())) {
        boolean readBefore = edge.kind() == Kind.READ_BEFORE;
        Place next = new Place(edge.to(), readBefore);
        if (component.contains(edge.to())
            && !(readBefore && place.afterReadBefore())
            && seen.add(next)) {
          open.add(next);
        }
      }
    }
    return false;
  }

  /// Tarjan's strongly connected components, without recursion.
  private List<Set<Integer>> components() {
    Map<Integer, Integer> index = new HashMap<>();
    Map<Integer, Integer> low = new HashMap<>();
    Deque<Integer> stack = new ArrayDeque<>();
    Set<Integer> onStack = new HashSet<>();
    List<Set<Integer>> components = new ArrayList<>();
    for (int root : edges.keySet()) {
      if (index.containsKey(root)) {
        continue;
      }
      Deque<Visit> visits = new ArrayDeque<>();
      visits.push(visit(root, index, low, stack, onStack));
      while (!visits.isEmpty()) {
        Visit visit = visits.element();
        if (visit.left().hasNext()) {
          int next = visit.left().next().to();
          if (!index.containsKey(next)) {
            visits.push(visit(next, index, low, stack, onStack));
          } else if (onStack.contains(next)) {
            low.merge(visit.node(), at(index, next), Math::min);
          }
          continue;
        }
        visits.pop();
        int node = visit.node();
        if (!visits.isEmpty()) {
          low.merge(visits.element().node(), at(low, node), Math::min);
        }
        if (at(low, node) == at(index, node)) {
          Set<Integer> component = new HashSet<>();
          int member;
          do {
            member = stack.pop();
            onStack.remove(member);
            component.add(member);
          } while (member != node);
          components.add(component);
        }
      }
    }
    return components;
  }

  private static int at(Map<Integer, Integer> numbers, int node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalStateException("node " + node + " has not been visited");
    }
    return number;
  }

  private record Visit(int node, Iterator<Edge> left) {}

  private Visit visit(
      int node,
      Map<Integer, Integer> index,
      Map<Integer, Integer> low,
      Deque<Integer> stack,
      Set<Integer> onStack) {
    index.put(node, index.size());
    low.put(node, index.get(node));
    stack.push(node);
    onStack.add(node);
    return new Visit(node, edges.getOrDefault(node, Set.of()).iterator());
  }
}

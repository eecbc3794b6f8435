package io.redward.leader.optimizer;

import io.redward.leader.relational.PlanningCancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a cheap order of joins: the cheapest tree of any shape for regions of up to ten leaves, by
/// dynamic programming over sets of leaves; for larger ones repeatedly the pair that yields the
/// fewest rows.
///
/// Costs are in nanoseconds of one core, from measurements of hash joins: a row costs about 12 to
/// build into a table and 3 a column to keep there, 4 to 15 to probe one, the more the larger the
/// table is, and 3 to carry on.
///
/// Source: Moerkotte and Neumann, Analysis of Two Existing and One New Dynamic Programming
/// Algorithm for the Generation of Optimal Bushy Join Trees (DPsub). **Differs:** a cross product
/// is tried only between sets that nothing connects to anything, or with a single row.
final class JoinSearch {
  private static final int MAX_EXHAUSTIVE = 10;
  private static final double BUILD_NANOS = 12;
  private static final double KEEP_COLUMN_NANOS = 3;
  private static final double PROBE_NANOS_SMALL = 4;
  private static final double PROBE_NANOS_LARGE = 15;
  private static final double SMALL_TABLE_ROWS = 1e4;
  private static final double LARGE_TABLE_ROWS = 1e6;
  private static final double OUTPUT_NANOS = 3;
  private static final double PAIR_NANOS = 1;

  /// A tree of joins: a leaf, or two trees of which the right one is built into a table.
  record Tree(long set, double cost, @Nullable Tree left, @Nullable Tree right) {
    boolean isLeaf() {
      return left == null;
    }

    int leaf() {
      return Long.numberOfTrailingZeros(set);
    }
  }

  private final JoinGraph graph;

  JoinSearch(JoinGraph graph) {
    this.graph = graph;
  }

  Tree best() {
    return graph.leafCount() <= MAX_EXHAUSTIVE ? exhaustive() : greedy();
  }

  private Tree leaf(int index) {
    return new Tree(1L << index, 0, null, null);
  }

  private boolean isDependent(int leaf) {
    return graph.needs(leaf) != 0;
  }

  private Tree exhaustive() {
    int count = graph.leafCount();
    @Nullable Tree[] best = new Tree[1 << count];
    for (int i = 0; i < count; i++) {
      if (!isDependent(i)) {
        best[1 << i] = leaf(i);
      }
    }
    for (int set = 1; set < best.length; set++) {
      if (best[set] == null && Integer.bitCount(set) > 1) {
        best[set] = cheapest(set, best, false);
      }
    }
    Tree whole = best[best.length - 1];
    return whole != null ? whole : greedy();
  }

  private @Nullable Tree cheapest(int set, @Nullable Tree[] best, boolean cross) {
    PlanningCancellation.check();
    Tree cheapest = null;
    for (int left = (set - 1) & set; left > 0; left = (left - 1) & set) {
      Tree a = best[left];
      int right = set & ~left;
      Tree candidate = null;
      if (Integer.bitCount(right) == 1 && isDependent(Integer.numberOfTrailingZeros(right))) {
        candidate = a == null ? null : dependent(a, Integer.numberOfTrailingZeros(right));
      } else {
        Tree b = best[right];
        if (a != null && b != null && mayJoin(a, b, cross)) {
          candidate = inner(a, b);
        }
      }
      if (candidate != null && (cheapest == null || candidate.cost <= cheapest.cost)) {
        cheapest = candidate;
      }
    }
    return cheapest == null && !cross ? cheapest(set, best, true) : cheapest;
  }

  private boolean mayJoin(Tree a, Tree b, boolean cross) {
    if (graph.connected(a.set, b.set)) {
      return true;
    }
    return cross
        ? isClosed(a.set) && isClosed(b.set)
        : b.isLeaf() && graph.rows(b.set) <= 1 && !graph.hasEqualities(b.leaf());
  }

  /// True if nothing connects the set to a leaf outside.
  private boolean isClosed(long set) {
    long all = (1L << graph.leafCount()) - 1;
    for (int i = 0; i < graph.leafCount(); i++) {
      boolean outside = (set >> i & 1) == 0;
      if (outside && !isDependent(i) && graph.connected(set, 1L << i)) {
        return false;
      }
    }
    return (set & all) == set;
  }

  private Tree inner(Tree probe, Tree build) {
    long set = probe.set | build.set;
    double join =
        graph.hasEquality(probe.set, build.set)
            ? hashJoin(graph.rows(probe.set), graph.rows(build.set), graph.width(build.set))
            : graph.rows(probe.set) * graph.rows(build.set) * PAIR_NANOS;
    double cost = probe.cost + build.cost + join + graph.rows(set) * OUTPUT_NANOS;
    return new Tree(set, cost, probe, build);
  }

  /// A tree with a dependent leaf joined to it, or null if it cannot be yet.
  private @Nullable Tree dependent(Tree left, int leaf) {
    if ((graph.needs(leaf) & ~left.set) != 0) {
      return null;
    }
    long set = left.set | 1L << leaf;
    double leftRows = graph.rows(left.set);
    double rightRows = graph.rows(1L << leaf);
    double join =
        graph.hasEquality(leaf)
            ? Math.min(
                hashJoin(leftRows, rightRows, graph.width(1L << leaf)),
                hashJoin(rightRows, leftRows, graph.width(left.set)))
            : leftRows * rightRows * PAIR_NANOS;
    double cost = left.cost + join + graph.rows(set) * OUTPUT_NANOS;
    return new Tree(set, cost, left, leaf(leaf));
  }

  private static double hashJoin(double probeRows, double buildRows, int buildWidth) {
    double size =
        Math.clamp(
            (Math.log(buildRows) - Math.log(SMALL_TABLE_ROWS))
                / (Math.log(LARGE_TABLE_ROWS) - Math.log(SMALL_TABLE_ROWS)),
            0,
            1);
    double probe = PROBE_NANOS_SMALL + size * (PROBE_NANOS_LARGE - PROBE_NANOS_SMALL);
    return buildRows * (BUILD_NANOS + buildWidth * KEEP_COLUMN_NANOS) + probeRows * probe;
  }

  private Tree greedy() {
    List<Tree> trees = new ArrayList<>();
    List<Integer> dependents = new ArrayList<>();
    for (int i = 0; i < graph.leafCount(); i++) {
      if (isDependent(i)) {
        dependents.add(i);
      } else {
        trees.add(leaf(i));
      }
    }
    while (trees.size() > 1 || !dependents.isEmpty()) {
      step(trees, dependents);
    }
    return trees.getFirst();
  }

  /// Joins the pair that yields the fewest rows; the smallest two if nothing is connected.
  private void step(List<Tree> trees, List<Integer> dependents) {
    Tree best = null;
    for (Tree a : trees) {
      PlanningCancellation.check();
      for (Tree b : trees) {
        if (a != b && graph.connected(a.set, b.set)) {
          best = fewer(best, inner(a, b));
        }
      }
      for (int leaf : dependents) {
        best = fewer(best, dependent(a, leaf));
      }
    }
    if (best == null) {
      trees.sort((a, b) -> Double.compare(graph.rows(b.set), graph.rows(a.set)));
      best = inner(trees.get(trees.size() - 2), trees.getLast());
    }
    long taken = best.set;
    trees.removeIf(tree -> (tree.set & taken) != 0);
    dependents.removeIf(leaf -> (taken >> leaf & 1) != 0);
    trees.add(best);
  }

  private @Nullable Tree fewer(@Nullable Tree a, @Nullable Tree b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    int byRows = Double.compare(graph.rows(a.set), graph.rows(b.set));
    return byRows < 0 || byRows == 0 && a.cost <= b.cost ? a : b;
  }
}

package io.redward.leader.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// Finds subtrees that occur more than once in a statement (a WITH query or view that is used
/// twice, a subquery over the same join as its surroundings) and are worth computing once: every
/// aggregation, and joins that yield few rows of those they read.
///
/// Only the largest repeated subtrees count: what lies inside one is computed once with it.
final class SharedSubtrees {
  /// Keeping rows costs about as much as scanning so many times as many.
  private static final double WORTHWHILE = 4;

  private final Conversion conversion;
  private final Map<Key, Integer> uses = new HashMap<>();
  private final Map<Key, Placed> converted = new HashMap<>();
  private boolean anyRepeated;

  SharedSubtrees(Conversion conversion) {
    this.conversion = conversion;
  }

  /// Equality by the whole subtree.
  private record Key(RelNode rel, int hash) {
    static Key of(RelNode rel) {
      return new Key(rel, rel.deepHashCode());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && hash == that.hash && rel.deepEquals(that.rel);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /// Counts the subtrees of a statement.
  void count(RelNode rel) {
    if (!isCandidate(rel) || uses.merge(Key.of(rel), 1, Integer::sum) == 1) {
      rel.getInputs().forEach(this::count);
    } else {
      anyRepeated = true;
    }
  }

  private boolean isCandidate(RelNode rel) {
    return switch (rel) {
      case Aggregate _ -> isDeterministic(rel);
      case Join _ -> conversion.rows(rel) * WORTHWHILE < scannedRows(rel) && isDeterministic(rel);
      default -> false;
    };
  }

  private static double scannedRows(RelNode rel) {
    if (rel instanceof TableScan scan) {
      return scan.getTable().getRowCount();
    }
    return rel.getInputs().stream().mapToDouble(SharedSubtrees::scannedRows).sum();
  }

  private static boolean isDeterministic(RelNode rel) {
    List<RexNode> expressions = new ArrayList<>();
    switch (rel) {
      case Filter filter -> expressions.add(filter.getCondition());
      case Project project -> expressions.addAll(project.getProjects());
      case Join join -> expressions.add(join.getCondition());
      default -> {}
    }
    return expressions.stream().allMatch(RexUtil::isDeterministic)
        && rel.getInputs().stream().allMatch(SharedSubtrees::isDeterministic);
  }

  boolean isShared(RelNode rel) {
    return anyRepeated && isCandidate(rel) && uses.getOrDefault(Key.of(rel), 0) > 1;
  }

  /// The subtree as converted for its first use.
  Placed once(RelNode rel, java.util.function.Supplier<Placed> convert) {
    Key key = Key.of(rel);
    Placed known = converted.get(key);
    if (known != null) {
      return known;
    }
    Placed placed = convert.get();
    Placed shared = placed.with(new PhysicalNode.Shared(conversion.newState(), placed.node()));
    converted.put(key, shared);
    return shared;
  }
}

package io.redward.cluster.cut;

import io.redward.cluster.placement.HotKeys;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.TransformStep;
import io.redward.storage.table.ColumnStatistics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells by the samples of columns which values are so common that one node would have many more
/// rows than others were each value one node's.
final class Skew {
  /// A value is hot if it is more than such a part of what is a node's even share.
  private static final double HOT = 0.25;

  /// Ranges of a key are no way to divide a table where one value is more than so many even shares.
  private static final double DIVIDES = 1.5;

  private static final int MOST = 16;

  /// Rows of the inner side with one value that are copied to every node at the most.
  private static final long COPIED_ROWS = 8_192;

  private final PlanCutter.Topology topology;

  Skew(PlanCutter.Topology topology) {
    this.topology = topology;
  }

  private Optional<ColumnStatistics> statistics(Optional<Origins.Column> column) {
    return column.flatMap(each -> topology.table(each.tableId()).statistics(each.columnId()));
  }

  /// Whether one value, or NULL, is so common that the node that had it would hold the others up.
  boolean isSkewed(Optional<Origins.Column> column) {
    double limit = DIVIDES / topology.nodes();
    Optional<ColumnStatistics> known = statistics(column);
    return known.isPresent()
        && (nullShare(known.get()) > limit || !common(known.get(), limit).isEmpty());
  }

  private static double nullShare(ColumnStatistics known) {
    return (double) known.nullCount() / Math.max(1, known.rowCount());
  }

  private static Map<Long, Double> common(ColumnStatistics known, double least) {
    return known.distribution().map(values -> values.common(least)).orElse(Map.of());
  }

  /// The hot values of a join's outer side. Of several keys a row must have a hot value of each for
  /// its values together to be hot, so the one with the fewest rows tells.
  ///
  /// @param outer the columns that the looking rows are of, `inner` those of the rows found
  Optional<HotKeys> hot(
      TransformStep.Probe probe, Origins outer, SinkStep.Build build, Origins inner) {
    Optional<HotKeys> fewest = Optional.empty();
    double least = Double.MAX_VALUE;
    for (int key = 0; key < probe.keys().size(); key++) {
      Expression one = probe.keys().get(key);
      Expression other = build.keys().get(key);
      Optional<ColumnStatistics> known = statistics(outer.of(one));
      if (known.isEmpty() || !Keyed.alike(one, other) || wide(one) != wide(other)) {
        continue;
      }
      double limit = HOT / topology.nodes();
      Map<Long, Double> values = new HashMap<>(common(known.get(), limit));
      double nullShare = build.nullSafe().get(key) ? 0 : nullShare(known.get());
      boolean nulls = nullShare >= limit;
      if (values.isEmpty() && !nulls) {
        return Optional.empty();
      }
      statistics(inner.of(other)).ifPresent(found -> values.keySet().removeAll(many(found)));
      double share =
          (nulls ? nullShare : 0) + values.values().stream().mapToDouble(each -> each).sum();
      if (share > 0 && share < least) {
        least = share;
        fewest = Optional.of(new HotKeys(key, largest(values), nulls, false));
      }
    }
    return fewest;
  }

  private static boolean wide(Expression key) {
    return key.physical() == Physical.INT128;
  }

  /// Values that too many rows of the inner side have.
  private static Set<Long> many(ColumnStatistics found) {
    double share = (double) COPIED_ROWS / Math.max(1, found.rowCount());
    return common(found, share).keySet();
  }

  private static List<Long> largest(Map<Long, Double> values) {
    return values.entrySet().stream()
        .sorted(Map.Entry.<Long, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .map(Map.Entry::getKey)
        .toList();
  }
}

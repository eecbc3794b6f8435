package io.redward.leader.physical;

import io.redward.leader.physical.PhysicalNode.HashJoin;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Two stored columns that a plan equates.
///
/// @param bytes of the smaller side, which would have to be moved to meet the other one
public record JoinUse(
    long leftTable, int leftColumn, long rightTable, int rightColumn, double bytes) {

  /// All of a plan.
  static List<JoinUse> of(PhysicalNode root) {
    Map<Integer, Long> tables = new HashMap<>();
    scans(root, tables);
    List<JoinUse> found = new ArrayList<>();
    if (tables.size() > 1) {
      collect(root, tables, found);
    }
    return found;
  }

  private static void scans(PhysicalNode node, Map<Integer, Long> tables) {
    if (node instanceof PhysicalNode.SeqScan scan) {
      scan.columns().stream()
          .filter(column -> column.origin().isStored())
          .forEach(column -> tables.put(column.origin().scan(), scan.table().tableId()));
    }
    node.inputs().forEach(input -> scans(input, tables));
  }

  private static void collect(PhysicalNode node, Map<Integer, Long> tables, List<JoinUse> found) {
    switch (node) {
      case HashJoin join -> add(join.probe(), join.build(), join.keys(), tables, found);
      case PhysicalNode.MergeJoin join ->
          add(join.outer(), join.inner(), join.keys(), tables, found);
      default -> {}
    }
    node.inputs().forEach(input -> collect(input, tables, found));
  }

  private static void add(
      PhysicalNode left,
      PhysicalNode right,
      HashJoin.Keys keys,
      Map<Integer, Long> tables,
      List<JoinUse> found) {
    double bytes = Math.min(left.rows() * left.width(), right.rows() * right.width());
    for (int i = 0; i < keys.probe().size(); i++) {
      Column.Origin from = origin(left, keys.probe().get(i));
      Column.Origin to = origin(right, keys.build().get(i));
      if (tables.containsKey(from.scan()) && tables.containsKey(to.scan())) {
        found.add(
            new JoinUse(
                tables.getOrDefault(from.scan(), 0L),
                from.columnId(),
                tables.getOrDefault(to.scan(), 0L),
                to.columnId(),
                bytes));
      }
    }
  }

  private static Column.Origin origin(PhysicalNode side, Expression key) {
    FieldRef field = ScanPredicates.column(key);
    return field == null ? Column.Origin.COMPUTED : side.columns().get(field.index()).origin();
  }
}

package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// In which order the rows of an operator come, as far as sort keys of tables bring it about.
final class RowOrder {
  private RowOrder() {}

  /// The columns by which an operator's rows are ordered, most significant first.
  static List<Integer> of(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.SeqScan scan -> scan(scan);
      case PhysicalNode.Filter filter -> of(filter.input());
      case PhysicalNode.Secured secured -> of(secured.input());
      case PhysicalNode.Project project -> projected(project);
      case PhysicalNode.MergeJoin join -> of(join.outer());
      case PhysicalNode.HashJoin _,
          PhysicalNode.SystemTableScan _,
          PhysicalNode.ValuesScan _,
          PhysicalNode.Expand _,
          PhysicalNode.Unnest _,
          PhysicalNode.NestedLoopJoin _,
          PhysicalNode.Aggregate _,
          PhysicalNode.Sort _,
          PhysicalNode.Limit _,
          PhysicalNode.Window _,
          PhysicalNode.Append _,
          PhysicalNode.Shared _ ->
          List.of();
    };
  }

  private static List<Integer> scan(PhysicalNode.SeqScan scan) {
    List<Integer> order = new ArrayList<>();
    for (int column : scan.table().sortKey()) {
      int place = scan.columnIds().indexOf(column);
      if (place < 0) {
        break;
      }
      order.add(place);
    }
    return order;
  }

  private static List<Integer> projected(PhysicalNode.Project project) {
    List<Integer> order = new ArrayList<>();
    for (int column : of(project.input())) {
      int place = -1;
      for (int i = 0; i < project.expressions().size() && place < 0; i++) {
        place =
            project.expressions().get(i) instanceof FieldRef field && field.index() == column
                ? i
                : -1;
      }
      if (place < 0) {
        break;
      }
      order.add(place);
    }
    return order;
  }

  /// Whether rows with equal keys come together: the keys are the first columns of the order.
  static boolean groups(PhysicalNode node, List<Expression> keys) {
    Set<Integer> places = new HashSet<>();
    for (Expression key : keys) {
      if (!(key instanceof FieldRef field)) {
        return false;
      }
      places.add(field.index());
    }
    List<Integer> order = of(node);
    return !places.isEmpty()
        && order.size() >= places.size()
        && places.equals(new HashSet<>(order.subList(0, places.size())));
  }

  /// Whether two scans are sorted by the equated columns, in one order: the pairs' ordinals in that
  /// order, empty if not.
  static List<Integer> merging(
      PhysicalNode outer,
      PhysicalNode inner,
      List<Expression> outerKeys,
      List<Expression> innerKeys) {
    List<Integer> outerOrder = of(outer);
    List<Integer> innerOrder = of(inner);
    int count = outerKeys.size();
    if (outerOrder.size() < count || innerOrder.size() < count) {
      return List.of();
    }
    List<Integer> ordinals = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      int found = -1;
      for (int i = 0; i < count; i++) {
        if (outerKeys.get(i) instanceof FieldRef outerKey
            && innerKeys.get(i) instanceof FieldRef innerKey
            && outerKey.index() == outerOrder.get(place)
            && innerKey.index() == innerOrder.get(place)) {
          found = i;
        }
      }
      if (found < 0) {
        return List.of();
      }
      ordinals.add(found);
    }
    return ordinals;
  }
}

package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Comparisons of single columns with constants that hold for every row of an operator, because
/// filters below it see to that.
final class KnownConditions {
  /// Conditions over the fields of the node.
  List<RexNode> of(RelNode node) {
    return switch (node) {
      case LogicalFilter filter -> ofFilter(filter);
      case LogicalProject project -> ofProject(project);
      case LogicalAggregate aggregate -> ofAggregate(aggregate);
      case LogicalSort sort -> of(sort.getInput());
      case Join join -> ofJoin(join);
      default -> List.of();
    };
  }

  private List<RexNode> ofFilter(LogicalFilter filter) {
    List<RexNode> known = new ArrayList<>(of(filter.getInput()));
    for (RexNode conjunct : Conjunction.conjuncts(filter.getCondition())) {
      ImmutableBitSet columns = Conjunction.columns(conjunct);
      if (columns.cardinality() == 1
          && ImpliedConditions.comparesColumn(conjunct, columns.nth(0))) {
        known.add(conjunct);
      }
    }
    return known;
  }

  private List<RexNode> ofProject(LogicalProject project) {
    int[] targets = new int[project.getInput().getRowType().getFieldCount()];
    Arrays.fill(targets, FieldMapping.GONE);
    for (int i = 0; i < project.getProjects().size(); i++) {
      if (project.getProjects().get(i) instanceof RexInputRef reference) {
        targets[reference.getIndex()] = i;
      }
    }
    return moved(of(project.getInput()), targets, project);
  }

  private List<RexNode> ofAggregate(LogicalAggregate aggregate) {
    int[] targets = new int[aggregate.getInput().getRowType().getFieldCount()];
    Arrays.fill(targets, FieldMapping.GONE);
    if (aggregate.getGroupSets().size() == 1) {
      for (int i = 0; i < aggregate.getGroupCount(); i++) {
        targets[aggregate.getGroupSet().nth(i)] = i;
      }
    }
    return moved(of(aggregate.getInput()), targets, aggregate);
  }

  private List<RexNode> ofJoin(Join join) {
    List<RexNode> known = new ArrayList<>();
    if (!join.getJoinType().generatesNullsOnLeft()) {
      known.addAll(of(join.getLeft()));
    }
    if (join.getJoinType().projectsRight() && !join.getJoinType().generatesNullsOnRight()) {
      int shift = join.getLeft().getRowType().getFieldCount();
      int[] targets = new int[join.getRight().getRowType().getFieldCount()];
      Arrays.setAll(targets, i -> i + shift);
      known.addAll(moved(of(join.getRight()), targets, join));
    }
    return known;
  }

  private static List<RexNode> moved(List<RexNode> conditions, int[] targets, RelNode node) {
    FieldMapping mapping = FieldMapping.of(targets, node.getRowType().getFieldList());
    return conditions.stream()
        .filter(
            condition ->
                RelOptUtil.InputFinder.bits(condition).asList().stream()
                    .allMatch(column -> targets[column] != FieldMapping.GONE))
        .map(mapping::apply)
        .toList();
  }
}

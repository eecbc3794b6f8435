package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableSet;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.leader.relational.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Makes operators anew over other inputs, keeping references and result types in step with the
/// inputs' nullability (which narrows when an outer join becomes an inner one).
final class Rebuild {
  private Rebuild() {}

  /// The node with every input rewritten.
  static RelNode mapInputs(RelNode node, UnaryOperator<RelNode> rewrite) {
    PlanningCancellation.check();
    if (node.getInputs().isEmpty()) {
      return node;
    }
    List<RelNode> inputs = new ArrayList<>(node.getInputs().size());
    boolean changed = false;
    for (RelNode input : node.getInputs()) {
      RelNode rewritten = rewrite.apply(input);
      changed |= rewritten != input;
      inputs.add(rewritten);
    }
    return changed ? withInputs(node, inputs) : node;
  }

  /// The node over inputs of as many fields, whose types differ in nullability at most.
  static RelNode withInputs(RelNode node, List<RelNode> inputs) {
    return switch (node) {
      case LogicalFilter filter ->
          LogicalFilter.create(
              inputs.getFirst(),
              FieldMapping.retype(inputs.getFirst()).apply(filter.getCondition()),
              ImmutableSet.copyOf(filter.getVariablesSet()));
      case LogicalProject project ->
          project(
              project,
              inputs.getFirst(),
              FieldMapping.retype(inputs.getFirst()).applyAll(project.getProjects()));
      case LogicalJoin join -> join(join, inputs.get(0), inputs.get(1));
      case Unnest unnest -> {
        FieldMapping mapping = FieldMapping.retype(inputs.getFirst());
        yield unnest.over(inputs.getFirst(), mapping.apply(unnest.value()));
      }
      case LogicalAggregate aggregate ->
          aggregate(aggregate, inputs.getFirst(), FieldMapping.retype(inputs.getFirst()));
      default -> node.copy(node.getTraitSet(), inputs);
    };
  }

  /// A projection with the field names and correlation variables of another.
  static RelNode project(Project like, RelNode input, List<RexNode> expressions) {
    return LogicalProject.create(
        input, List.of(), expressions, like.getRowType().getFieldNames(), like.getVariablesSet());
  }

  /// The join on another condition.
  static RelNode on(RexNode condition, Join join) {
    return condition.equals(join.getCondition())
        ? join
        : join.copy(
            join.getTraitSet(),
            condition,
            join.getLeft(),
            join.getRight(),
            join.getJoinType(),
            join.isSemiJoinDone());
  }

  private static RelNode join(Join join, RelNode left, RelNode right) {
    List<RelDataTypeField> fields = new ArrayList<>(left.getRowType().getFieldList());
    fields.addAll(right.getRowType().getFieldList());
    RexNode condition = FieldMapping.shift(fields, 0).apply(join.getCondition());
    return LogicalJoin.create(
        left, right, List.of(), condition, join.getVariablesSet(), join.getJoinType());
  }

  /// An aggregate over an input whose fields lie elsewhere; result types are inferred anew.
  static RelNode aggregate(Aggregate aggregate, RelNode input, FieldMapping mapping) {
    List<ImmutableBitSet> groupSets =
        aggregate.getGroupSets().stream()
            .map(mapping::columns)
            .sorted(ImmutableBitSet.ORDERING)
            .toList();
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(call(aggregate, call, input, mapping));
    }
    return LogicalAggregate.create(
        input, List.of(), mapping.columns(aggregate.getGroupSet()), groupSets, calls);
  }

  static AggregateCall call(
      Aggregate aggregate, AggregateCall call, RelNode input, FieldMapping mapping) {
    List<Integer> arguments = call.getArgList().stream().map(mapping::target).toList();
    return AggregateCall.create(
        call.getParserPosition(),
        call.getAggregation(),
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        arguments,
        call.filterArg < 0 ? -1 : mapping.target(call.filterArg),
        call.distinctKeys == null ? null : mapping.columns(call.distinctKeys),
        collation(call.getCollation(), mapping),
        aggregate.hasEmptyGroup(),
        input,
        null,
        call.getName());
  }

  static RelCollation collation(RelCollation collation, FieldMapping mapping) {
    return RelCollations.of(
        collation.getFieldCollations().stream()
            .map(field -> field.withFieldIndex(mapping.target(field.getFieldIndex())))
            .toList());
  }
}

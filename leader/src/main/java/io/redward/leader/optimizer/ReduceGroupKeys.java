package io.redward.leader.optimizer;

import io.redward.leader.relational.PlainCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/// Groups by no more columns than it takes to tell the groups apart. A column that the others
/// determine, by a key of its table or by being equal to one of them, is the same throughout a
/// group and becomes `ANY_VALUE` of it: `GROUP BY c_custkey, c_name, c_address` is `GROUP BY
/// c_custkey` where `c_custkey` is CUSTOMER's key. Strings go first.
///
/// It trusts declared keys, as all of the planner does.
final class ReduceGroupKeys {
  private final RexBuilder builder;

  private ReduceGroupKeys(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new ReduceGroupKeys(context.rexBuilder()).rewrite(root);
  }

  private RelNode rewrite(RelNode node) {
    RelNode over = Rebuild.mapInputs(node, this::rewrite);
    return over instanceof LogicalAggregate aggregate
            && Aggregate.isSimple(aggregate)
            && aggregate.getGroupCount() > 1
        ? reduce(aggregate)
        : over;
  }

  private RelNode reduce(LogicalAggregate aggregate) {
    Determination determination = Determination.of(aggregate.getInput());
    ImmutableBitSet kept = aggregate.getGroupSet();
    for (int key : byWeight(aggregate)) {
      ImmutableBitSet rest = kept.clear(key);
      if (!rest.isEmpty() && determination.closure(rest).get(key)) {
        kept = rest;
      }
    }
    return kept.equals(aggregate.getGroupSet()) ? aggregate : regrouped(aggregate, kept);
  }

  /// The keys, those first that cost most to hash and compare.
  private static List<Integer> byWeight(Aggregate aggregate) {
    List<Integer> keys = new ArrayList<>(aggregate.getGroupSet().asList());
    keys.sort(
        Comparator.comparingInt(
            key -> {
              RelDataType type =
                  aggregate.getInput().getRowType().getFieldList().get(key).getType();
              return type.getSqlTypeName() == SqlTypeName.VARCHAR ? -type.getPrecision() : 0;
            }));
    return keys;
  }

  private RelNode regrouped(LogicalAggregate aggregate, ImmutableBitSet kept) {
    RelNode input = aggregate.getInput();
    List<AggregateCall> calls = new ArrayList<>();
    ImmutableBitSet dropped = aggregate.getGroupSet().except(kept);
    for (int key : dropped) {
      calls.add(
          PlainCall.of(SqlStdOperatorTable.ANY_VALUE, List.of(key), input, false)
              .withName(input.getRowType().getFieldNames().get(key)));
    }
    calls.addAll(aggregate.getAggCallList());
    RelNode narrow = LogicalAggregate.create(input, List.of(), kept, List.of(kept), calls);
    List<RexNode> expressions = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      int at = kept.get(key) ? kept.indexOf(key) : kept.cardinality() + dropped.indexOf(key);
      expressions.add(builder.makeInputRef(narrow, at));
    }
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      int at = kept.cardinality() + dropped.cardinality() + i;
      expressions.add(builder.makeInputRef(narrow, at));
    }
    return LogicalProject.create(
        narrow, List.of(), expressions, aggregate.getRowType().getFieldNames(), Set.of());
  }
}

package io.redward.leader.optimizer;

import io.redward.leader.relational.RelationalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Removes a DISTINCT over rows that are distinct already or that only feed a SEMI or ANTI join,
/// and splits an aggregate all of whose calls are DISTINCT over the same columns into a plain one
/// over a DISTINCT, so that execution needs no set per group: `COUNT(DISTINCT x) GROUP BY k` is
/// `COUNT(x) GROUP BY k` over `SELECT DISTINCT k, x`.
///
/// Aggregates with other calls beside, with FILTER or grouping sets stay whole.
final class SimplifyAggregates {
  private SimplifyAggregates() {}

  static RelNode apply(RelNode root, PassContext context) {
    return rewrite(root, context.rexBuilder());
  }

  private static RelNode rewrite(RelNode node, RexBuilder builder) {
    RelNode over = Rebuild.mapInputs(node, input -> rewrite(input, builder));
    return switch (over) {
      case LogicalAggregate aggregate -> aggregate(aggregate, builder);
      case LogicalJoin join when !join.getJoinType().projectsRight() -> rightWithoutDistinct(join);
      default -> over;
    };
  }

  private static RelNode aggregate(LogicalAggregate aggregate, RexBuilder builder) {
    if (isDistinct(aggregate)) {
      return !restsOnPromises(aggregate) && isUnique(aggregate)
          ? LogicalProject.create(
              aggregate.getInput(),
              List.of(),
              keys(aggregate, builder),
              aggregate.getRowType().getFieldNames(),
              Set.of())
          : aggregate;
    }
    return hasOnlyDistinctCalls(aggregate) ? split(aggregate) : aggregate;
  }

  private static boolean isDistinct(Aggregate aggregate) {
    return Aggregate.isSimple(aggregate)
        && aggregate.getAggCallList().isEmpty()
        && aggregate.getGroupCount() > 0;
  }

  /// Whether a table below has a key that nothing enforces: who asks for DISTINCT rows of it may be
  /// about to find out that the key does not hold.
  private static boolean restsOnPromises(RelNode node) {
    if (node instanceof TableScan scan) {
      RelationalTable table = scan.getTable().unwrap(RelationalTable.class);
      return table != null && table.hasPromisedKeys();
    }
    return node.getInputs().stream().anyMatch(SimplifyAggregates::restsOnPromises);
  }

  /// False also where the library stumbles over a condition with NULL that it looks at on the way.
  private static boolean isUnique(Aggregate aggregate) {
    try {
      return Boolean.TRUE.equals(
          aggregate
              .getCluster()
              .getMetadataQuery()
              .areColumnsUnique(aggregate.getInput(), aggregate.getGroupSet()));
    } catch (AssertionError e) {
      return false;
    }
  }

  private static List<RexNode> keys(Aggregate aggregate, RexBuilder builder) {
    List<RexNode> keys = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      keys.add(builder.makeInputRef(aggregate.getInput(), key));
    }
    return keys;
  }

  /// The right side of a SEMI or ANTI join without a DISTINCT of all its fields. (A join that
  /// builds its table on the right side stores each key once anyway.)
  private static RelNode rightWithoutDistinct(Join join) {
    if (join.getRight() instanceof LogicalAggregate aggregate
        && isDistinct(aggregate)
        && aggregate
            .getGroupSet()
            .equals(ImmutableBitSet.range(aggregate.getInput().getRowType().getFieldCount()))) {
      return LogicalJoin.create(
          join.getLeft(),
          aggregate.getInput(),
          List.of(),
          join.getCondition(),
          Set.of(),
          join.getJoinType() == JoinRelType.SEMI ? JoinRelType.SEMI : JoinRelType.ANTI);
    }
    return join;
  }

  private static boolean hasOnlyDistinctCalls(LogicalAggregate aggregate) {
    if (!Aggregate.isSimple(aggregate) || aggregate.getAggCallList().isEmpty()) {
      return false;
    }
    List<Integer> arguments = aggregate.getAggCallList().getFirst().getArgList();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (!call.isDistinct()
          || call.filterArg >= 0
          || call.isApproximate()
          || !call.getCollation().getFieldCollations().isEmpty()
          || !call.getArgList().equals(arguments)) {
        return false;
      }
    }
    return !arguments.isEmpty();
  }

  private static RelNode split(LogicalAggregate aggregate) {
    ImmutableBitSet columns =
        aggregate
            .getGroupSet()
            .union(ImmutableBitSet.of(aggregate.getAggCallList().getFirst().getArgList()));
    RelNode distinct =
        LogicalAggregate.create(
            aggregate.getInput(), List.of(), columns, List.of(columns), List.of());
    int[] targets = new int[aggregate.getInput().getRowType().getFieldCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = columns.get(i) ? columns.indexOf(i) : FieldMapping.GONE;
    }
    FieldMapping mapping = FieldMapping.of(targets, distinct.getRowType().getFieldList());
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(Rebuild.call(aggregate, call.withDistinct(false), distinct, mapping));
    }
    ImmutableBitSet keys = mapping.columns(aggregate.getGroupSet());
    return LogicalAggregate.create(distinct, List.of(), keys, List.of(keys), calls);
  }
}

package io.redward.leader.optimizer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Turns a subquery that stands for one value into a join that adds the value as a column.
///
/// Without correlation it is one row, joined to every row. Correlated by equalities below an
/// aggregate, `(SELECT agg(y) FROM t WHERE t.k = outer.k)` is a LEFT join with
/// `SELECT k, agg(y) FROM t GROUP BY k` on `k`; where no group is found a COUNT is 0 and any other
/// aggregate NULL. What the subquery computes from its aggregates is computed above the join, so
/// that `COUNT(*) + 1` is 1 there.
///
/// EXISTS is the same with a COUNT that is only looked at for being there, and a correlated IN is
/// three of these.
final class ScalarSubqueries {
  private final RexBuilder builder;
  private final PassContext context;

  ScalarSubqueries(PassContext context) {
    this.builder = context.rexBuilder();
    this.context = context;
  }

  /// A join, the fields of the outer row first, and the subquery's value over its row.
  record Joined(RelNode node, RexNode value) {}

  /// The outer rows joined with the subquery's value, or null if it cannot be done this way.
  @Nullable Joined join(RelNode outer, RexSubQuery subquery, Set<CorrelationId> variables) {
    if (subquery.isA(SqlKind.EXISTS)) {
      return exists(outer, Correlation.anyRow(subquery.rel), variables);
    }
    if (subquery.isA(SqlKind.IN)) {
      return membership(outer, subquery, variables);
    }
    if (!subquery.isA(SqlKind.SCALAR_QUERY)) {
      return null;
    }
    if (!Correlation.isCorrelated(subquery.rel)) {
      return single(outer, subquery.rel);
    }
    return correlated(outer, subquery.rel, variables);
  }

  private @Nullable Joined exists(RelNode outer, RelNode body, Set<CorrelationId> variables) {
    RelBuilder tree = context.planner().relBuilder().push(body);
    boolean correlated = Correlation.isCorrelated(body);
    if (!correlated) {
      tree.limit(0, 1);
    }
    RelNode count = tree.aggregate(tree.groupKey(), tree.countStar("n")).build();
    Joined joined = correlated ? correlated(outer, count, variables) : single(outer, count);
    if (joined == null) {
      return null;
    }
    RelDataType bigint = tree.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RexNode some =
        builder.makeCall(
            SqlStdOperatorTable.GREATER_THAN,
            joined.value(),
            builder.makeExactLiteral(BigDecimal.ZERO, bigint));
    return new Joined(joined.node(), some);
  }

  /// A correlated `x IN (SELECT y ...)`: true if a `y` equals `x`; NULL if there is a `y` and
  /// either is NULL; else false. The library's own way takes an outer row without any `y` for one
  /// with unknown ones.
  private @Nullable Joined membership(
      RelNode outer, RexSubQuery subquery, Set<CorrelationId> variables) {
    Optional<CorrelationId> variable =
        RelOptUtil.getVariablesUsed(subquery.rel).stream().filter(variables::contains).findFirst();
    if (variable.isEmpty() || subquery.getOperands().size() != 1) {
      return null;
    }
    RexNode x = subquery.getOperands().get(0);
    RexNode y = builder.makeInputRef(subquery.rel, 0);
    RexNode row = builder.makeCorrel(outer.getRowType(), variable.get());
    RexNode equal =
        builder.makeCall(
            SqlStdOperatorTable.EQUALS,
            y,
            x.accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef reference) {
                    return builder.makeFieldAccess(row, reference.getIndex());
                  }
                }));
    Joined found = exists(outer, filtered(subquery.rel, equal), variables);
    if (found == null || !x.getType().isNullable() && !y.getType().isNullable()) {
      return found;
    }
    RexNode absent = builder.makeCall(SqlStdOperatorTable.IS_NULL, y);
    Joined unknown = exists(found.node(), filtered(subquery.rel, absent), variables);
    Joined any = unknown == null ? null : exists(unknown.node(), subquery.rel, variables);
    if (unknown == null || any == null) {
      return null;
    }
    RexNode xAbsent = builder.makeCall(SqlStdOperatorTable.IS_NULL, x);
    RexNode open =
        builder.makeCall(
            SqlStdOperatorTable.OR,
            unknown.value(),
            builder.makeCall(SqlStdOperatorTable.AND, xAbsent, any.value()));
    RexNode value =
        builder.makeCall(
            subquery.getType(),
            SqlStdOperatorTable.CASE,
            List.of(
                found.value(),
                builder.makeLiteral(true),
                open,
                builder.makeNullLiteral(subquery.getType()),
                builder.makeLiteral(false)));
    return new Joined(any.node(), value);
  }

  private RelNode filtered(RelNode node, RexNode condition) {
    return Correlation.anyRow(LogicalFilter.create(node, condition));
  }

  private Joined single(RelNode outer, RelNode body) {
    RelNode one = body;
    if (!yieldsOneRow(body)) {
      RelBuilder tree = context.planner().relBuilder().push(body);
      one =
          tree.aggregate(
                  tree.groupKey(),
                  tree.aggregateCall(SqlStdOperatorTable.SINGLE_VALUE, tree.field(0)))
              .build();
    }
    RelNode node =
        LogicalJoin.create(
            outer, one, List.of(), builder.makeLiteral(true), Set.of(), JoinRelType.INNER);
    return new Joined(node, builder.makeInputRef(node, outer.getRowType().getFieldCount()));
  }

  private static boolean yieldsOneRow(RelNode node) {
    return switch (node) {
      case LogicalProject project -> yieldsOneRow(project.getInput());
      case LogicalAggregate aggregate ->
          aggregate.getGroupCount() == 0 && aggregate.getGroupSets().size() == 1;
      default -> false;
    };
  }

  private @Nullable Joined correlated(RelNode outer, RelNode body, Set<CorrelationId> variables) {
    RexNode value = builder.makeInputRef(body, 0);
    RelNode top = body;
    while (top instanceof LogicalProject project && isSimple(project)) {
      value = substitute(value, project.getProjects());
      top = project.getInput();
    }
    if (!(top instanceof LogicalAggregate aggregate)
        || !yieldsOneRow(aggregate)
        || !aggregate.getAggCallList().stream().allMatch(ScalarSubqueries::isKnownWhenEmpty)) {
      return null;
    }
    Correlation.Pulled pulled = Correlation.pull(builder, aggregate.getInput(), outer, variables);
    if (pulled == null) {
      return null;
    }
    Keys keys = keys(pulled);
    return keys == null ? null : grouped(outer, aggregate, pulled.node(), keys, value);
  }

  private static boolean isSimple(LogicalProject project) {
    return !RexOver.containsOver(project.getProjects(), null)
        && RexUtil.SubQueryFinder.find(project.getProjects()) == null
        && project.getProjects().stream()
            .allMatch(e -> RexUtil.isDeterministic(e) && !RexUtil.containsCorrelation(e));
  }

  /// True if it is known what the aggregate answers where there is no row: 0 or NULL.
  private static boolean isKnownWhenEmpty(AggregateCall call) {
    return isCount(call) || call.getType().isNullable();
  }

  private static boolean isCount(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.COUNT;
  }

  private static RexNode substitute(RexNode expression, List<RexNode> fields) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return fields.get(reference.getIndex());
          }
        });
  }

  /// The equalities of a subquery with the outer row, and conditions on the outer row alone.
  private record Keys(List<RexNode> inner, List<RexNode> outer, List<RexNode> conditions) {}

  private @Nullable Keys keys(Correlation.Pulled pulled) {
    Keys keys = new Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (RexNode condition : pulled.conditions()) {
      if (Conjunction.columns(condition).isEmpty()) {
        keys.conditions().add(condition);
        continue;
      }
      if (!(condition instanceof RexCall call) || !call.isA(SqlKind.EQUALS)) {
        return null;
      }
      RexNode a = call.getOperands().get(0);
      RexNode b = call.getOperands().get(1);
      boolean swap = RexUtil.containsCorrelation(a);
      RexNode inner = swap ? b : a;
      RexNode outer = swap ? a : b;
      if (RexUtil.containsCorrelation(inner) || !Conjunction.columns(outer).isEmpty()) {
        return null;
      }
      keys.inner().add(inner);
      keys.outer().add(outer);
    }
    return keys;
  }

  private Joined grouped(
      RelNode outer, LogicalAggregate aggregate, RelNode input, Keys keys, RexNode value) {
    List<Integer> columns = new ArrayList<>();
    RelNode keyed = withKeyColumns(input, keys.inner(), columns);
    ImmutableBitSet group = ImmutableBitSet.of(columns);
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(regrouped(call, keyed, group.isEmpty()));
    }
    RelNode groups = LogicalAggregate.create(keyed, List.of(), group, List.of(group), calls);
    int shift = outer.getRowType().getFieldCount();
    List<RexNode> condition = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int at = group.indexOf(columns.get(i));
      RexNode key =
          builder.makeInputRef(groups.getRowType().getFieldList().get(at).getType(), shift + at);
      RexNode other = Correlation.toJoinCondition(builder, keys.outer().get(i), outer, shift);
      condition.add(builder.makeCall(SqlStdOperatorTable.EQUALS, other, key));
    }
    for (RexNode outerOnly : keys.conditions()) {
      condition.add(Correlation.toJoinCondition(builder, outerOnly, outer, shift));
    }
    RexNode on = Conjunction.of(builder, condition);
    RelNode node = LogicalJoin.create(outer, groups, List.of(), on, Set.of(), JoinRelType.LEFT);
    List<RexNode> results = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      RexNode result = builder.makeInputRef(node, shift + group.cardinality() + i);
      results.add(isCount(calls.get(i)) ? orZero(result) : result);
    }
    return new Joined(node, substitute(value, results));
  }

  /// The input with a column for every key; says which.
  private RelNode withKeyColumns(RelNode input, List<RexNode> keys, List<Integer> columns) {
    List<RexNode> expressions = new ArrayList<>(builder.identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    for (RexNode key : keys) {
      if (key instanceof RexInputRef reference) {
        columns.add(reference.getIndex());
      } else {
        columns.add(expressions.size());
        names.add("key" + expressions.size());
        expressions.add(key);
      }
    }
    return expressions.size() == input.getRowType().getFieldCount()
        ? input
        : LogicalProject.create(input, List.of(), expressions, names, Set.of());
  }

  private static AggregateCall regrouped(AggregateCall call, RelNode input, boolean oneGroup) {
    return AggregateCall.create(
        call.getParserPosition(),
        call.getAggregation(),
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        call.getArgList(),
        call.filterArg,
        call.distinctKeys,
        call.getCollation() == null ? RelCollations.EMPTY : call.getCollation(),
        oneGroup,
        input,
        null,
        call.getName());
  }

  private RexNode orZero(RexNode count) {
    RelDataType type = builder.getTypeFactory().createTypeWithNullability(count.getType(), false);
    return builder.makeCall(
        type,
        SqlStdOperatorTable.CASE,
        List.of(
            builder.makeCall(SqlStdOperatorTable.IS_NULL, count),
            builder.makeExactLiteral(BigDecimal.ZERO, type),
            builder.makeAbstractCast(type, count, false)));
  }
}

package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.Relation.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// Rewrites expressions over the rows before grouping into expressions over the groups: a grouping
/// key becomes a column of the aggregation, an aggregate's stand-in too, and any other column is an
/// error. One instance a plan node, since subqueries in a node see its input by a variable of its
/// own.
final class GroupedExpressions {
  private final Binding binding;
  private final Clause before;
  private final Grouping grouping;
  private final RelNode aggregation;
  private final List<CorrelationId> variables = new ArrayList<>();

  /// @param before the place the expressions were bound in
  /// @param aggregation its first fields are the keys, then come the aggregates
  GroupedExpressions(Binding binding, Clause before, Grouping grouping, RelNode aggregation) {
    this.binding = binding;
    this.before = before;
    this.grouping = grouping;
    this.aggregation = aggregation;
  }

  /// The variables through which subqueries in the rewritten expressions see the groups.
  Set<CorrelationId> variables() {
    return Set.copyOf(variables);
  }

  RexNode rewrite(RexNode node) {
    return node.accept(new OverGroups());
  }

  private RexNode field(int index) {
    return binding.expressions().column(aggregation, index);
  }

  private String columnName(int index) {
    Optional<Column> column =
        before.row().columns().stream().filter(c -> c.isAt(index)).findFirst();
    return column
        .map(c -> c.range().map(range -> range.name() + ".").orElse("") + c.name())
        .orElse("?column?");
  }

  private final class OverGroups extends RexShuttle {
    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      if (ref.getIndex() >= AggregateCalls.BASE) {
        return field(grouping.keys().size() + ref.getIndex() - AggregateCalls.BASE);
      }
      int key = grouping.keys().indexOf(ref);
      if (key < 0) {
        throw Errors.at(
            binding.position(ref),
            SqlState.GROUPING_ERROR,
            "column \""
                + columnName(ref.getIndex())
                + "\" must appear in the GROUP BY clause or be used in an aggregate function");
      }
      return field(key);
    }

    @Override
    public RexNode visitCall(RexCall call) {
      int key = grouping.keys().indexOf(call);
      if (key >= 0) {
        return field(key);
      }
      RexNode visited = super.visitCall(call);
      return visited instanceof RexCall changed ? withNullability(call, changed) : visited;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      int key = grouping.keys().indexOf(subQuery);
      if (key >= 0) {
        return field(key);
      }
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return before.variables().isEmpty()
          ? visited
          : visited.clone(correlated(visited.rel, new SeenBySubqueries()));
    }

    /// A key that a grouping set leaves out is NULL, so what was surely present may not be.
    private RexNode withNullability(RexCall before, RexCall after) {
      boolean wasPresent = before.getOperands().stream().noneMatch(o -> o.getType().isNullable());
      boolean widened =
          wasPresent
              && !before.getType().isNullable()
              && Expressions.anyNullable(after.getOperands())
              && !isTest(after);
      return widened
          ? binding
              .expressions()
              .builder()
              .makeCall(
                  binding.expressions().type(typeOf(after), true),
                  after.getOperator(),
                  after.getOperands())
          : after;
    }

    private static boolean isTest(RexCall call) {
      return switch (call.getKind()) {
        case IS_NULL,
            IS_NOT_NULL,
            IS_TRUE,
            IS_NOT_TRUE,
            IS_FALSE,
            IS_NOT_FALSE,
            IS_DISTINCT_FROM,
            IS_NOT_DISTINCT_FROM ->
            true;
        default -> false;
      };
    }
  }

  /// Rewrites the row variable of the surrounding query inside a subquery's plan.
  private RelNode correlated(RelNode rel, RexShuttle shuttle) {
    return rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            return super.visit(node).accept(shuttle);
          }
        });
  }

  private final class SeenBySubqueries extends RexShuttle {
    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      boolean ours =
          access.getReferenceExpr() instanceof RexCorrelVariable variable
              && before.variables().contains(variable.id);
      if (!ours) {
        return super.visitFieldAccess(access);
      }
      int call = AggregateCalls.number(access.getField().getName());
      if (call >= 0) {
        return fieldOfGroup(grouping.keys().size() + call);
      }
      int index = access.getField().getIndex();
      for (int key = 0; key < grouping.keys().size(); key++) {
        if (grouping.keys().get(key) instanceof RexInputRef ref && ref.getIndex() == index) {
          return fieldOfGroup(key);
        }
      }
      throw Errors.at(
          binding.position(access),
          SqlState.GROUPING_ERROR,
          "subquery uses ungrouped column \"" + columnName(index) + "\" from outer query");
    }

    /// A whole key, computed from the surrounding row.
    @Override
    public RexNode visitCall(RexCall call) {
      for (int key = 0; key < grouping.keys().size(); key++) {
        if (grouping.keys().get(key) instanceof RexCall && call.equals(seen(key))) {
          return fieldOfGroup(key);
        }
      }
      return super.visitCall(call);
    }

    /// A key as a subquery of the rows before grouping would write it.
    private RexNode seen(int key) {
      RexBuilder builder = binding.expressions().builder();
      CorrelationId id = before.variables().iterator().next();
      return grouping
          .keys()
          .get(key)
          .accept(
              new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                  RexNode row = builder.makeCorrel(before.row().rel().getRowType(), id);
                  return builder.makeFieldAccess(row, ref.getIndex());
                }
              });
    }

    private RexNode fieldOfGroup(int index) {
      RexBuilder builder = binding.expressions().builder();
      return builder.makeFieldAccess(
          builder.makeCorrel(aggregation.getRowType(), variable()), index);
    }

    private CorrelationId variable() {
      if (variables.isEmpty()) {
        RelOptCluster cluster = binding.planner().cluster();
        variables.add(cluster.createCorrel());
      }
      return variables.getFirst();
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(correlated(visited.rel, this));
    }
  }
}

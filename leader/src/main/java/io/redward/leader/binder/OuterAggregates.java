package io.redward.leader.binder;

import io.redward.leader.sql.ast.Expr;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/// Says which query an aggregate in a subquery belongs to: the innermost one of which its arguments
/// name a column; the one it stands in if they name none.
final class OuterAggregates {
  private final QueryBinder queries;
  private final Clause clause;

  OuterAggregates(QueryBinder queries, Clause clause) {
    this.queries = queries;
    this.clause = clause;
  }

  Clause owner(Expr.FunctionCall call) {
    if (clause.outer() == null || call.arguments().isEmpty()) {
      return clause;
    }
    Set<CorrelationId> seen = new HashSet<>();
    ExpressionBinder inside = new ExpressionBinder(queries, clause.insideAggregate());
    for (RexNode argument : inside.bindAll(call.arguments())) {
      // A subquery's correlation may be to this very row.
      boolean own =
          RexUtil.SubQueryFinder.find(argument) != null || RexUtil.containsInputRef(argument);
      if (own) {
        return clause;
      }
      collect(argument, seen);
    }
    for (@Nullable Clause place = clause.outer(); place != null; place = place.outer()) {
      if (place.variables().stream().anyMatch(seen::contains)) {
        return place;
      }
    }
    return clause;
  }

  private static void collect(RexNode node, Set<CorrelationId> seen) {
    node.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCorrelVariable(RexCorrelVariable variable) {
            seen.add(variable.id);
            return null;
          }
        });
  }
}

package io.redward.leader.binder;

import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.WindowSpec;
import java.util.List;
import java.util.Optional;

/// `SELECT DISTINCT ON (k) … ORDER BY o` as the query that it abbreviates: `SELECT … QUALIFY
/// row_number() OVER (PARTITION BY k ORDER BY o) = 1 ORDER BY o`.
final class DistinctOn {
  private DistinctOn() {}

  /// @param query around the select
  static SelectQuery rewrite(SelectQuery select, Query query) {
    if (select.distinct().isEmpty() || select.distinct().get().on().isEmpty()) {
      return select;
    }
    int position = select.position();
    WindowSpec window =
        new WindowSpec(
            Optional.empty(),
            select.distinct().get().on(),
            query.orderBy(),
            Optional.empty(),
            position);
    Expr number =
        new Expr.FunctionCall(
            new QualifiedName(List.of(Identifier.of("row_number", position))),
            List.of(),
            CallClauses.NONE,
            Optional.of(window),
            position);
    Expr first = new Expr.BinaryExpr(number, "=", new Expr.NumberLiteral("1", position), position);
    Expr qualify =
        select
            .qualify()
            .<Expr>map(
                q -> new Expr.LogicalExpr(Expr.LogicalOperator.AND, List.of(q, first), position))
            .orElse(first);
    return select.distinctBy(qualify);
  }
}

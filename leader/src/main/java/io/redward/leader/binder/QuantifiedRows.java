package io.redward.leader.binder;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/// `(a, b) < ANY (query)`: true if some row is so, NULL if one may be, and else false. ALL is not
/// ANY of the opposite.
final class QuantifiedRows {
  private static final String ROW = "quantified row";

  private final ExpressionBinder binder;

  QuantifiedRows(ExpressionBinder binder) {
    this.binder = binder;
  }

  RexNode bind(Expr.RowExpr row, Expr.QuantifiedComparison comparison, Query query) {
    int position = comparison.position();
    boolean all = comparison.quantifier() == Expr.Quantifier.ALL;
    String operator = all ? Subqueries.negation(comparison.operator()) : comparison.operator();
    List<Identifier> names = new ArrayList<>();
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < row.elements().size(); i++) {
      Identifier name = Identifier.of("place " + i, position);
      names.add(name);
      columns.add(
          new Expr.ColumnRef(new QualifiedName(List.of(Identifier.of(ROW, position), name))));
    }
    TableRef.TableAlias alias =
        new TableRef.TableAlias(Identifier.of(ROW, position), names, List.of());
    TableRef rows = new TableRef.DerivedTable(query, false, Optional.of(alias), position);
    Expr test = new Expr.BinaryExpr(row, operator, new Expr.RowExpr(columns, position), position);
    Expr maybe = new Expr.IsExpr(test, Expr.IsTest.NULL, false, position);
    Expr any =
        new Expr.CaseExpr(
            Optional.empty(),
            List.of(
                new Expr.WhenClause(some(rows, test), new Expr.BooleanLiteral(true, position)),
                new Expr.WhenClause(some(rows, maybe), new Expr.NullLiteral(position))),
            Optional.of(new Expr.BooleanLiteral(false, position)),
            position);
    return binder.bind(all ? new Expr.NotExpr(any, position) : any);
  }

  private static Expr some(TableRef rows, Expr test) {
    int position = rows.position();
    QueryBody.SelectItem one =
        new QueryBody.SelectItem(new Expr.NumberLiteral("1", position), Optional.empty());
    QueryBody.SelectQuery select =
        QueryBody.SelectQuery.of(List.of(one), List.of(rows), Optional.of(test), position);
    return new Expr.ExistsExpr(Query.of(select), position);
  }
}

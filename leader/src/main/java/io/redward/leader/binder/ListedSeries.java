package io.redward.leader.binder;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rewrites GENERATE_SERIES in a select list, by which catalog queries number the elements of
/// arrays: it makes a row of each value.
///
/// `SELECT generate_series(1, 9) AS i FROM t` becomes `SELECT s.n AS i FROM t, generate_series(1,
/// 9) s (n)`. Where the bounds are no constants, the rows are joined with as many places as a table
/// has columns at most, of which those within the bounds stay.
final class ListedSeries {
  private static final String FUNCTION = "generate_series";
  private static final int MAX_PLACES = 1_600;

  private ListedSeries() {}

  /// The query without such a call; the same if it has none.
  static SelectQuery rewrite(SelectQuery select) {
    Optional<Expr.FunctionCall> found =
        select.items().stream().flatMap(item -> series(item.expr()).stream()).findFirst();
    if (found.isEmpty()) {
      return select;
    }
    Expr.FunctionCall call = found.get();
    int position = call.position();
    boolean constant = call.arguments().stream().allMatch(ListedSeries::isConstant);
    Expr place =
        new Expr.ColumnRef(
            new QualifiedName(
                List.of(Identifier.of(FUNCTION, position), Identifier.of("n", position))));
    Expr first = call.arguments().getFirst();
    Expr value =
        constant
            ? place
            : binary(binary(first, "+", place, position), "-", number(1, position), position);
    List<TableRef> from = new ArrayList<>(select.from());
    from.add(
        rows(
            constant
                ? call
                : Expr.FunctionCall.of(
                    FUNCTION,
                    List.of(number(1, position), number(MAX_PLACES, position)),
                    position)));
    Optional<Expr> where = select.where();
    if (!constant) {
      Expr within = binary(value, "<=", call.arguments().get(1), position);
      where =
          Optional.of(
              where.isEmpty()
                  ? within
                  : new Expr.LogicalExpr(
                      Expr.LogicalOperator.AND, List.of(where.get(), within), position));
    }
    return select.with(items(select, value), from, where);
  }

  private static List<SelectItem> items(SelectQuery select, Expr value) {
    List<SelectItem> items = new ArrayList<>();
    for (SelectItem item : select.items()) {
      if (series(item.expr()).isEmpty()) {
        items.add(item);
      } else {
        Identifier name = Identifier.of(FUNCTION, item.expr().position());
        items.add(new SelectItem(value, Optional.of(item.alias().orElse(name))));
      }
    }
    return items;
  }

  private static Optional<Expr.FunctionCall> series(Expr expr) {
    return expr instanceof Expr.FunctionCall call
            && call.name().last().name().equals(FUNCTION)
            && call.arguments().size() >= 2
        ? Optional.of(call)
        : Optional.empty();
  }

  private static boolean isConstant(Expr expr) {
    return expr instanceof Expr.NumberLiteral
        || expr instanceof Expr.UnaryExpr sign && isConstant(sign.operand());
  }

  private static TableRef rows(Expr.FunctionCall call) {
    int position = call.position();
    TableRef.TableAlias alias =
        new TableRef.TableAlias(
            Identifier.of(FUNCTION, position), List.of(Identifier.of("n", position)), List.of());
    return new TableRef.TableFunction(call, false, false, Optional.of(alias));
  }

  private static Expr binary(Expr left, String operator, Expr right, int position) {
    return new Expr.BinaryExpr(left, operator, right, position);
  }

  private static Expr number(int value, int position) {
    return new Expr.NumberLiteral(Integer.toString(value), position);
  }
}

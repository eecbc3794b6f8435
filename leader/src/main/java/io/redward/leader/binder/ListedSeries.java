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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Rewrites GENERATE_SERIES in a select list, by which catalog queries number the elements of
/// arrays: it makes a row of each value.
///
/// `SELECT generate_series(1, 9) AS i FROM t` becomes `SELECT s.n AS i FROM t, generate_series(1,
/// 9) s (n)`. Where the bounds are no constants, the rows are joined with as many places as a table
/// has columns at most, of which those within the bounds stay. The call may be in arithmetic or in
/// the results of a CASE.
final class ListedSeries {
  private static final String FUNCTION = "generate_series";
  private static final int MAX_PLACES = 1_600;

  private ListedSeries() {}

  /// The query without such a call; the same if it has none.
  static SelectQuery rewrite(SelectQuery select) {
    Optional<SelectItem> found =
        select.items().stream().filter(item -> !calls(item.expr()).isEmpty()).findFirst();
    if (found.isEmpty()) {
      return select;
    }
    List<Expr.FunctionCall> calls = calls(found.get().expr());
    Expr.FunctionCall call = calls.getFirst();
    int position = call.position();
    boolean constant =
        calls.size() == 1 && call.arguments().stream().allMatch(ListedSeries::isConstant);
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
      Expr within = within(found.get().expr());
      where =
          Optional.of(
              where.isEmpty()
                  ? within
                  : new Expr.LogicalExpr(
                      Expr.LogicalOperator.AND, List.of(where.get(), within), position));
    }
    return select.with(items(select, constant), from, where);
  }

  private static List<SelectItem> items(SelectQuery select, boolean constant) {
    List<SelectItem> items = new ArrayList<>();
    for (SelectItem item : select.items()) {
      if (calls(item.expr()).isEmpty()) {
        items.add(item);
      } else {
        Identifier name = Identifier.of(FUNCTION, item.expr().position());
        items.add(
            new SelectItem(value(item.expr(), constant), Optional.of(item.alias().orElse(name))));
      }
    }
    return items;
  }

  /// The calls in an expression: itself, in arithmetic with one, in the results of a CASE.
  private static List<Expr.FunctionCall> calls(Expr expr) {
    return switch (expr) {
      case Expr.FunctionCall call when isSeries(call) -> List.of(call);
      case Expr.BinaryExpr pair ->
          Stream.of(pair.left(), pair.right()).flatMap(side -> calls(side).stream()).toList();
      case Expr.CaseExpr choice -> results(choice).flatMap(side -> calls(side).stream()).toList();
      default -> List.of();
    };
  }

  private static Stream<Expr> results(Expr.CaseExpr choice) {
    return Stream.concat(
        choice.branches().stream().map(Expr.WhenClause::result), choice.otherwise().stream());
  }

  private static boolean isSeries(Expr.FunctionCall call) {
    return call.name().last().name().equals(FUNCTION) && call.arguments().size() >= 2;
  }

  /// The expression in a row: each call is its first value and as many as the row's place is.
  private static Expr value(Expr expr, boolean constant) {
    return switch (expr) {
      case Expr.FunctionCall call when isSeries(call) ->
          constant ? place(call.position()) : value(call);
      case Expr.BinaryExpr pair ->
          new Expr.BinaryExpr(
              value(pair.left(), constant),
              pair.operator(),
              value(pair.right(), constant),
              pair.position());
      case Expr.CaseExpr choice -> mapped(choice, result -> value(result, constant));
      default -> expr;
    };
  }

  private static Expr value(Expr.FunctionCall call) {
    int position = call.position();
    Expr next = binary(call.arguments().getFirst(), "+", place(position), position);
    return binary(next, "-", number(1, position), position);
  }

  /// Whether a row's place is within the bounds of the calls that count in it.
  private static Expr within(Expr expr) {
    return switch (expr) {
      case Expr.FunctionCall call when isSeries(call) ->
          binary(value(call), "<=", call.arguments().get(1), call.position());
      case Expr.BinaryExpr pair ->
          within(calls(pair.left()).isEmpty() ? pair.right() : pair.left());
      case Expr.CaseExpr choice -> mapped(choice, ListedSeries::within);
      default -> binary(place(expr.position()), "=", number(1, expr.position()), expr.position());
    };
  }

  private static Expr mapped(Expr.CaseExpr choice, UnaryOperator<Expr> change) {
    return new Expr.CaseExpr(
        choice.operand(),
        choice.branches().stream()
            .map(branch -> new Expr.WhenClause(branch.condition(), change.apply(branch.result())))
            .toList(),
        choice.otherwise().map(change),
        choice.position());
  }

  private static Expr place(int position) {
    return new Expr.ColumnRef(
        new QualifiedName(
            List.of(Identifier.of(FUNCTION, position), Identifier.of("n", position))));
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

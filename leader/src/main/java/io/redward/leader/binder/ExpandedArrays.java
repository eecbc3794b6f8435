package io.redward.leader.binder;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rewrites `information_schema._pg_expandarray(array)` in a select list, by which JDBC drivers
/// list the columns of keys. It makes a row of each element, with its number `n` and value `x`;
/// here the rows are joined with the numbers up to the array's size:
///
/// `SELECT (f(a)).n, f(a) FROM t` becomes `SELECT e.n, a[e.n] FROM t, (VALUES (1), ...) e (n) WHERE
/// e.n <= size of a`. The value stands for the whole, of which `.x` is all that is asked.
final class ExpandedArrays {
  private static final String FUNCTION = "_pg_expandarray";
  private static final int MAX_SIZE = 32;

  /// The name, which no user can write without quotes, of the function that takes an array and a
  /// place from 1 on.
  static final String ELEMENT = "array element";

  /// Likewise of the one that takes an array and gives how many elements it has.
  static final String SIZE = "array size";

  private ExpandedArrays() {}

  /// The query without such calls; the same if it has none.
  static SelectQuery rewrite(SelectQuery select) {
    Optional<Expr> array =
        select.items().stream().flatMap(item -> expanded(item.expr()).stream()).findFirst();
    if (array.isEmpty()) {
      return select;
    }
    int position = select.position();
    List<SelectItem> items = new ArrayList<>();
    for (SelectItem item : select.items()) {
      Expr expr = replaced(item.expr(), array.get());
      boolean unnamed = item.alias().isEmpty() && !expr.equals(item.expr());
      Optional<Identifier> name =
          unnamed
              ? Optional.of(Identifier.of(SelectList.name(item.expr()), position))
              : item.alias();
      items.add(new SelectItem(expr, name));
    }
    List<TableRef> from = new ArrayList<>(select.from());
    from.add(numbers(position));
    Expr size = Expr.FunctionCall.of(SIZE, List.of(array.get()), position);
    Expr within = new Expr.BinaryExpr(index(position), "<=", size, position);
    Expr where =
        select.where().isEmpty()
            ? within
            : new Expr.LogicalExpr(
                Expr.LogicalOperator.AND, List.of(select.where().get(), within), position);
    return select.with(items, from, Optional.of(where));
  }

  /// The array that an expression expands.
  private static Optional<Expr> expanded(Expr expr) {
    return switch (expr) {
      case Expr.FieldAccess access -> expanded(access.base());
      case Expr.FunctionCall call
          when call.name().last().name().equals(FUNCTION) && call.arguments().size() == 1 ->
          Optional.of(call.arguments().getFirst());
      default -> Optional.empty();
    };
  }

  private static Expr replaced(Expr expr, Expr array) {
    if (expanded(expr).isEmpty()) {
      return expr;
    }
    boolean number = expr instanceof Expr.FieldAccess access && access.field().name().equals("n");
    return number
        ? index(expr.position())
        : Expr.FunctionCall.of(ELEMENT, List.of(array, index(expr.position())), expr.position());
  }

  private static Expr index(int position) {
    return new Expr.ColumnRef(
        new QualifiedName(
            List.of(Identifier.of(FUNCTION, position), Identifier.of("n", position))));
  }

  private static Expr number(int value, int position) {
    return new Expr.NumberLiteral(Integer.toString(value), position);
  }

  private static TableRef numbers(int position) {
    List<List<Expr>> rows = new ArrayList<>();
    for (int i = 1; i <= MAX_SIZE; i++) {
      rows.add(List.of(number(i, position)));
    }
    TableRef.TableAlias alias =
        new TableRef.TableAlias(
            Identifier.of(FUNCTION, position), List.of(Identifier.of("n", position)), List.of());
    Query values = Query.of(new QueryBody.ValuesQuery(rows, position));
    return new TableRef.DerivedTable(values, false, Optional.of(alias), position);
  }
}

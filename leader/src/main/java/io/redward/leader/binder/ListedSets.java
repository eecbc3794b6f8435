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

/// Rewrites a [SetFunctions] function in a select list: `SELECT f(x)` becomes `SELECT s."whole row"
/// AS f FROM f(x) s ("whole row")`.
final class ListedSets {
  private ListedSets() {}

  /// The query without such a call; the same if it has none.
  static SelectQuery rewrite(SelectQuery select) {
    Optional<Expr.FunctionCall> found =
        select.items().stream().flatMap(item -> set(item).stream()).findFirst();
    if (found.isEmpty()) {
      return select;
    }
    Expr.FunctionCall call = found.get();
    int position = call.position();
    Identifier whole = Identifier.of(SetFunctions.WHOLE_ROW, position);
    List<SelectItem> items = new ArrayList<>();
    for (SelectItem item : select.items()) {
      Expr value = new Expr.ColumnRef(new QualifiedName(List.of(whole)));
      Identifier name = item.alias().orElse(Identifier.of(call.name().last().name(), position));
      items.add(set(item).isEmpty() ? item : new SelectItem(value, Optional.of(name)));
    }
    List<TableRef> from = new ArrayList<>(select.from());
    TableRef.TableAlias alias =
        new TableRef.TableAlias(
            Identifier.of(call.name().last().name(), position), List.of(whole), List.of());
    from.add(new TableRef.TableFunction(call, false, false, Optional.of(alias)));
    return select.with(items, from, select.where());
  }

  private static Optional<Expr.FunctionCall> set(SelectItem item) {
    return item.expr() instanceof Expr.FunctionCall call
            && SetFunctions.contains(call.name().last().name())
        ? Optional.of(call)
        : Optional.empty();
  }
}

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

/// Rewrites UNNEST of a SUPER array in a select list, which makes a row of each element: `SELECT a,
/// unnest(b) FROM t` becomes `SELECT a, e AS unnest FROM t, unnest(t.b) e`. Not where there is
/// grouping, behind which the array may be made.
final class ListedArrays {
  private static final String FUNCTION = "unnest";

  /// A name that no user can write without quotes.
  private static final String ELEMENT = "listed element";

  private ListedArrays() {}

  /// The query without such a call; the same if it has none.
  static SelectQuery rewrite(SelectQuery select) {
    Optional<Expr.FunctionCall> found =
        select.items().stream().flatMap(item -> array(item).stream()).findFirst();
    if (found.isEmpty() || select.groupBy().isPresent()) {
      return select;
    }
    int position = found.get().position();
    Identifier element = Identifier.of(ELEMENT, position);
    List<SelectItem> items = new ArrayList<>();
    boolean replaced = false;
    for (SelectItem item : select.items()) {
      if (replaced || array(item).isEmpty()) {
        items.add(item);
      } else {
        Identifier name = item.alias().orElse(Identifier.of(FUNCTION, position));
        Expr value = new Expr.ColumnRef(QualifiedName.of(element));
        items.add(new SelectItem(value, Optional.of(name)));
        replaced = true;
      }
    }
    List<TableRef> from = new ArrayList<>(select.from());
    TableRef.TableAlias alias = new TableRef.TableAlias(element, List.of(), List.of());
    Expr path = found.get().arguments().getFirst();
    from.add(new TableRef.UnnestedArray(path, Optional.of(alias), Optional.empty()));
    return select.with(items, from, select.where());
  }

  private static Optional<Expr.FunctionCall> array(SelectItem item) {
    return item.expr() instanceof Expr.FunctionCall call
            && call.name().isSimple()
            && call.name().last().name().equals(FUNCTION)
            && call.arguments().size() == 1
        ? Optional.of(call)
        : Optional.empty();
  }
}

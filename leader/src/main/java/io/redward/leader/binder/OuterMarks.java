package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Outer joins written as `a.x = b.y (+)` in WHERE, turned into LEFT JOINs: a table whose columns
/// are marked is joined to all that stand before it, on the conditions that mark it.
///
/// @param from the items to join
/// @param where what remains of the condition
record OuterMarks(List<TableRef> from, Optional<Expr> where) {

  /// @param owner finds the table of FROM that a column without qualifier belongs to
  static OuterMarks of(SelectQuery select, Function<QualifiedName, Optional<String>> owner) {
    List<Expr> conjuncts = select.where().map(OuterMarks::conjuncts).orElse(List.of());
    Map<String, List<Expr>> marked = new LinkedHashMap<>();
    Map<String, Set<String>> partners = new HashMap<>();
    List<Expr> rest = new ArrayList<>();
    for (Expr conjunct : conjuncts) {
      Optional<QualifiedName> column = markedColumn(conjunct);
      if (column.isEmpty()) {
        rest.add(conjunct);
        continue;
      }
      String table = table(column.get(), owner);
      marked.computeIfAbsent(table, _ -> new ArrayList<>()).add(unmarked(conjunct));
      Set<String> joined = partners.computeIfAbsent(table, _ -> new HashSet<>());
      partner(conjunct).ifPresent(name -> joined.add(table(name, owner)));
      if (joined.size() > 1) {
        throw Errors.at(
            conjunct.position(),
            SqlState.SYNTAX_ERROR,
            "A table may be outer joined to at most one other table.");
      }
    }
    if (marked.isEmpty()) {
      return new OuterMarks(select.from(), select.where());
    }
    return new OuterMarks(List.of(joined(select, marked)), and(rest));
  }

  private static String table(
      QualifiedName column, Function<QualifiedName, Optional<String>> owner) {
    return column
        .qualifier()
        .map(Identifier::name)
        .or(() -> owner.apply(column))
        .orElseThrow(
            () ->
                Errors.at(
                    column.position(),
                    SqlState.UNDEFINED_COLUMN,
                    "column \"" + column + "\" does not exist"));
  }

  /// The unmarked column on the other side of a comparison.
  private static Optional<QualifiedName> partner(Expr conjunct) {
    if (!(conjunct instanceof Expr.BinaryExpr binary)) {
      return Optional.empty();
    }
    Expr other = mark(binary.left()).isPresent() ? binary.right() : binary.left();
    return other instanceof Expr.ColumnRef column ? Optional.of(column.name()) : Optional.empty();
  }

  private static TableRef joined(SelectQuery select, Map<String, List<Expr>> marked) {
    List<TableRef> inner =
        select.from().stream().filter(item -> !marked.containsKey(name(item))).toList();
    if (inner.isEmpty()) {
      throw Errors.unsupported(select.position(), "(+) on every table of FROM");
    }
    TableRef joined = inner.getFirst();
    for (TableRef item : inner.subList(1, inner.size())) {
      joined =
          new TableRef.JoinedTable(
              TableRef.JoinKind.CROSS,
              joined,
              item,
              new TableRef.JoinCondition.Unconditional(),
              Optional.empty(),
              item.position());
    }
    for (TableRef item : select.from()) {
      List<Expr> conditions = marked.get(name(item));
      if (conditions != null) {
        joined =
            new TableRef.JoinedTable(
                TableRef.JoinKind.LEFT,
                joined,
                item,
                new TableRef.JoinCondition.On(and(conditions).orElseThrow()),
                Optional.empty(),
                item.position());
      }
    }
    return joined;
  }

  /// The name by which columns of the item are qualified.
  static String name(TableRef item) {
    return switch (item) {
      case TableRef.NamedTable table ->
          table.alias().map(a -> a.name().name()).orElse(table.name().last().name());
      case TableRef.DerivedTable derived -> derived.alias().map(a -> a.name().name()).orElse("");
      default -> "";
    };
  }

  private static List<Expr> conjuncts(Expr where) {
    return where instanceof Expr.LogicalExpr logical
            && logical.operator() == Expr.LogicalOperator.AND
        ? logical.operands()
        : List.of(where);
  }

  private static Optional<Expr> and(List<Expr> conjuncts) {
    return switch (conjuncts.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(conjuncts.getFirst());
      default ->
          Optional.of(
              new Expr.LogicalExpr(
                  Expr.LogicalOperator.AND, conjuncts, conjuncts.getFirst().position()));
    };
  }

  private static Optional<QualifiedName> markedColumn(Expr conjunct) {
    return switch (conjunct) {
      case Expr.BinaryExpr binary -> mark(binary.left()).or(() -> mark(binary.right()));
      case Expr.IsExpr is -> mark(is.value());
      default -> Optional.empty();
    };
  }

  private static Optional<QualifiedName> mark(Expr expr) {
    return expr instanceof Expr.OuterMarkExpr mark && mark.column() instanceof Expr.ColumnRef column
        ? Optional.of(column.name())
        : Optional.empty();
  }

  private static Expr unmarked(Expr expr) {
    return switch (expr) {
      case Expr.OuterMarkExpr mark -> mark.column();
      case Expr.BinaryExpr binary ->
          new Expr.BinaryExpr(
              unmarked(binary.left()),
              binary.operator(),
              unmarked(binary.right()),
              binary.position());
      case Expr.IsExpr is ->
          new Expr.IsExpr(unmarked(is.value()), is.test(), is.negated(), is.position());
      default -> expr;
    };
  }
}

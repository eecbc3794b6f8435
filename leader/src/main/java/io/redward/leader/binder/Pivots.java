package io.redward.leader.binder;

import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.GroupingItem;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// PIVOT and UNPIVOT as the queries that they abbreviate:
///
/// `t PIVOT (sum(x) FOR k IN (1 AS a, 2 AS b))` is `SELECT rest, sum(x) FILTER (WHERE k = 1) AS a,
/// sum(x) FILTER (WHERE k = 2) AS b FROM t GROUP BY rest`, where `rest` are the columns that PIVOT
/// does not name.
///
/// `t UNPIVOT (v FOR n IN (a, b))` is `SELECT rest, 'a' AS n, a AS v FROM t WHERE a IS NOT NULL
/// UNION ALL` the same of `b`.
final class Pivots {
  private Pivots() {}

  /// @param columns of the source
  static Query pivot(TableRef.PivotedTable pivot, List<String> columns) {
    Set<String> named = new HashSet<>();
    collectNames(pivot.column(), named);
    pivot.aggregates().forEach(item -> collectNames(item.expr(), named));
    int position = pivot.position();
    List<SelectItem> items = new ArrayList<>();
    List<GroupingItem> keys = new ArrayList<>();
    for (String column : columns) {
      if (!named.contains(column)) {
        Expr ref = column(column, position);
        items.add(new SelectItem(ref, Optional.empty()));
        keys.add(new GroupingItem.SimpleGrouping(List.of(ref), position));
      }
    }
    for (SelectItem value : pivot.values()) {
      for (SelectItem aggregate : pivot.aggregates()) {
        items.add(
            new SelectItem(
                filtered(aggregate.expr(), matches(pivot.column(), value.expr())),
                Optional.of(Identifier.of(name(value, aggregate), position))));
      }
    }
    Optional<QueryBody.GroupBy> groupBy =
        keys.isEmpty()
            ? Optional.empty()
            : Optional.of(new QueryBody.GroupBy(false, keys, position));
    return select(items, pivot.source(), Optional.empty(), groupBy, position);
  }

  private static String name(SelectItem value, SelectItem aggregate) {
    String name =
        value
            .alias()
            .map(Identifier::name)
            .orElseGet(
                () ->
                    switch (value.expr()) {
                      case Expr.StringLiteral literal -> literal.value();
                      case Expr.NumberLiteral literal -> literal.text();
                      case Expr.NullLiteral _ -> "null";
                      case Expr.BooleanLiteral literal -> Boolean.toString(literal.value());
                      default -> SelectList.name(value.expr());
                    });
    return aggregate.alias().map(alias -> name + "_" + alias.name()).orElse(name);
  }

  private static Expr matches(Expr column, Expr value) {
    return value instanceof Expr.NullLiteral
        ? new Expr.IsExpr(column, Expr.IsTest.NULL, false, value.position())
        : new Expr.BinaryExpr(column, "=", value, value.position());
  }

  private static Expr filtered(Expr aggregate, Expr condition) {
    if (!(aggregate instanceof Expr.FunctionCall call)) {
      throw Errors.unsupported(aggregate.position(), "PIVOT of anything but an aggregate");
    }
    CallClauses clauses = call.clauses();
    return new Expr.FunctionCall(
        call.name(),
        call.arguments(),
        new CallClauses(
            clauses.distinct(),
            clauses.star(),
            clauses.approximate(),
            clauses.orderBy(),
            clauses.withinGroup(),
            Optional.of(condition),
            clauses.nulls()),
        call.over(),
        call.position());
  }

  /// @param columns of the source
  static Query unpivot(TableRef.UnpivotedTable unpivot, List<String> columns) {
    int position = unpivot.position();
    Set<String> named = new HashSet<>();
    unpivot.columns().forEach(item -> collectNames(item.expr(), named));
    List<Query> branches = new ArrayList<>();
    for (SelectItem item : unpivot.columns()) {
      List<SelectItem> items = new ArrayList<>();
      for (String column : columns) {
        if (!named.contains(column)) {
          items.add(new SelectItem(column(column, position), Optional.empty()));
        }
      }
      String name =
          item.alias().map(Identifier::name).orElseGet(() -> SelectList.name(item.expr()));
      items.add(
          new SelectItem(
              new Expr.StringLiteral(name, position), Optional.of(unpivot.nameColumn())));
      items.add(new SelectItem(item.expr(), Optional.of(unpivot.valueColumn())));
      Optional<Expr> present =
          unpivot.includeNulls()
              ? Optional.empty()
              : Optional.of(new Expr.IsExpr(item.expr(), Expr.IsTest.NULL, true, position));
      branches.add(select(items, unpivot.source(), present, Optional.empty(), position));
    }
    return branches.size() == 1
        ? branches.getFirst()
        : Query.of(
            new QueryBody.SetOperation(
                QueryBody.SetOperator.UNION, true, false, branches, position));
  }

  private static Expr column(String name, int position) {
    return new Expr.ColumnRef(QualifiedName.of(Identifier.of(name, position)));
  }

  private static Query select(
      List<SelectItem> items,
      TableRef source,
      Optional<Expr> where,
      Optional<QueryBody.GroupBy> groupBy,
      int position) {
    return Query.of(
        QueryBody.SelectQuery.of(items, List.of(source), where, position).with(groupBy));
  }

  /// The columns that an aggregate's arguments name.
  private static void collectNames(Expr expr, Set<String> names) {
    switch (expr) {
      case Expr.ColumnRef column -> names.add(column.name().last().name());
      case Expr.FunctionCall call -> call.arguments().forEach(a -> collectNames(a, names));
      case Expr.BinaryExpr binary -> {
        collectNames(binary.left(), names);
        collectNames(binary.right(), names);
      }
      case Expr.UnaryExpr unary -> collectNames(unary.operand(), names);
      case Expr.CastExpr cast -> collectNames(cast.operand(), names);
      case Expr.CaseExpr choice -> {
        choice.operand().ifPresent(o -> collectNames(o, names));
        choice
            .branches()
            .forEach(
                branch -> {
                  collectNames(branch.condition(), names);
                  collectNames(branch.result(), names);
                });
        choice.otherwise().ifPresent(o -> collectNames(o, names));
      }
      default -> {}
    }
  }
}

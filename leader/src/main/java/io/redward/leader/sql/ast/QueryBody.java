package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// The core of a query. `TABLE t` arrives as `SELECT * FROM t`.
public sealed interface QueryBody extends Node {

  /// One SELECT block.
  ///
  /// @param from the comma-separated items, empty without FROM
  /// @param trailingComma a comma stands behind the last output column
  record SelectQuery(
      Optional<Distinct> distinct,
      Optional<Expr> top,
      List<SelectItem> items,
      Optional<IntoTable> into,
      List<TableRef> from,
      Optional<Expr> where,
      Optional<ConnectBy> connectBy,
      Optional<GroupBy> groupBy,
      Optional<Expr> having,
      Optional<Expr> qualify,
      List<NamedWindow> windows,
      boolean trailingComma,
      int position)
      implements QueryBody {
    /// `SELECT items FROM from WHERE where`, nothing more.
    public static SelectQuery of(
        List<SelectItem> items, List<TableRef> from, Optional<Expr> where, int position) {
      return new SelectQuery(
          Optional.empty(),
          Optional.empty(),
          items,
          Optional.empty(),
          from,
          where,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          position);
    }

    /// All columns of one item of FROM.
    public static SelectQuery all(TableRef table) {
      int position = table.position();
      Expr star = new Expr.StarExpr(Optional.empty(), List.of(), position);
      SelectItem item = new SelectItem(star, Optional.empty());
      return of(List.of(item), List.of(table), Optional.empty(), position);
    }

    public SelectQuery {
      items = List.copyOf(items);
      from = List.copyOf(from);
      windows = List.copyOf(windows);
    }

    /// The same query of other columns, rows and conditions.
    public SelectQuery with(List<SelectItem> items, List<TableRef> from, Optional<Expr> where) {
      return with(distinct, items, into, from, where, groupBy, qualify);
    }

    /// The same query in groups.
    public SelectQuery with(Optional<GroupBy> groupBy) {
      return with(distinct, items, into, from, where, groupBy, qualify);
    }

    /// The same query whose duplicates a condition on the result takes away.
    public SelectQuery distinctBy(Expr qualify) {
      return with(Optional.empty(), items, into, from, where, groupBy, Optional.of(qualify));
    }

    /// The query of `SELECT … INTO table`.
    public SelectQuery withoutInto() {
      return with(distinct, items, Optional.empty(), from, where, groupBy, qualify);
    }

    private SelectQuery with(
        Optional<Distinct> distinct,
        List<SelectItem> items,
        Optional<IntoTable> into,
        List<TableRef> from,
        Optional<Expr> where,
        Optional<GroupBy> groupBy,
        Optional<Expr> qualify) {
      return new SelectQuery(
          distinct,
          top,
          items,
          into,
          from,
          where,
          connectBy,
          groupBy,
          having,
          qualify,
          windows,
          trailingComma,
          position);
    }
  }

  /// Two or more queries under one operator, flat: `a UNION b UNION c` has three branches and
  /// associates to the left.
  ///
  /// @param byName BY NAME: columns of the same name belong together
  record SetOperation(
      SetOperator operator, boolean all, boolean byName, List<Query> branches, int position)
      implements QueryBody {
    public SetOperation {
      branches = List.copyOf(branches);
    }
  }

  /// MINUS arrives as EXCEPT.
  enum SetOperator {
    UNION,
    INTERSECT,
    EXCEPT
  }

  /// `VALUES (1, 2), (3, 4)`.
  record ValuesQuery(List<List<Expr>> rows, int position) implements QueryBody {
    public ValuesQuery {
      rows = List.copyOf(rows);
    }
  }

  /// A parenthesised query that has WITH, ORDER BY or LIMIT of its own.
  record NestedQuery(Query query, int position) implements QueryBody {}

  /// DISTINCT; `on` is empty without ON.
  record Distinct(List<Expr> on) {}

  /// An output column. A star is a [Expr.StarExpr] without alias.
  record SelectItem(Expr expr, Optional<Identifier> alias) {}

  /// `INTO [TEMP] [TABLE] name`.
  record IntoTable(QualifiedName name, boolean temporary) {}

  /// `START WITH … CONNECT BY …`.
  record ConnectBy(Optional<Expr> startWith, Expr condition, boolean noCycle) {}

  /// GROUP BY; `all` for GROUP BY ALL, which has no items.
  record GroupBy(boolean all, List<GroupingItem> items, int position) implements Node {
    public GroupBy {
      items = List.copyOf(items);
    }
  }

  /// An item of GROUP BY.
  sealed interface GroupingItem extends Node {
    /// Expressions that group together: one, or a parenthesised list (which may be empty).
    record SimpleGrouping(List<Expr> exprs, int position) implements GroupingItem {}

    record Rollup(List<GroupingItem> items, int position) implements GroupingItem {}

    record Cube(List<GroupingItem> items, int position) implements GroupingItem {}

    record GroupingSets(List<GroupingItem> items, int position) implements GroupingItem {}
  }

  /// `WINDOW name AS (…)`.
  record NamedWindow(Identifier name, WindowSpec spec) {}
}

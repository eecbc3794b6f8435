package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// An item of FROM.
public sealed interface TableRef extends Node {

  /// A table, view, common table expression, or an array reached from an earlier item
  /// (`FROM t, t.items AS i`), which only the binder can tell apart.
  ///
  /// @param moment as of when, if not now
  record NamedTable(QualifiedName name, Optional<Moment> moment, Optional<TableAlias> alias)
      implements TableRef {
    /// As it is now.
    public NamedTable(QualifiedName name, Optional<TableAlias> alias) {
      this(name, Optional.empty(), alias);
    }

    @Override
    public int position() {
      return name.position();
    }
  }

  /// `'/data/x.parquet'`, a file, a glob of files or an object's URL.
  record FileTable(String location, Optional<TableAlias> alias, int position) implements TableRef {}

  /// `(SELECT …) AS alias`.
  record DerivedTable(Query query, boolean lateral, Optional<TableAlias> alias, int position)
      implements TableRef {}

  /// A function in FROM.
  record TableFunction(
      Expr.FunctionCall call, boolean lateral, boolean withOrdinality, Optional<TableAlias> alias)
      implements TableRef {
    @Override
    public int position() {
      return call.position();
    }
  }

  /// Elements of a SUPER array where the form alone shows it: `FROM t, t.a[0].b AS x AT i`.
  ///
  /// @param path a column with navigation
  /// @param at the name of the element's index
  record UnnestedArray(Expr path, Optional<TableAlias> alias, Optional<Identifier> at)
      implements TableRef {
    @Override
    public int position() {
      return path.position();
    }
  }

  /// `FROM t, UNPIVOT t.object AS value AT attribute`.
  record UnpivotedObject(
      Expr path, Optional<Identifier> value, Optional<Identifier> attribute, int position)
      implements TableRef {}

  /// `left … JOIN right …`.
  record JoinedTable(
      JoinKind kind,
      TableRef left,
      TableRef right,
      JoinCondition condition,
      Optional<TableAlias> alias,
      int position)
      implements TableRef {}

  enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    CROSS
  }

  /// How the two sides of a join match.
  sealed interface JoinCondition {
    record On(Expr condition) implements JoinCondition {}

    record Using(List<Identifier> columns) implements JoinCondition {}

    record Natural() implements JoinCondition {}

    /// CROSS JOIN.
    record Unconditional() implements JoinCondition {}
  }

  /// `source PIVOT (aggregate FOR column IN (values))`.
  record PivotedTable(
      TableRef source,
      List<QueryBody.SelectItem> aggregates,
      Expr column,
      List<QueryBody.SelectItem> values,
      Optional<TableAlias> alias,
      int position)
      implements TableRef {}

  /// `source UNPIVOT [INCLUDE NULLS] (value FOR name IN (columns))`.
  record UnpivotedTable(
      TableRef source,
      boolean includeNulls,
      Identifier valueColumn,
      Identifier nameColumn,
      List<QueryBody.SelectItem> columns,
      Optional<TableAlias> alias,
      int position)
      implements TableRef {}

  /// `AS name (column, …)`.
  ///
  /// @param columnTypes of `AS t(a int, b text)` behind a function; otherwise empty
  record TableAlias(Identifier name, List<Identifier> columns, List<TypeName> columnTypes) {
    public TableAlias {
      columns = List.copyOf(columns);
      columnTypes = List.copyOf(columnTypes);
    }
  }
}

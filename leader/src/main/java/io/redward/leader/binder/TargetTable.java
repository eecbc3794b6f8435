package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/// The table that a statement writes.
record TargetTable(TableDefinition table, Schema schema) {

  /// Finds the table; a view or system table is an error.
  static TargetTable find(QueryBinder queries, QualifiedName name, Privilege privilege) {
    return switch (queries.tableNames().find(name, privilege)) {
      case TableNames.Found.Stored(TableDefinition table, Schema schema) ->
          new TargetTable(table, schema);
      case TableNames.Found.View _ ->
          throw Errors.at(
              name.position(),
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + name.last().name() + "\" is a view, whose rows cannot be changed");
      case TableNames.Found.System _ ->
          throw Errors.at(
              name.position(),
              SqlState.INSUFFICIENT_PRIVILEGE,
              "permission denied: \"" + name.last().name() + "\" is a system catalog");
    };
  }

  /// What a statement calls the table that gives it no other name.
  Range range() {
    return new Range(table.name(), Optional.of(schema.name()), Optional.empty());
  }

  List<ColumnDefinition> columns() {
    return table.columns();
  }

  /// Where a column stands in the table.
  ///
  /// @throws SqlException 42703 if there is none of that name
  int index(Identifier column) {
    for (int i = 0; i < columns().size(); i++) {
      if (columns().get(i).name().equals(column.name())) {
        return i;
      }
    }
    throw Suggestions.hinted(
        Errors.at(
            column.position(),
            SqlState.UNDEFINED_COLUMN,
            "column \"" + column.name() + "\" of relation \"" + table.name() + "\" does not exist"),
        column.name(),
        columns().stream().map(ColumnDefinition::name).toList(),
        "the column");
  }

  /// A column's DEFAULT, or NULL where it has none.
  RexNode defaultValue(int index, ExpressionBinder binder) {
    ColumnDefinition column = columns().get(index);
    Binding binding = binder.queries().binding();
    if (column.defaultText().isEmpty()) {
      return binding.expressions().nullOf(column.type());
    }
    Expr expr = SqlParser.parseExpression(column.defaultText().get(), ParserOptions.PRINTED);
    return binding.coercion().assign(binder.bind(expr), column.type(), column.name(), 0);
  }

  /// A value converted to the type of the column it is assigned to.
  RexNode assigned(RexNode value, int index, Binding binding, int position) {
    ColumnDefinition column = columns().get(index);
    SqlType type = column.type();
    return binding.coercion().assign(value, type, column.name(), position);
  }
}

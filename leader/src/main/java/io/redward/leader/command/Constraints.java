package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.TableStatement;
import java.util.List;
import java.util.function.ToIntFunction;

/// Keys as written, with columns by id. Unnamed ones get the names PostgreSQL gives them.
final class Constraints {
  private Constraints() {}

  /// @param columnId finds a column of the constrained table
  static TableConstraint of(
      TableStatement.TableConstraint constraint,
      String tableName,
      CommandContext context,
      ToIntFunction<Identifier> columnId) {
    String name =
        constraint.name().map(Identifier::name).orElseGet(() -> name(tableName, constraint));
    return switch (constraint) {
      case TableStatement.TableConstraint.PrimaryKey key ->
          new TableConstraint.PrimaryKey(name, ids(key.columns(), columnId));
      case TableStatement.TableConstraint.Unique key ->
          new TableConstraint.Unique(name, ids(key.columns(), columnId));
      case TableStatement.TableConstraint.ForeignKey key ->
          foreignKey(name, key, context, columnId);
    };
  }

  private static String name(String table, TableStatement.TableConstraint constraint) {
    return switch (constraint) {
      case TableStatement.TableConstraint.PrimaryKey _ -> table + "_pkey";
      case TableStatement.TableConstraint.Unique key ->
          table + "_" + key.columns().getFirst().name() + "_key";
      case TableStatement.TableConstraint.ForeignKey key ->
          table + "_" + key.columns().getFirst().name() + "_fkey";
    };
  }

  private static TableConstraint foreignKey(
      String name,
      TableStatement.TableConstraint.ForeignKey key,
      CommandContext context,
      ToIntFunction<Identifier> columnId) {
    TableDefinition referenced = context.table(key.references().table());
    List<Integer> targets =
        key.references().columns().isEmpty()
            ? primaryKey(referenced, key.references().table().position())
            : key.references().columns().stream().map(c -> column(referenced, c).id()).toList();
    if (targets.size() != key.columns().size()) {
      throw new SqlException(
              SqlState.INVALID_OBJECT_DEFINITION,
              "number of referencing and referenced columns for foreign key disagree")
          .withPosition(key.references().table().position());
    }
    return new TableConstraint.ForeignKey(
        name, ids(key.columns(), columnId), referenced.oid(), targets);
  }

  private static List<Integer> primaryKey(TableDefinition table, int position) {
    return table.constraints().stream()
        .filter(TableConstraint.PrimaryKey.class::isInstance)
        .map(TableConstraint::columns)
        .findFirst()
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT,
                        "there is no primary key for referenced table \"" + table.name() + "\"")
                    .withPosition(position));
  }

  private static List<Integer> ids(List<Identifier> names, ToIntFunction<Identifier> columnId) {
    return names.stream().map(columnId::applyAsInt).toList();
  }

  /// A column of a table by name.
  static ColumnDefinition column(TableDefinition table, Identifier name) {
    return table
        .column(name.name())
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \""
                            + name.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" does not exist")
                    .withPosition(name.position()));
  }
}

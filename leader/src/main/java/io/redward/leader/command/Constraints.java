package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    String name = name(tableName, constraint);
    return switch (constraint) {
      case TableStatement.TableConstraint.PrimaryKey key ->
          new TableConstraint.PrimaryKey(name, ids(key.columns(), columnId), key.enforced());
      case TableStatement.TableConstraint.Unique key ->
          new TableConstraint.Unique(name, ids(key.columns(), columnId), key.enforced());
      case TableStatement.TableConstraint.ForeignKey key ->
          foreignKey(name, key, context, columnId);
      case TableStatement.TableConstraint.Check _ ->
          throw new IllegalArgumentException("a CHECK is made by check()");
    };
  }

  static String name(String table, TableStatement.TableConstraint constraint) {
    return constraint.name().map(Identifier::name).orElseGet(() -> defaultName(table, constraint));
  }

  private static String defaultName(String table, TableStatement.TableConstraint constraint) {
    return switch (constraint) {
      case TableStatement.TableConstraint.PrimaryKey _ -> table + "_pkey";
      case TableStatement.TableConstraint.Unique key ->
          table + "_" + key.columns().getFirst().name() + "_key";
      case TableStatement.TableConstraint.ForeignKey key ->
          table + "_" + key.columns().getFirst().name() + "_fkey";
      case TableStatement.TableConstraint.Check _ -> table + "_check";
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
            ? primaryKey(
                referenced.constraints(), referenced.name(), key.references().table().position())
            : key.references().columns().stream().map(c -> column(referenced, c).id()).toList();
    return foreignKey(name, key, referenced.oid(), targets, columnId);
  }

  /// @param targets the columns that are referenced, by id
  static TableConstraint foreignKey(
      String name,
      TableStatement.TableConstraint.ForeignKey key,
      int referenced,
      List<Integer> targets,
      ToIntFunction<Identifier> columnId) {
    if (targets.size() != key.columns().size()) {
      throw new SqlException(
              SqlState.INVALID_OBJECT_DEFINITION,
              "number of referencing and referenced columns for foreign key disagree")
          .withPosition(key.references().table().position());
    }
    return new TableConstraint.ForeignKey(
        name, ids(key.columns(), columnId), referenced, targets, key.enforced());
  }

  /// CHECK over a table of these columns.
  static TableConstraint check(
      TableStatement.TableConstraint.Check check,
      String tableName,
      List<ColumnDefinition> columns) {
    String condition = SqlPrinter.print(check.condition());
    Set<String> words = new HashSet<>();
    for (Token token : Lexer.tokensOf(condition, ParserOptions.PRINTED)) {
      words.add(token.text());
    }
    if (words.contains("select")) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "cannot use subquery in check constraint")
          .withPosition(check.condition().position());
    }
    List<ColumnDefinition> named = columns.stream().filter(c -> words.contains(c.name())).toList();
    String name =
        check
            .name()
            .map(Identifier::name)
            .orElseGet(
                () ->
                    tableName
                        + (named.size() == 1 ? "_" + named.getFirst().name() : "")
                        + "_check");
    List<Integer> ids = named.stream().map(ColumnDefinition::id).toList();
    return new TableConstraint.Check(name, ids, condition, check.enforced());
  }

  static List<Integer> primaryKey(List<TableConstraint> constraints, String table, int position) {
    return TableConstraint.primary(constraints)
        .map(TableConstraint::columns)
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT,
                        "there is no primary key for referenced table \"" + table + "\"")
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

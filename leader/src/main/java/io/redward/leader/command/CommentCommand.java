package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Comments;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.CommentStatement;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.system.TableKeys;
import io.redward.storage.table.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// COMMENT ON.
public final class CommentCommand {
  private final CommandContext context;

  public CommentCommand(CommandContext context) {
    this.context = context;
  }

  /// Sets or removes the comment on a table, view, column, constraint, schema or database.
  public String run(CommentStatement statement) {
    switch (statement.kind()) {
      case TABLE, VIEW -> set(relation(statement), 0, statement);
      case COLUMN -> column(statement);
      case SCHEMA -> set(context.schema(statement.name().last()), 0, statement);
      case CONSTRAINT -> constraint(statement);
      case DATABASE -> set(context.database(statement.name().last()), 0, statement);
      default ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED,
                  "COMMENT ON " + statement.kind().name().replace('_', ' ') + " is not supported")
              .withPosition(statement.position());
    }
    return "COMMENT";
  }

  private void set(OwnedObject object, int column, CommentStatement statement) {
    Privileges.requireOwner(context.user(), object);
    Comments.set(context.transaction().get(), object.oid(), column, statement.text());
  }

  /// `name ON table`, or `table.name`.
  private void constraint(CommentStatement statement) {
    List<Identifier> parts = statement.name().parts();
    if (statement.table().isEmpty() && parts.size() < 2) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "COMMENT ON CONSTRAINT needs ON table")
          .withPosition(statement.name().position());
    }
    QualifiedName name =
        statement.table().orElseGet(() -> new QualifiedName(parts.subList(0, parts.size() - 1)));
    if (!(context.relation(name) instanceof TableDefinition table)) {
      throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a table")
          .withPosition(name.position());
    }
    Privileges.requireOwner(context.user(), table);
    int index =
        IntStream.range(0, table.constraints().size())
            .filter(i -> table.constraints().get(i).name().equals(parts.getLast().name()))
            .findFirst()
            .orElseThrow(() -> AlterTableCommand.noConstraint(table, parts.getLast()));
    int oid = TableKeys.constraintOid(table, index);
    Comments.set(context.transaction().get(), oid, 0, statement.text());
  }

  /// Comments on constraints are by their places: those behind one that goes move up.
  static void constraintDropped(CommandContext context, TableDefinition table, int index) {
    WriteTransaction transaction = context.transaction().get();
    for (int i = index; i < table.constraints().size(); i++) {
      Optional<String> next =
          i + 1 < table.constraints().size()
              ? Comments.find(transaction.entries(), TableKeys.constraintOid(table, i + 1), 0)
              : Optional.empty();
      Comments.set(transaction, TableKeys.constraintOid(table, i), 0, next);
    }
  }

  private OwnedObject relation(CommentStatement statement) {
    OwnedObject relation = context.relation(statement.name());
    boolean isView = relation instanceof ViewDefinition;
    if (isView != (statement.kind() == ObjectKind.VIEW)) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + statement.name() + "\" is not a " + (isView ? "table" : "view"))
          .withPosition(statement.name().position());
    }
    return relation;
  }

  private void column(CommentStatement statement) {
    List<Identifier> parts = statement.name().parts();
    if (parts.size() < 2) {
      throw new SqlException(
              SqlState.SYNTAX_ERROR, "column name must be qualified by its table's name")
          .withPosition(statement.name().position());
    }
    QualifiedName name = new QualifiedName(parts.subList(0, parts.size() - 1));
    OwnedObject relation = context.relation(name);
    String column = parts.getLast().name();
    int id =
        switch (relation) {
          case TableDefinition table ->
              table.column(column).orElseThrow(() -> missing(statement, name)).id();
          case ViewDefinition view -> {
            List<String> names = view.columns().stream().map(ViewDefinition.Column::name).toList();
            if (!names.contains(column)) {
              throw missing(statement, name);
            }
            yield names.indexOf(column) + 1;
          }
          default -> throw missing(statement, name);
        };
    set(relation, id, statement);
  }

  private static SqlException missing(CommentStatement statement, QualifiedName relation) {
    return new SqlException(
            SqlState.UNDEFINED_COLUMN,
            "column \""
                + statement.name().last().name()
                + "\" of relation \""
                + relation
                + "\" does not exist")
        .withPosition(statement.name().position());
  }
}

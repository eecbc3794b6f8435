package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.DataStatement.TruncateStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TableStatement.CreateTableAsStatement;
import io.redward.leader.sql.ast.TableStatement.CreateTableStatement;
import io.redward.leader.sql.ast.TableStatement.TableAttributes;
import java.util.List;
import java.util.Optional;

/// CREATE TABLE, the table of CREATE TABLE AS and SELECT INTO, TRUNCATE.
public final class TableCommands {
  private final CommandContext context;

  public TableCommands(CommandContext context) {
    this.context = context;
  }

  /// A column of a query that becomes a table.
  public record QueryColumn(String name, SqlType type, boolean nullable) {}

  /// CREATE TABLE.
  public String create(CreateTableStatement statement) {
    if (exists(statement.name(), statement.temporary(), statement.ifNotExists())) {
      return "CREATE TABLE";
    }
    TableBuilder builder = new TableBuilder(context, statement.name().last().name());
    statement.elements().forEach(builder::add);
    Place place = place(statement.name(), statement.temporary(), statement.backup());
    context
        .writer()
        .get()
        .createTable(builder.build(place.schemaOid(), statement.attributes(), place.lifetime()));
    return "CREATE TABLE";
  }

  /// The table of CREATE TABLE AS, still empty; empty if it exists and IF NOT EXISTS was said.
  public Optional<TableDefinition> createAs(
      CreateTableAsStatement statement, List<QueryColumn> columns) {
    if (exists(statement.name(), statement.temporary(), statement.ifNotExists())) {
      return Optional.empty();
    }
    List<Identifier> names = statement.columns();
    if (names.size() > columns.size()) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "too many column names were specified")
          .withPosition(statement.position());
    }
    TableBuilder builder = new TableBuilder(context, statement.name().last().name());
    for (int i = 0; i < columns.size(); i++) {
      QueryColumn column = columns.get(i);
      builder.column(
          i < names.size() ? names.get(i).name() : column.name(), column.type(), column.nullable());
    }
    Place place = place(statement.name(), statement.temporary(), statement.backup());
    return Optional.of(
        context
            .writer()
            .get()
            .createTable(
                builder.build(place.schemaOid(), statement.attributes(), place.lifetime())));
  }

  /// The table of SELECT … INTO.
  public TableDefinition createInto(
      QualifiedName name, boolean temporary, List<QueryColumn> columns) {
    exists(name, temporary, false);
    TableBuilder builder = new TableBuilder(context, name.last().name());
    columns.forEach(c -> builder.column(c.name(), c.type(), c.nullable()));
    Place place = place(name, temporary, Optional.empty());
    return context
        .writer()
        .get()
        .createTable(builder.build(place.schemaOid(), TableAttributes.NONE, place.lifetime()));
  }

  private boolean exists(QualifiedName name, boolean temporary, boolean ifNotExists) {
    Optional<OwnedObject> found =
        temporary
            ? context
                .catalog()
                .temporaryTable(context.processId(), name.last().name())
                .map(OwnedObject.class::cast)
            : inTargetSchema(name);
    if (found.isEmpty()) {
      return false;
    }
    String message = "relation \"" + name.last().name() + "\" already exists";
    if (!ifNotExists) {
      throw new SqlException(
              SqlState.DUPLICATE_TABLE, "Relation \"" + name.last().name() + "\" already exists")
          .withPosition(name.position());
    }
    context.notices().info(message + " and will be skipped");
    return true;
  }

  private Optional<OwnedObject> inTargetSchema(QualifiedName name) {
    Schema schema = context.schemaForNew(name, SystemPrivilege.CREATE_TABLE);
    return context.catalog().relation(schema.oid(), name.last().name());
  }

  /// Where a new table goes and how long it stays.
  private record Place(int schemaOid, TableDefinition.Lifetime lifetime) {}

  private Place place(QualifiedName name, boolean temporary, Optional<Boolean> backup) {
    if (temporary) {
      Privileges.require(
          context.catalog(), context.user(), context.database(), Privilege.TEMPORARY);
      Schema home = context.catalog().schema(context.database().oid(), "public").orElseThrow();
      return new Place(home.oid(), new TableDefinition.Lifetime(context.processId(), false));
    }
    return new Place(
        context.schemaForNew(name, SystemPrivilege.CREATE_TABLE).oid(),
        new TableDefinition.Lifetime(0, backup.orElse(true)));
  }

  /// TRUNCATE.
  public String truncate(TruncateStatement statement) {
    TableDefinition table = context.table(statement.table());
    context.requireOwner(table, Privilege.TRUNCATE, SystemPrivilege.TRUNCATE_TABLE);
    requirePlain(table, statement.table().position());
    context.transaction().get().truncate(table.oid());
    return "TRUNCATE TABLE";
  }

  /// Checks that a table may be changed by users: a materialized view is by REFRESH alone.
  public static void requirePlain(TableDefinition table, int position) {
    if (table.materialization().isPresent()) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "cannot change materialized view \"" + table.name() + "\"")
          .withPosition(position)
          .withHint("Change the tables it reads, then REFRESH MATERIALIZED VIEW.");
    }
  }
}

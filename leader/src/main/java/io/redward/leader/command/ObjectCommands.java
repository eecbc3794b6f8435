package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.RowSecurity;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.AlterSchemaStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateSchemaStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateViewStatement;
import io.redward.leader.sql.ast.ObjectStatement.DropStatement;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.ObjectStatement.Quota;
import io.redward.leader.sql.ast.ObjectStatement.SchemaChange;
import io.redward.leader.sql.ast.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Views, schemas, and DROP for every kind of object the catalog has.
public final class ObjectCommands {
  private final CommandContext context;

  public ObjectCommands(CommandContext context) {
    this.context = context;
  }

  /// CREATE VIEW.
  ///
  /// @param text the query as SQL
  /// @param columns of the query, under the view's names
  /// @param dependencies oids of the tables and views the query reads
  public String createView(
      CreateViewStatement statement,
      String text,
      List<ViewDefinition.Column> columns,
      Set<Integer> dependencies) {
    Schema schema = context.schemaForNew(statement.name(), SystemPrivilege.CREATE_OR_REPLACE_VIEW);
    String name = statement.name().last().name();
    ViewDefinition view =
        new ViewDefinition(
            0,
            schema.oid(),
            name,
            context.user().oid(),
            text,
            columns,
            statement.lateBinding(),
            context.searchPath(),
            statement.lateBinding() ? Set.of() : dependencies,
            AccessList.NONE);
    Optional<OwnedObject> existing = context.catalog().relation(schema.oid(), name);
    if (existing.isEmpty()) {
      context.writer().get().createView(view);
    } else if (statement.orReplace() && existing.get() instanceof ViewDefinition old) {
      Privileges.requireOwner(context.user(), old);
      requireCompatible(old, view);
      context
          .writer()
          .get()
          .replace(view.withOid(old.oid()).withOwner(old.owner()).withAccess(old.access()));
    } else {
      throw new SqlException(SqlState.DUPLICATE_TABLE, "Relation \"" + name + "\" already exists")
          .withPosition(statement.name().position());
    }
    return "CREATE VIEW";
  }

  private static void requireCompatible(ViewDefinition old, ViewDefinition view) {
    if (old.lateBinding() || view.lateBinding()) {
      return;
    }
    if (view.columns().size() < old.columns().size()) {
      throw new SqlException(SqlState.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
    }
    for (int i = 0; i < old.columns().size(); i++) {
      if (!old.columns().get(i).name().equals(view.columns().get(i).name())) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "cannot change name of view column \""
                + old.columns().get(i).name()
                + "\" to \""
                + view.columns().get(i).name()
                + "\"");
      }
    }
  }

  /// CREATE SCHEMA; objects within it are the caller's to make.
  public String createSchema(CreateSchemaStatement statement) {
    if (!Privileges.holds(context.catalog(), context.user(), SystemPrivilege.CREATE_SCHEMA)) {
      Privileges.require(context.catalog(), context.user(), context.database(), Privilege.CREATE);
    }
    User owner = statement.owner().map(context::user).orElse(context.user());
    String name = statement.name().map(n -> n.last().name()).orElse(owner.name());
    if (context.catalog().schema(context.database().oid(), name).isPresent()) {
      if (statement.ifNotExists()) {
        context.notices().info("schema \"" + name + "\" already exists and will be skipped");
        return "CREATE SCHEMA";
      }
      throw new SqlException(SqlState.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists")
          .withPosition(statement.position());
    }
    CatalogWriter writer = context.writer().get();
    Schema created = writer.createSchema(context.database().oid(), name, owner.oid());
    statement
        .quota()
        .flatMap(Quota::megabytes)
        .ifPresent(megabytes -> writer.replace(created.withQuota(megabytes)));
    return "CREATE SCHEMA";
  }

  /// ALTER SCHEMA.
  public String alterSchema(AlterSchemaStatement statement) {
    Schema schema = context.schema(statement.name().last());
    Privileges.requireOwner(context.user(), schema);
    Schema changed =
        switch (statement.change()) {
          case SchemaChange.RenameSchema rename -> schema.withName(rename.name().name());
          case SchemaChange.ChangeSchemaOwner owner ->
              schema.withOwner(context.newOwner(owner.owner()));
          case SchemaChange.ChangeQuota change -> {
            if (!context.user().superuser()) {
              throw new SqlException(
                      SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to alter schema quota")
                  .withPosition(statement.position());
            }
            yield schema.withQuota(change.quota().megabytes().orElse(0L));
          }
        };
    context.writer().get().replace(changed);
    return "ALTER SCHEMA";
  }

  /// DROP.
  public String drop(DropStatement statement) {
    for (QualifiedName name : statement.names()) {
      Optional<? extends CatalogObject> object = find(statement.kind(), name);
      if (object.isEmpty()) {
        missing(statement, name);
        continue;
      }
      requireDroppable(object.get(), statement.force());
      // A database takes everything in it along.
      boolean cascade = statement.cascade() || statement.kind() == ObjectKind.DATABASE;
      List<CatalogObject> removed = context.writer().get().drop(object.get(), cascade);
      for (CatalogObject other : removed) {
        if (other.oid() != object.get().oid() && other instanceof ViewDefinition) {
          context.notices().info("drop cascades to view " + other.name());
        }
      }
    }
    return "DROP " + statement.kind().name().replace('_', ' ');
  }

  private void missing(DropStatement statement, QualifiedName name) {
    String noun = statement.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (statement.ifExists()) {
      context.notices().info(noun + " \"" + name + "\" does not exist and will be skipped");
      return;
    }
    SqlState state =
        switch (statement.kind()) {
          case TABLE, VIEW, MATERIALIZED_VIEW -> SqlState.UNDEFINED_TABLE;
          case SCHEMA -> SqlState.INVALID_SCHEMA_NAME;
          case DATABASE -> SqlState.INVALID_CATALOG_NAME;
          default -> SqlState.UNDEFINED_OBJECT;
        };
    String shown = noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
    throw new SqlException(
            state,
            (statement.kind() == ObjectKind.TABLE || statement.kind() == ObjectKind.VIEW
                    ? shown
                    : noun)
                + " \""
                + name
                + "\" does not exist")
        .withPosition(name.position());
  }

  private Optional<? extends CatalogObject> find(ObjectKind kind, QualifiedName name) {
    Identifier last = name.last();
    return switch (kind) {
      case TABLE, VIEW, MATERIALIZED_VIEW -> relation(kind, name);
      case SCHEMA -> context.catalog().schema(context.database().oid(), last.name());
      case DATABASE -> context.catalog().database(last.name());
      case USER -> context.catalog().user(last.name());
      case RLS_POLICY ->
          context.catalog().policies().find(context.database().oid(), Policy.Kind.RLS, last.name());
      case MASKING_POLICY ->
          context
              .catalog()
              .policies()
              .find(context.database().oid(), Policy.Kind.MASKING, last.name());
      case GROUP, ROLE ->
          context
              .catalog()
              .group(last.name())
              .filter(group -> group.role() == (kind == ObjectKind.ROLE));
      default ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED,
                  "DROP " + kind.name().replace('_', ' ') + " is not supported")
              .withPosition(name.position());
    };
  }

  private Optional<OwnedObject> relation(ObjectKind kind, QualifiedName name) {
    Optional<OwnedObject> found = context.find(name);
    found.ifPresent(
        object -> {
          ObjectKind actual = kind(object);
          if (actual != kind) {
            throw new SqlException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "\"" + name.last().name() + "\" is not a " + words(kind))
                .withPosition(name.position())
                .withHint("Use DROP " + words(actual).toUpperCase(Locale.ROOT) + " to remove it.");
          }
        });
    return found;
  }

  private static ObjectKind kind(OwnedObject relation) {
    return switch (relation) {
      case TableDefinition table when table.materialization().isPresent() ->
          ObjectKind.MATERIALIZED_VIEW;
      case TableDefinition _ -> ObjectKind.TABLE;
      case OwnedObject _ -> ObjectKind.VIEW;
    };
  }

  private static String words(ObjectKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void requireDroppable(CatalogObject object, boolean force) {
    switch (object) {
      case Schema schema
          when schema.name().startsWith("pg_") || schema.name().equals("information_schema") ->
          throw new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE,
              "cannot drop schema "
                  + schema.name()
                  + " because it is required by the database system");
      case Database database when database.oid() == context.database().oid() ->
          throw new SqlException(SqlState.OBJECT_IN_USE, "cannot drop the currently open database");
      case Database database -> Privileges.requireOwner(context.user(), database);
      case OwnedObject owned -> context.requireOwner(owned, Privilege.DROP, droppingAll(owned));
      case User user -> {
        context.requireSystem(SystemPrivilege.DROP_USER, "drop users");
        if (user.superuser()) {
          context.requireSuperuser("drop superusers");
        }
        new PrincipalUse(context).requireUnused(user);
      }
      case Policy _, Attachment _, RowSecurity _ ->
          PolicyCommands.requireSecurityAdministrator(context);
      case Group role when role.role() -> new RoleCommands(context).requireDroppable(role, force);
      case Group group -> {
        context.requireSuperuser("drop groups");
        new PrincipalUse(context).requireUnused(group);
      }
    }
  }

  private static SystemPrivilege droppingAll(OwnedObject object) {
    return switch (object) {
      case TableDefinition table when table.materialization().isPresent() ->
          SystemPrivilege.DROP_VIEW;
      case TableDefinition _ -> SystemPrivilege.DROP_TABLE;
      case ViewDefinition _ -> SystemPrivilege.DROP_VIEW;
      case Schema _ -> SystemPrivilege.DROP_SCHEMA;
      case Database _, Routine _ -> SystemPrivilege.DROP_FUNCTION;
    };
  }
}

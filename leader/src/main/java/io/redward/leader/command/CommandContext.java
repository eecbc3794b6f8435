package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.settings.Settings;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.storage.table.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a command may use: who runs it, where, and the transaction it changes. Made anew for each
/// statement.
///
/// @param processId of the session, which owns its temporary tables
/// @param writer opens the transaction for catalog changes
/// @param transaction opens it for changes of rows
/// @param identities hands out identity values
/// @param notices takes messages that are no errors
public record CommandContext(
    User user,
    Database database,
    int processId,
    Settings settings,
    Supplier<Catalog> catalogs,
    Supplier<CatalogWriter> writer,
    Supplier<WriteTransaction> transaction,
    IdentityValues identities,
    Notices notices) {
  /// Takes messages that are no errors.
  @FunctionalInterface
  public interface Notices {
    void info(String message);
  }

  public Catalog catalog() {
    return catalogs.get();
  }

  List<String> searchPath() {
    return settings.searchPath(user.name());
  }

  private Schema schemaForNew(QualifiedName name) {
    Schema schema =
        name.qualifier()
            .map(this::schema)
            .orElseGet(
                () ->
                    searchPath().stream()
                        .flatMap(path -> catalog().schema(database.oid(), path).stream())
                        .findFirst()
                        .orElseThrow(
                            () ->
                                new SqlException(
                                        SqlState.INVALID_SCHEMA_NAME,
                                        "no schema has been selected to create in")
                                    .withPosition(name.position())));
    return schema;
  }

  /// The schema of a name that is to be created, with the right to create in it or everywhere.
  Schema schemaForNew(QualifiedName name, SystemPrivilege everywhere) {
    Schema schema = schemaForNew(name);
    if (!Privileges.holds(catalog(), user, everywhere)) {
      Privileges.require(catalog(), user, schema, Privilege.CREATE);
    }
    return schema;
  }

  public Database database(Identifier name) {
    return catalog()
        .database(name.name())
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.INVALID_CATALOG_NAME,
                        "database \"" + name.name() + "\" does not exist")
                    .withPosition(name.position()));
  }

  public Schema schema(Identifier name) {
    return catalog()
        .schema(database.oid(), name.name())
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.INVALID_SCHEMA_NAME,
                        "schema \"" + name.name() + "\" does not exist")
                    .withPosition(name.position()));
  }

  /// A table or view by name: temporary tables first, then the search path.
  public Optional<OwnedObject> find(QualifiedName name) {
    String last = name.last().name();
    if (name.qualifier().isPresent()) {
      String schema = name.qualifier().get().name();
      if (Catalog.isTemporarySchema(schema, processId)) {
        return catalog().temporaryTable(processId, last).map(OwnedObject.class::cast);
      }
      return catalog()
          .schema(database.oid(), schema)
          .flatMap(found -> catalog().relation(found.oid(), last));
    }
    Optional<OwnedObject> temporary =
        catalog().temporaryTable(processId, last).map(OwnedObject.class::cast);
    return temporary.or(
        () ->
            searchPath().stream()
                .flatMap(path -> catalog().schema(database.oid(), path).stream())
                .flatMap(schema -> catalog().relation(schema.oid(), last).stream())
                .findFirst());
  }

  public OwnedObject relation(QualifiedName name) {
    return find(name)
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
                    .withPosition(name.position()));
  }

  public TableDefinition table(QualifiedName name) {
    if (relation(name) instanceof TableDefinition table) {
      return table;
    }
    throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a table")
        .withPosition(name.position());
  }

  /// The name by which a table is found whatever the search path is.
  public QualifiedName qualified(TableDefinition table) {
    String schema =
        table.temporary()
            ? Catalog.TEMPORARY_SCHEMA
            : catalog().schema(table.schemaOid()).orElseThrow().name();
    return new QualifiedName(List.of(Identifier.of(schema, 0), Identifier.of(table.name(), 0)));
  }

  /// The user that a thing is given to. What others own runs with their privileges (procedures,
  /// late-binding views, schedules), so that only superusers give things to others.
  ///
  /// @throws SqlException 42501 if this user may not
  int newOwner(Identifier name) {
    int owner = user(name).oid();
    if (owner != user().oid() && !user().superuser()) {
      throw new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to change owner")
          .withPosition(name.position());
    }
    return owner;
  }

  User user(Identifier name) {
    return catalog()
        .user(name.name())
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT, "user \"" + name.name() + "\" does not exist")
                    .withPosition(name.position()));
  }

  /// Refuses what needs a role with this privilege, or a superuser.
  void requireSystem(SystemPrivilege privilege, String what) {
    if (!Privileges.holds(catalog(), user, privilege)) {
      requireSuperuser(what);
    }
  }

  /// Refuses what its owner may do, or who holds the privilege on it or everywhere.
  void requireOwner(OwnedObject object, Privilege privilege, SystemPrivilege everywhere) {
    Privileges.requireOwner(catalog(), user, object, privilege, everywhere);
  }

  void requireSuperuser(String what) {
    if (!user.superuser()) {
      throw new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to " + what);
    }
  }
}

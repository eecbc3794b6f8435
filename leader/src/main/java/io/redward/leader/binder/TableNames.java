package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.BindContext.SessionScope;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks table names up: temporary tables first, then `pg_catalog`, then the search path.
final class TableNames {
  private static final String PG_CATALOG = "pg_catalog";

  private final Catalog catalog;
  private final SystemTables systemTables;
  private final SessionScope session;
  private final User user;
  private final Optional<Policy> policy;

  /// What a name means.
  sealed interface Found {
    record Stored(TableDefinition table, Schema schema) implements Found {}

    record View(ViewDefinition view, Schema schema) implements Found {}

    record System(SystemTable table) implements Found {}
  }

  /// @param user whose privileges count: the session's, or a view's owner
  TableNames(BindContext context, SessionScope session, User user) {
    this(context, session, user, Optional.empty());
  }

  private TableNames(
      BindContext context, SessionScope session, User user, Optional<Policy> policy) {
    this.policy = policy;
    catalog = context.catalog();
    systemTables = context.systemTables();
    this.session = session;
    this.user = user;
  }

  /// The table or view of this name, which the user may use in this way.
  ///
  /// @throws SqlException 42P01 if there is none, 42501 if the user may not
  Found find(QualifiedName name, Privilege privilege) {
    return find(name, privilege, Set.of());
  }

  /// The table or view of this name, which the user may read.
  ///
  /// @param common WITH queries in sight, one of which may have been meant
  /// @throws SqlException 42P01 if there is none, 42501 if the user may not
  Found find(QualifiedName name, CommonTables common) {
    return find(name, Privilege.SELECT, common.tables().keySet());
  }

  private Found find(QualifiedName name, Privilege privilege, Set<String> others) {
    Found found = lookUp(name).orElseThrow(() -> notFound(name, others));
    switch (found) {
      case Found.Stored(TableDefinition table, Schema schema) -> check(table, schema, privilege);
      case Found.View(ViewDefinition view, Schema schema) -> check(view, schema, privilege);
      case Found.System _ -> {}
    }
    return found;
  }

  private void check(OwnedObject relation, Schema schema, Privilege privilege) {
    if (policy.isPresent()) {
      if (!policy.get().lookups().contains(relation.oid())) {
        throw Privileges.denied(relation)
            .withHint(
                "GRANT SELECT ON it TO RLS POLICY or MASKING POLICY " + policy.get().name() + ".");
      }
      return;
    }
    boolean temporary = relation instanceof TableDefinition table && table.temporary();
    if (!temporary) {
      Privileges.require(catalog, user, schema, Privilege.USAGE);
    }
    Privileges.requireSome(catalog, user, relation, privilege);
  }

  /// The relation, if the user may not read this column of it.
  Optional<OwnedObject> barrier(OwnedObject relation, int column) {
    return policy.isPresent() || Privileges.holds(catalog, user, relation, column, Privilege.SELECT)
        ? Optional.empty()
        : Optional.of(relation);
  }

  /// Refuses a change of a column that the user may not change.
  ///
  /// @throws SqlException 42501
  void requireUpdate(TableDefinition table, int column) {
    if (!Privileges.holds(catalog, user, table, column, Privilege.UPDATE)) {
      throw Privileges.denied(table);
    }
  }

  private Optional<Found> lookUp(QualifiedName name) {
    List<String> parts = name.parts().stream().map(Identifier::name).toList();
    String table = parts.getLast();
    return switch (parts.size()) {
      case 1 -> unqualified(table);
      case 2 -> inSchema(session.database(), parts.get(0), table, name);
      case 3 -> inSchema(database(parts.get(0), name), parts.get(1), table, name);
      default ->
          throw Errors.at(
              name.position(),
              SqlState.SYNTAX_ERROR,
              "improper qualified name (too many dotted names): " + name);
    };
  }

  private Database database(String name, QualifiedName whole) {
    return catalog
        .database(name)
        .orElseThrow(
            () ->
                Errors.at(
                    whole.position(),
                    SqlState.INVALID_CATALOG_NAME,
                    "database \"" + name + "\" does not exist"));
  }

  private Optional<Found> unqualified(String name) {
    Optional<TableDefinition> temporary = catalog.temporaryTable(session.processId(), name);
    if (temporary.isPresent()) {
      return temporary.flatMap(this::stored);
    }
    List<String> path = new ArrayList<>(session.searchPath());
    if (!path.contains(PG_CATALOG)) {
      path.addFirst(PG_CATALOG);
    }
    for (String schema : path) {
      Optional<Found> found = lookUp(session.database(), schema, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> inSchema(
      Database database, String schema, String name, QualifiedName whole) {
    if (Catalog.isTemporarySchema(schema, session.processId())) {
      return catalog.temporaryTable(session.processId(), name).flatMap(this::stored);
    }
    boolean exists =
        catalog.schema(database.oid(), schema).isPresent()
            || systemTables.all().stream().anyMatch(t -> t.schema().equals(schema));
    if (!exists) {
      throw Suggestions.hinted(
          Errors.at(
              whole.position(),
              SqlState.INVALID_SCHEMA_NAME,
              "schema \"" + schema + "\" does not exist"),
          schema,
          schemas(database),
          "the schema");
    }
    return lookUp(database, schema, name);
  }

  private Optional<Found> lookUp(Database database, String schemaName, String name) {
    Optional<SystemTable> system = systemTables.find(schemaName, name);
    if (system.isPresent()) {
      return system.map(Found.System::new);
    }
    return catalog
        .schema(database.oid(), schemaName)
        .flatMap(schema -> catalog.relation(schema.oid(), name).flatMap(o -> found(o, schema)));
  }

  private Optional<Found> stored(TableDefinition table) {
    return catalog.schema(table.schemaOid()).map(schema -> new Found.Stored(table, schema));
  }

  private static Optional<Found> found(OwnedObject object, Schema schema) {
    return switch (object) {
      case TableDefinition table -> Optional.of(new Found.Stored(table, schema));
      case ViewDefinition view -> Optional.of(new Found.View(view, schema));
      case Database _, Schema _, Routine _ -> Optional.empty();
    };
  }

  private List<String> schemas(Database database) {
    Stream<String> stored = catalog.schemas(database.oid()).stream().map(CatalogObject::name);
    Stream<String> system = systemTables.all().stream().map(SystemTable::schema);
    return Stream.concat(stored, system).distinct().toList();
  }

  /// Names that a relation could have been meant by: of the schema that was named, or else of the
  /// search path, the system's and others in sight.
  private List<String> candidates(QualifiedName name, Set<String> others) {
    List<String> schemas =
        name.parts().size() == 2 ? List.of(name.parts().getFirst().name()) : session.searchPath();
    Stream<String> stored =
        schemas.stream()
            .flatMap(path -> catalog.schema(session.database().oid(), path).stream())
            .flatMap(schema -> catalog.relations(schema.oid()).stream())
            .map(CatalogObject::name);
    Stream<String> system =
        systemTables.all().stream()
            .filter(t -> schemas.contains(t.schema()) || t.schema().equals(PG_CATALOG))
            .map(SystemTable::name);
    return Stream.concat(others.stream(), Stream.concat(stored, system)).distinct().toList();
  }

  private SqlException notFound(QualifiedName name, Set<String> others) {
    SqlException error =
        Errors.at(
            name.position(), SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
    return Suggestions.hinted(error, name.last().name(), candidates(name, others), "the table");
  }

  /// The same lookup for a policy's expressions: its search path, the tables granted to it.
  TableNames within(BindContext context, Policy policy) {
    return new TableNames(
        context, session.withSearchPath(policy.searchPath()), user, Optional.of(policy));
  }

  /// The same lookup for the text of a view: its search path, its owner's privileges.
  TableNames within(BindContext context, ViewDefinition view) {
    User owner = catalog.user(view.owner()).orElse(user);
    return new TableNames(context, session.withSearchPath(view.searchPath()), owner);
  }
}

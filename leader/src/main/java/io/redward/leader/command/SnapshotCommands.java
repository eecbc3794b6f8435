package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.DroppedTable;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.SnapshotStatement.CloneDatabaseStatement;
import io.redward.leader.sql.ast.SnapshotStatement.CloneTableStatement;
import io.redward.leader.sql.ast.SnapshotStatement.CreateSnapshotStatement;
import io.redward.leader.sql.ast.SnapshotStatement.DropSnapshotStatement;
import io.redward.leader.sql.ast.SnapshotStatement.RestoreTableStatement;
import io.redward.leader.sql.ast.SnapshotStatement.UndropTableStatement;
import io.redward.storage.table.History;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.SavedSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// CREATE, DROP and RESTORE of snapshots, CLONE, UNDROP. Snapshots of the namespace are a
/// superuser's; a table's owner may save, clone and undrop it, and whoever may read a table may
/// clone it.
public final class SnapshotCommands {
  private final CommandContext context;
  private final Namespace namespace;
  private final InstantSource clock;

  public SnapshotCommands(CommandContext context, Namespace namespace, InstantSource clock) {
    this.context = context;
    this.namespace = namespace;
    this.clock = clock;
  }

  /// CREATE SNAPSHOT.
  public String create(CreateSnapshotStatement statement) {
    OptionalLong table = OptionalLong.empty();
    String subject = "namespace";
    if (statement.table().isPresent()) {
      TableDefinition found = context.table(statement.table().get());
      Privileges.requireOwner(context.user(), found);
      table = OptionalLong.of(found.oid());
      subject = context.database().name() + "." + context.qualified(found);
    } else {
      context.requireSuperuser("create a snapshot of the namespace");
    }
    Optional<Instant> expires =
        statement.retentionHours().map(hours -> clock.instant().plus(Duration.ofHours(hours)));
    try {
      namespace
          .history()
          .save(
              new History.SaveRequest(
                  statement.name().name(), context.user().name(), table, subject, expires));
    } catch (SqlException e) {
      throw e.withPosition(statement.name().position());
    }
    return "CREATE SNAPSHOT";
  }

  /// DROP SNAPSHOT.
  public String drop(DropSnapshotStatement statement) {
    String name = statement.name().name();
    Optional<SavedSnapshot> found =
        namespace.history().saved().stream().filter(s -> s.name().equals(name)).findFirst();
    if (found.isEmpty() && statement.ifExists()) {
      context.notices().info("snapshot \"" + name + "\" does not exist and will be skipped");
      return "DROP SNAPSHOT";
    }
    if (found.isPresent() && !found.get().owner().equals(context.user().name())) {
      context.requireSuperuser("drop a snapshot of another user");
    }
    try {
      namespace.history().drop(name);
    } catch (SqlException e) {
      throw e.withPosition(statement.name().position());
    }
    return "DROP SNAPSHOT";
  }

  /// RESTORE NAMESPACE.
  public String restore(SavedSnapshot snapshot) {
    context.requireSuperuser("restore the namespace");
    if (snapshot.tableId().isPresent()) {
      throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "snapshot \"" + snapshot.name() + "\" holds only " + snapshot.subject())
          .withHint("Use RESTORE TABLE … FROM SNAPSHOT.");
    }
    WriteTransaction transaction = context.transaction().get();
    transaction.restore(namespace.history().open(snapshot), key -> key.startsWith("snapshot/"));
    return "RESTORE NAMESPACE";
  }

  /// RESTORE TABLE.
  public String restoreTable(RestoreTableStatement statement, Snapshot past, Catalog catalog) {
    TableDefinition source = find(statement.table(), catalog);
    Privileges.requireOwner(context.user(), source);
    SecurityGuard.requireWhole(context, catalog.policies(), source);
    copy(source, statement.target(), source.owner(), past);
    return "RESTORE TABLE";
  }

  /// CREATE TABLE … CLONE.
  ///
  /// @param catalog that goes with `source`
  public String cloneTable(CloneTableStatement statement, Snapshot source, Catalog catalog) {
    Schema schema = context.schemaForNew(statement.name(), SystemPrivilege.CREATE_TABLE);
    String name = statement.name().last().name();
    if (statement.ifNotExists() && context.catalog().relation(schema.oid(), name).isPresent()) {
      context.notices().info("relation \"" + name + "\" already exists and will be skipped");
      return "CREATE TABLE";
    }
    TableDefinition present = context.table(statement.source());
    Privileges.require(context.catalog(), context.user(), present, Privilege.SELECT);
    SecurityGuard.requireWhole(context, context.catalog().policies(), present);
    TableDefinition then =
        catalog
            .table(present.oid())
            .orElseThrow(
                () ->
                    new SqlException(
                            SqlState.UNDEFINED_TABLE,
                            "relation \"" + statement.source() + "\" did not exist at that time")
                        .withPosition(statement.source().position()));
    copy(then, statement.name(), context.user().oid(), source);
    return "CREATE TABLE";
  }

  /// CREATE DATABASE … CLONE.
  ///
  /// @param source the transaction's own view
  public String cloneDatabase(CloneDatabaseStatement statement, Snapshot source) {
    if (!context.user().superuser() && !context.user().createDatabase()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create database");
    }
    Catalog catalog = context.catalog();
    Database original = context.database(statement.source());
    Privileges.requireOwner(context.user(), original);
    CatalogWriter writer = context.writer().get();
    Database copy =
        writer.createDatabase(
            statement.name().name(), context.user().oid(), original.access(), original.isolation());
    PolicyCopies policies = new PolicyCopies(catalog, writer);
    for (Schema schema : catalog.schemas(original.oid())) {
      Schema target =
          context
              .catalog()
              .schema(copy.oid(), schema.name())
              .orElseGet(() -> writer.createSchema(copy.oid(), schema.name(), schema.owner()));
      writer.replace(
          new Schema(target.oid(), copy.oid(), schema.name(), schema.owner(), schema.access()));
      List<OwnedObject> relations = catalog.relations(schema.oid());
      for (OwnedObject relation : relations) {
        if (relation instanceof TableDefinition table) {
          TableDefinition created = writer.createTable(table.withSchema(target.oid()));
          share(table, created, source);
          policies.copied(table, created);
        }
      }
      warnOfViews(relations);
    }
    policies.make(original, copy);
    return "CREATE DATABASE";
  }

  private void warnOfViews(List<OwnedObject> relations) {
    for (OwnedObject relation : relations) {
      if (relation instanceof ViewDefinition view) {
        context.notices().info("view \"" + view.name() + "\" is not cloned; create it again");
      }
    }
  }

  /// The newest version in which a dropped table was there.
  public long droppedAt(UndropTableStatement statement) {
    return dropped(statement).version();
  }

  /// UNDROP TABLE.
  public String undrop(UndropTableStatement statement, Snapshot past, Catalog catalog) {
    DroppedTable dropped = dropped(statement);
    TableDefinition table =
        catalog.table(dropped.oid()).orElseThrow(() -> neverDropped(statement.name()));
    Privileges.requireOwner(context.user(), table);
    SecurityGuard.requireWhole(context, catalog.policies(), table);
    copy(table, statement.name(), table.owner(), past);
    context.writer().get().forgetDropped(dropped);
    return "UNDROP TABLE";
  }

  private DroppedTable dropped(UndropTableStatement statement) {
    Schema schema = context.schemaForNew(statement.name(), SystemPrivilege.CREATE_TABLE);
    return DroppedTable.of(context.transaction().get().view()).stream()
        .filter(
            table ->
                table.schemaOid() == schema.oid()
                    && table.name().equals(statement.name().last().name()))
        .max(Comparator.comparingLong(DroppedTable::version))
        .orElseThrow(() -> neverDropped(statement.name()));
  }

  private static SqlException neverDropped(QualifiedName name) {
    return new SqlException(
            SqlState.UNDEFINED_TABLE,
            "no table \"" + name + "\" has been dropped within the history kept")
        .withPosition(name.position())
        .withHint("svv_dropped_tables lists those that can be brought back.");
  }

  /// A table of a past catalog by name, in this database.
  private TableDefinition find(QualifiedName name, Catalog catalog) {
    List<String> schemas =
        name.qualifier().map(q -> List.of(q.name())).orElseGet(context::searchPath);
    for (String schemaName : schemas) {
      Optional<OwnedObject> found =
          catalog
              .schema(context.database().oid(), schemaName)
              .flatMap(schema -> catalog.relation(schema.oid(), name.last().name()));
      if (found.isPresent() && found.get() instanceof TableDefinition table) {
        return table;
      }
    }
    throw new SqlException(
            SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" is not in the snapshot")
        .withPosition(name.position());
  }

  /// Makes a table like `source` that shares its rows.
  private void copy(TableDefinition source, QualifiedName name, int owner, Snapshot rows) {
    Schema schema = context.schemaForNew(name, SystemPrivilege.CREATE_TABLE);
    Identifier last = name.last();
    if (context.catalog().relation(schema.oid(), last.name()).isPresent()) {
      throw new SqlException(
              SqlState.DUPLICATE_TABLE, "Relation \"" + last.name() + "\" already exists")
          .withPosition(name.position());
    }
    TableDefinition created =
        context
            .writer()
            .get()
            .createTable(
                source
                    .withName(last.name())
                    .withSchema(schema.oid())
                    .withOwner(owner)
                    .withAccess(AccessList.NONE)
                    .withLifetime(TableDefinition.Lifetime.PERMANENT));
    share(source, created, rows);
  }

  private void share(TableDefinition source, TableDefinition created, Snapshot rows) {
    WriteTransaction transaction = context.transaction().get();
    transaction.share(created.oid(), rows, source.oid());
    IdentityValues.copy(transaction, rows, source.oid(), created.oid());
    LayoutChanges.copy(transaction, rows, source.oid(), created.oid());
  }
}

package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.User;
import io.redward.leader.sql.ast.ObjectStatement.AlterDatabaseStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateDatabaseStatement;
import io.redward.leader.sql.ast.ObjectStatement.DatabaseChange;
import io.redward.leader.sql.ast.ObjectStatement.IsolationLevel;
import io.redward.storage.table.Isolation;

/// CREATE DATABASE and ALTER DATABASE.
public final class DatabaseCommands {
  private final CommandContext context;

  public DatabaseCommands(CommandContext context) {
    this.context = context;
  }

  /// CREATE DATABASE.
  public String create(CreateDatabaseStatement statement) {
    if (!context.user().superuser() && !context.user().createDatabase()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create database");
    }
    if (statement.from().isPresent()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "databases from datashares are not supported")
          .withPosition(statement.position());
    }
    User owner = statement.owner().map(context::user).orElse(context.user());
    AccessList access = context.database().access();
    Isolation isolation =
        statement.isolation().map(DatabaseCommands::isolation).orElse(Isolation.SNAPSHOT);
    CatalogWriter writer = context.writer().get();
    Database made = writer.createDatabase(statement.name().name(), owner.oid(), access, isolation);
    if (!statement.caseSensitive().orElse(true)) {
      writer.replace(made.withCaseInsensitive(true));
    }
    return "CREATE DATABASE";
  }

  /// ALTER DATABASE.
  ///
  /// @param sessions tells who is connected to a database, and whether a transaction is open
  public String alter(AlterDatabaseStatement statement, Sessions sessions) {
    Database database = context.database(statement.name());
    Privileges.requireOwner(context.user(), database);
    Database changed = database;
    for (DatabaseChange change : statement.changes()) {
      changed = changed(changed, change, statement.position(), sessions);
    }
    context.writer().get().replace(changed);
    return "ALTER DATABASE";
  }

  private Database changed(
      Database database, DatabaseChange change, int position, Sessions sessions) {
    return switch (change) {
      case DatabaseChange.RenameDatabase rename -> {
        if (database.oid() == context.database().oid()) {
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "current database may not be renamed");
        }
        requireUnused(database, sessions);
        yield database.withName(rename.name().name());
      }
      case DatabaseChange.ChangeDatabaseOwner owner ->
          database.withOwner(context.newOwner(owner.owner()));
      case DatabaseChange.ChangeIsolation isolation -> {
        if (sessions.inTransactionBlock()) {
          throw new SqlException(
              SqlState.ACTIVE_TRANSACTION,
              "ALTER DATABASE ISOLATION LEVEL cannot run inside a transaction block");
        }
        requireUnused(database, sessions);
        yield database.withIsolation(isolation(isolation.level()));
      }
      case DatabaseChange.ChangeCollation collation -> {
        requireEmpty(database);
        yield database.withCaseInsensitive(!collation.caseSensitive());
      }
      case DatabaseChange.ChangeConnectionLimit _,
          DatabaseChange.SetDatabaseParameter _,
          DatabaseChange.RefreshIntegration _ ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED, "this form of ALTER DATABASE is not supported")
              .withPosition(position);
    };
  }

  private void requireEmpty(Database database) {
    boolean empty =
        context.catalog().schemas(database.oid()).stream()
            .allMatch(schema -> context.catalog().relations(schema.oid()).isEmpty());
    if (!empty) {
      throw new SqlException(
          SqlState.OBJECT_IN_USE,
          "the collation of database \"" + database.name() + "\" cannot change: it is not empty");
    }
  }

  private static void requireUnused(Database database, Sessions sessions) {
    if (sessions.othersIn(database.name())) {
      throw new SqlException(
              SqlState.OBJECT_IN_USE,
              "database \"" + database.name() + "\" is being accessed by other users")
          .withHint("Close the other sessions first; stv_sessions lists them.");
    }
  }

  private static Isolation isolation(IsolationLevel level) {
    return switch (level) {
      case SNAPSHOT -> Isolation.SNAPSHOT;
      case SERIALIZABLE -> Isolation.SERIALIZABLE;
    };
  }

  /// Who else is there.
  public interface Sessions {
    /// Whether sessions other than the caller's are connected to a database.
    boolean othersIn(String database);

    /// Whether the caller has begun a transaction.
    boolean inTransactionBlock();
  }
}

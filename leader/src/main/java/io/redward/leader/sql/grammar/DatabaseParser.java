package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.AlterDatabaseStatement;
import io.redward.leader.sql.ast.ObjectStatement.ConnectionLimit;
import io.redward.leader.sql.ast.ObjectStatement.CreateDatabaseStatement;
import io.redward.leader.sql.ast.ObjectStatement.DatabaseChange;
import io.redward.leader.sql.ast.ObjectStatement.DatabaseSource;
import io.redward.leader.sql.ast.ObjectStatement.DatabaseSourceKind;
import io.redward.leader.sql.ast.ObjectStatement.IsolationLevel;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// CREATE DATABASE and ALTER DATABASE.
final class DatabaseParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  DatabaseParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement create(int position) {
    Identifier name = names.name();
    if (cursor.acceptWord("clone")) {
      return new SnapshotParser(grammar).cloneDatabase(name, position);
    }
    Optional<Identifier> owner = Optional.empty();
    Optional<ConnectionLimit> limit = Optional.empty();
    Optional<Boolean> caseSensitive = Optional.empty();
    Optional<IsolationLevel> isolation = Optional.empty();
    Optional<DatabaseSource> source = Optional.empty();
    cursor.acceptWord("with");
    while (!atEnd()) {
      if (cursor.acceptWord("owner")) {
        cursor.acceptOperator("=");
        owner = Optional.of(names.name());
      } else if (cursor.acceptWords("connection", "limit")) {
        limit = Optional.of(connectionLimit());
      } else if (cursor.acceptWord("collate")) {
        caseSensitive = Optional.of(ColumnParser.caseSensitive(cursor));
      } else if (cursor.acceptWords("isolation", "level")) {
        isolation = Optional.of(isolation());
      } else {
        cursor.expectWord("from");
        source = Optional.of(source());
      }
    }
    return new CreateDatabaseStatement(
        name, owner, limit, caseSensitive, isolation, source, position);
  }

  private boolean atEnd() {
    return cursor.at(TokenKind.END) || cursor.at(TokenKind.SEMICOLON);
  }

  /// The number or UNLIMITED behind CONNECTION LIMIT.
  ConnectionLimit connectionLimit() {
    cursor.acceptOperator("=");
    return cursor.acceptWord("unlimited")
        ? new ConnectionLimit(Optional.empty())
        : new ConnectionLimit(Optional.of(names.integer()));
  }

  private IsolationLevel isolation() {
    if (cursor.acceptWord("snapshot")) {
      return IsolationLevel.SNAPSHOT;
    }
    cursor.expectWord("serializable");
    return IsolationLevel.SERIALIZABLE;
  }

  private DatabaseSource source() {
    DatabaseSourceKind kind;
    String name;
    if (cursor.acceptWord("datashare")) {
      kind = DatabaseSourceKind.DATASHARE;
      name = names.name().name();
    } else if (cursor.acceptWord("arn")) {
      kind = DatabaseSourceKind.ARN;
      name = names.string();
    } else {
      cursor.expectWord("integration");
      kind = DatabaseSourceKind.INTEGRATION;
      name = names.string();
    }
    boolean permissions = false;
    Optional<String> account = Optional.empty();
    Optional<String> namespace = Optional.empty();
    Optional<String> catalogSchema = Optional.empty();
    while (!atEnd()) {
      if (cursor.acceptWords("with", "permissions")) {
        permissions = true;
      } else if (cursor.acceptWords("with", "data", "catalog", "schema")) {
        catalogSchema = Optional.of(word());
      } else if (cursor.acceptWord("account")) {
        account = Optional.of(names.string());
      } else if (cursor.acceptWord("namespace")) {
        namespace = Optional.of(names.string());
      } else if (cursor.acceptWord("database")) {
        catalogSchema = Optional.of(word());
      } else if (!cursor.acceptWords("with", "no", "data", "catalog", "schema")
          && !cursor.acceptWord("of")) {
        throw cursor.syntaxError();
      }
    }
    return new DatabaseSource(kind, name, permissions, account, namespace, catalogSchema);
  }

  private String word() {
    return cursor.at(TokenKind.STRING) ? names.string() : names.name().name();
  }

  Statement alter(int position) {
    Identifier name = names.name();
    cursor.acceptWord("with");
    List<DatabaseChange> changes = new ArrayList<>();
    do {
      changes.add(change(position));
    } while (!atEnd());
    return new AlterDatabaseStatement(name, changes, position);
  }

  private DatabaseChange change(int position) {
    if (cursor.acceptWords("rename", "to")) {
      return new DatabaseChange.RenameDatabase(names.name());
    }
    if (cursor.acceptWords("owner", "to")) {
      return new DatabaseChange.ChangeDatabaseOwner(names.name());
    }
    if (cursor.acceptWords("connection", "limit")) {
      return new DatabaseChange.ChangeConnectionLimit(connectionLimit());
    }
    if (cursor.acceptWord("collate")) {
      return new DatabaseChange.ChangeCollation(ColumnParser.caseSensitive(cursor));
    }
    if (cursor.acceptWords("isolation", "level")) {
      return new DatabaseChange.ChangeIsolation(isolation());
    }
    if (cursor.acceptWord("integration")) {
      return new DatabaseChange.RefreshIntegration(new ClauseParser(cursor).rest());
    }
    cursor.expectWord("set");
    return new DatabaseChange.SetDatabaseParameter(
        new SessionParser(grammar).assignment(false, position));
  }
}

package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Moment;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.SnapshotStatement.CloneDatabaseStatement;
import io.redward.leader.sql.ast.SnapshotStatement.CloneTableStatement;
import io.redward.leader.sql.ast.SnapshotStatement.CreateSnapshotStatement;
import io.redward.leader.sql.ast.SnapshotStatement.DropSnapshotStatement;
import io.redward.leader.sql.ast.SnapshotStatement.RestoreNamespaceStatement;
import io.redward.leader.sql.ast.SnapshotStatement.RestoreTableStatement;
import io.redward.leader.sql.ast.SnapshotStatement.UndropTableStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.Locale;
import java.util.Optional;

/// Snapshots, clones, UNDROP, and the moments of time travel.
final class SnapshotParser {
  private static final long DAY_HOURS = 24;

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  SnapshotParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  /// Behind CREATE SNAPSHOT.
  Statement create(int position) {
    Identifier name = names.name();
    Optional<QualifiedName> table =
        cursor.acceptWords("for", "table") ? Optional.of(names.qualifiedName()) : Optional.empty();
    Optional<Long> hours = Optional.empty();
    if (cursor.acceptWord("retention")) {
      long count = names.integer();
      if (cursor.acceptWord("days") || cursor.acceptWord("day")) {
        hours = Optional.of(count * DAY_HOURS);
      } else {
        if (!cursor.acceptWord("hour")) {
          cursor.expectWord("hours");
        }
        hours = Optional.of(count);
      }
    }
    return new CreateSnapshotStatement(name, table, hours, position);
  }

  /// Behind DROP SNAPSHOT.
  Statement drop(int position) {
    boolean ifExists = names.ifExists();
    return new DropSnapshotStatement(names.name(), ifExists, position);
  }

  /// RESTORE.
  Statement restore() {
    int position = cursor.expectWord("restore").position();
    if (cursor.acceptWord("namespace")) {
      return new RestoreNamespaceStatement(snapshot(), position);
    }
    cursor.expectWord("table");
    QualifiedName table = names.qualifiedName();
    QualifiedName target = cursor.acceptWord("as") ? names.qualifiedName() : table;
    return new RestoreTableStatement(table, target, snapshot(), position);
  }

  private Identifier snapshot() {
    cursor.expectWords("from", "snapshot");
    return names.name();
  }

  /// UNDROP TABLE.
  Statement undrop() {
    int position = cursor.expectWord("undrop").position();
    cursor.expectWord("table");
    return new UndropTableStatement(names.qualifiedName(), position);
  }

  /// Behind CREATE TABLE name CLONE.
  Statement cloneTable(QualifiedName name, boolean ifNotExists, int position) {
    return new CloneTableStatement(
        name, ifNotExists, names.qualifiedName(), optionalMoment(), position);
  }

  /// Behind CREATE DATABASE name CLONE.
  Statement cloneDatabase(Identifier name, int position) {
    return new CloneDatabaseStatement(name, names.name(), position);
  }

  /// `AT (VERSION => …)`, if it is there; AT alone may be something else.
  Optional<Moment> optionalMoment() {
    boolean moment =
        cursor.atWord("at")
            && cursor.peek(1).is(TokenKind.LEFT_PAREN)
            && (cursor.peek(2).isWord("version")
                || cursor.peek(2).isWord("timestamp")
                || cursor.peek(2).isWord("offset"));
    if (!moment) {
      return Optional.empty();
    }
    int position = cursor.next().position();
    cursor.expect(TokenKind.LEFT_PAREN);
    Moment.Kind kind = Moment.Kind.valueOf(cursor.next().text().toUpperCase(Locale.ROOT));
    cursor.expectOperator("=>");
    Moment at = new Moment(kind, grammar.expressions.expression(), position);
    cursor.expect(TokenKind.RIGHT_PAREN);
    return Optional.of(at);
  }
}

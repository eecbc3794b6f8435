package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TransactionStatement;
import io.redward.leader.sql.ast.TransactionStatement.BeginStatement;
import io.redward.leader.sql.ast.TransactionStatement.CommitStatement;
import io.redward.leader.sql.ast.TransactionStatement.Isolation;
import io.redward.leader.sql.ast.TransactionStatement.LockStatement;
import io.redward.leader.sql.ast.TransactionStatement.RollbackStatement;
import io.redward.leader.sql.ast.TransactionStatement.SavepointAction;
import io.redward.leader.sql.ast.TransactionStatement.SavepointStatement;
import io.redward.leader.sql.ast.TransactionStatement.TransactionModes;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;

/// BEGIN, COMMIT, ROLLBACK, savepoints, LOCK.
final class TransactionParser {
  private final TokenCursor cursor;
  private final NameParser names;

  TransactionParser(Grammar grammar) {
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  TransactionStatement statement() {
    Token first = cursor.next();
    int position = first.position();
    switch (first.text()) {
      case "begin" -> {
        workOrTransaction();
        return new BeginStatement(modes(), position);
      }
      case "start" -> {
        cursor.expectWord("transaction");
        return new BeginStatement(modes(), position);
      }
      case "commit", "end" -> {
        workOrTransaction();
        return new CommitStatement(position);
      }
      case "rollback", "abort" -> {
        return rollback(position);
      }
      case "savepoint" -> {
        return new SavepointStatement(SavepointAction.SET, names.name(), position);
      }
      case "release" -> {
        cursor.acceptWord("savepoint");
        return new SavepointStatement(SavepointAction.RELEASE, names.name(), position);
      }
      default -> {
        return lock(position);
      }
    }
  }

  private void workOrTransaction() {
    if (!cursor.acceptWord("work")) {
      cursor.acceptWord("transaction");
    }
  }

  private TransactionStatement rollback(int position) {
    workOrTransaction();
    if (!cursor.acceptWord("to")) {
      return new RollbackStatement(position);
    }
    cursor.acceptWord("savepoint");
    return new SavepointStatement(SavepointAction.ROLLBACK_TO, names.name(), position);
  }

  /// `ISOLATION LEVEL …`, `READ WRITE | READ ONLY`, `[NOT] DEFERRABLE`, in any order, with or
  /// without commas.
  TransactionModes modes() {
    Optional<Isolation> isolation = Optional.empty();
    Optional<Boolean> readOnly = Optional.empty();
    Optional<Boolean> deferrable = Optional.empty();
    while (!cursor.at(TokenKind.END) && !cursor.at(TokenKind.SEMICOLON)) {
      if (cursor.acceptWords("isolation", "level")) {
        isolation = Optional.of(isolation());
      } else if (cursor.acceptWords("read", "only")) {
        readOnly = Optional.of(true);
      } else if (cursor.acceptWords("read", "write")) {
        readOnly = Optional.of(false);
      } else if (cursor.acceptWord("deferrable")) {
        deferrable = Optional.of(true);
      } else if (cursor.acceptWords("not", "deferrable")) {
        deferrable = Optional.of(false);
      } else {
        throw cursor.syntaxError();
      }
      cursor.accept(TokenKind.COMMA);
    }
    return new TransactionModes(isolation, readOnly, deferrable);
  }

  private Isolation isolation() {
    if (cursor.acceptWord("serializable")) {
      return Isolation.SERIALIZABLE;
    }
    if (cursor.acceptWord("snapshot")) {
      return Isolation.SNAPSHOT;
    }
    if (cursor.acceptWords("repeatable", "read")) {
      return Isolation.REPEATABLE_READ;
    }
    if (cursor.acceptWords("read", "committed")) {
      return Isolation.READ_COMMITTED;
    }
    cursor.expectWords("read", "uncommitted");
    return Isolation.READ_UNCOMMITTED;
  }

  private TransactionStatement lock(int position) {
    cursor.acceptWord("table");
    List<QualifiedName> tables = names.list(names::qualifiedName);
    String mode = "access exclusive";
    if (cursor.acceptWord("in")) {
      StringBuilder words = new StringBuilder();
      while (!cursor.atWord("mode")) {
        words.append(words.isEmpty() ? "" : " ").append(names.label().name());
      }
      cursor.next();
      mode = words.toString();
    }
    return new LockStatement(tables, mode, cursor.acceptWord("nowait"), position);
  }
}

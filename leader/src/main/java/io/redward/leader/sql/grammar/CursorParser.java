package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.CursorStatement;
import io.redward.leader.sql.ast.CursorStatement.CloseCursorStatement;
import io.redward.leader.sql.ast.CursorStatement.DeclareCursorStatement;
import io.redward.leader.sql.ast.CursorStatement.FetchDirection;
import io.redward.leader.sql.ast.CursorStatement.FetchStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.Optional;

/// DECLARE, FETCH, MOVE, CLOSE.
final class CursorParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  CursorParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  CursorStatement statement() {
    Token first = cursor.next();
    return switch (first.text()) {
      case "declare" -> declare(first.position());
      case "close" -> close(first.position());
      default -> fetch(first.text().equals("move"), first.position());
    };
  }

  private CursorStatement declare(int position) {
    Identifier name = names.name();
    boolean scroll = false;
    while (!cursor.acceptWord("cursor")) {
      if (cursor.acceptWord("scroll")) {
        scroll = true;
      } else if (!cursor.acceptWord("binary")
          && !cursor.acceptWord("insensitive")
          && !cursor.acceptWords("no", "scroll")) {
        throw cursor.syntaxError();
      }
    }
    boolean hold = cursor.acceptWords("with", "hold");
    if (!hold) {
      cursor.acceptWords("without", "hold");
    }
    cursor.expectWord("for");
    return new DeclareCursorStatement(name, grammar.queries.query(), scroll, hold, position);
  }

  private CursorStatement close(int position) {
    Optional<Identifier> name =
        cursor.acceptWord("all") ? Optional.empty() : Optional.of(names.name());
    return new CloseCursorStatement(name, position);
  }

  private CursorStatement fetch(boolean move, int position) {
    FetchDirection direction = FetchDirection.FORWARD;
    long count = 1;
    if (cursor.acceptWord("next")) {
      count = 1;
    } else if (cursor.acceptWord("prior")) {
      direction = FetchDirection.BACKWARD;
    } else if (cursor.acceptWord("first")) {
      direction = FetchDirection.FIRST;
    } else if (cursor.acceptWord("last")) {
      direction = FetchDirection.LAST;
    } else if (cursor.acceptWord("absolute")) {
      direction = FetchDirection.ABSOLUTE;
      count = names.signedLong();
    } else if (cursor.acceptWord("relative")) {
      direction = FetchDirection.RELATIVE;
      count = names.signedLong();
    } else if (cursor.acceptWord("backward")) {
      direction = FetchDirection.BACKWARD;
      count = count();
    } else {
      cursor.acceptWord("forward");
      count = count();
    }
    if (!cursor.acceptWord("from")) {
      cursor.acceptWord("in");
    }
    return new FetchStatement(names.name(), direction, count, move, position);
  }

  /// A number, ALL, or nothing for one row.
  private long count() {
    if (cursor.acceptWord("all")) {
      return Long.MAX_VALUE;
    }
    boolean number =
        cursor.at(TokenKind.NUMBER) || cursor.atOperator("-") || cursor.atOperator("+");
    return number ? names.signedLong() : 1;
  }
}

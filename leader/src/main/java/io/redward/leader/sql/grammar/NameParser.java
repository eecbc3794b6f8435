package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.lex.Keywords;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Names, and lists of anything.
final class NameParser {
  private final TokenCursor cursor;

  NameParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  static Identifier identifier(Token token) {
    return new Identifier(token.text(), token.is(TokenKind.QUOTED_NAME), token.position());
  }

  /// Does a name of a column, table or other object stand here?
  boolean atName() {
    Token token = cursor.peek();
    return token.is(TokenKind.QUOTED_NAME)
        || (token.is(TokenKind.WORD) && Keywords.canNameColumn(token.text()));
  }

  /// A name of a column, table or other object.
  Identifier name() {
    if (!atName()) {
      throw cursor.syntaxError();
    }
    return identifier(cursor.next());
  }

  /// A user, group or role; those of the system and of identity providers have a prefix, as in
  /// `sys:dba` and `azure:bob`.
  Identifier principal() {
    Identifier name = name();
    if (!cursor.accept(TokenKind.COLON)) {
      return name;
    }
    return new Identifier(name.name() + ":" + label().name(), true, name.position());
  }

  /// Any word at all, as behind AS or a dot.
  Identifier label() {
    if (!cursor.at(TokenKind.WORD) && !cursor.at(TokenKind.QUOTED_NAME)) {
      throw cursor.syntaxError();
    }
    return identifier(cursor.next());
  }

  /// `name.name…`; words behind a dot may be reserved.
  QualifiedName qualifiedName() {
    return qualifiedNameFrom(name());
  }

  QualifiedName qualifiedNameFrom(Identifier first) {
    if (!cursor.at(TokenKind.DOT)) {
      return QualifiedName.of(first);
    }
    List<Identifier> parts = new ArrayList<>();
    parts.add(first);
    while (cursor.accept(TokenKind.DOT)) {
      parts.add(label());
    }
    return new QualifiedName(parts);
  }

  /// One or more, separated by commas.
  <T> List<T> list(Supplier<T> element) {
    List<T> all = new ArrayList<>();
    do {
      all.add(element.get());
    } while (cursor.accept(TokenKind.COMMA));
    return all;
  }

  /// `( element, … )`, at least one.
  <T> List<T> parenthesised(Supplier<T> element) {
    cursor.expect(TokenKind.LEFT_PAREN);
    List<T> all = list(element);
    cursor.expect(TokenKind.RIGHT_PAREN);
    return all;
  }

  /// `( element, … )`, or nothing.
  <T> List<T> optionalParenthesised(Supplier<T> element) {
    return cursor.at(TokenKind.LEFT_PAREN) ? parenthesised(element) : List.of();
  }

  /// A string's value.
  String string() {
    return cursor.expect(TokenKind.STRING).text();
  }

  /// A number without sign that fits an int.
  int integer() {
    Token token = cursor.expect(TokenKind.NUMBER);
    try {
      return Integer.parseInt(token.text());
    } catch (NumberFormatException _) {
      throw cursor.syntaxErrorAtLast();
    }
  }

  /// A number, perhaps signed, that fits a long.
  long signedLong() {
    boolean negative = cursor.acceptOperator("-");
    if (!negative) {
      cursor.acceptOperator("+");
    }
    Token token = cursor.expect(TokenKind.NUMBER);
    try {
      return Long.parseLong(negative ? "-" + token.text() : token.text());
    } catch (NumberFormatException _) {
      throw cursor.syntaxErrorAtLast();
    }
  }

  /// ON, TRUE, YES or OFF, FALSE, NO.
  boolean onOrOff() {
    if (cursor.acceptWord("on") || cursor.acceptWord("true") || cursor.acceptWord("yes")) {
      return true;
    }
    if (cursor.acceptWord("off") || cursor.acceptWord("false") || cursor.acceptWord("no")) {
      return false;
    }
    throw cursor.syntaxError();
  }

  /// IF NOT EXISTS, if it is there.
  boolean ifNotExists() {
    return cursor.acceptWords("if", "not", "exists");
  }

  boolean ifExists() {
    return cursor.acceptWords("if", "exists");
  }

  /// CASCADE, or RESTRICT, or nothing; true for CASCADE.
  boolean cascade() {
    if (cursor.acceptWord("cascade")) {
      return true;
    }
    cursor.acceptWord("restrict");
    return false;
  }
}

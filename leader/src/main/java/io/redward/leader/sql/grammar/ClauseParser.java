package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.RoutineStatement.NamedOption;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Clauses of statements that the leader hands on rather than carries out itself: a known word and
/// whatever follows up to the next known word, as text.
final class ClauseParser {
  private final TokenCursor cursor;

  ClauseParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /// All clauses up to the end of the statement or a word of `ends` outside parentheses.
  List<NamedOption> clauses(Set<String> words, Set<String> ends) {
    List<NamedOption> all = new ArrayList<>();
    while (!atEnd() && !isOneOf(ends)) {
      if (!isOneOf(words)) {
        words.forEach(cursor::atWord);
        throw cursor.syntaxError();
      }
      Token name = cursor.next();
      all.add(new NamedOption(name.text(), value(words, ends), name.position()));
    }
    return all;
  }

  private boolean atEnd() {
    return cursor.at(TokenKind.END) || cursor.at(TokenKind.SEMICOLON);
  }

  private boolean isOneOf(Set<String> words) {
    return cursor.at(TokenKind.WORD) && words.contains(cursor.peek().text());
  }

  private Optional<String> value(Set<String> words, Set<String> ends) {
    Token first = cursor.peek();
    int count = 0;
    int depth = 0;
    int end = first.start();
    while (!atEnd() && (depth > 0 || (!isOneOf(words) && !isOneOf(ends)))) {
      if (cursor.at(TokenKind.LEFT_PAREN)) {
        depth++;
      } else if (cursor.at(TokenKind.RIGHT_PAREN)) {
        depth--;
      }
      if (depth < 0) {
        throw cursor.syntaxError();
      }
      end = cursor.next().end();
      count++;
    }
    if (depth > 0) {
      throw cursor.syntaxError();
    }
    if (count == 0) {
      return Optional.empty();
    }
    boolean plain = count == 1;
    return Optional.of(plain ? first.text() : cursor.text().substring(first.start(), end));
  }

  /// Everything up to the end of the statement, as text.
  String rest() {
    int start = cursor.peek().start();
    int end = start;
    while (!atEnd()) {
      end = cursor.next().end();
    }
    return cursor.text().substring(start, end);
  }
}

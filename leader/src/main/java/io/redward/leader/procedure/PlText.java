package io.redward.leader.procedure;

import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A text of SQL in a procedure with `$1`, `$2`, … in place of the variables it names.
///
/// @param references the variables, in the order of their parameters
public record PlText(String text, List<Reference> references) {
  private static final Set<String> BEFORE_TABLES =
      Set.of("from", "join", "into", "update", "table", "as");

  /// A variable in a text.
  ///
  /// @param name of the variable, or of an argument by its number (`$1`)
  /// @param field of a record, otherwise empty
  public record Reference(String name, String field) {}

  /// Tells what names mean.
  public interface Names {
    boolean isValue(String name);

    boolean isRecord(String name);
  }

  /// A name is a variable unless it is qualified, called, or stands where a column is set or a
  /// table or alias is named.
  public static PlText of(String text, Names names, ParserOptions options) {
    List<Token> tokens = Lexer.tokensOf(text, options);
    StringBuilder out = new StringBuilder();
    List<Reference> references = new ArrayList<>();
    int copied = 0;
    int columnsEnd = insertColumnsEnd(tokens);
    boolean setting = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isWord("set") && i > 0 && tokens.getFirst().isWord("update")) {
        setting = true;
      } else if (token.isWord("where") || token.isWord("from")) {
        setting = false;
      }
      Token next = tokens.get(Math.min(i + 1, tokens.size() - 1));
      Token before = i > 0 ? tokens.get(i - 1) : tokens.getLast();
      Reference found = null;
      int last = i;
      if (token.is(TokenKind.PARAMETER)) {
        found = new Reference("$" + token.text(), "");
      } else if (i > columnsEnd && isFree(token, before, next, setting)) {
        if (next.is(TokenKind.DOT) && names.isRecord(token.text())) {
          last = i + 2;
          found = new Reference(token.text(), tokens.get(last).text());
        } else if (!next.is(TokenKind.DOT) && names.isValue(token.text())) {
          found = new Reference(token.text(), "");
        }
      }
      if (found != null) {
        if (!references.contains(found)) {
          references.add(found);
        }
        out.append(text, copied, token.start());
        out.append('$').append(references.indexOf(found) + 1);
        copied = tokens.get(last).end();
        i = last;
      }
    }
    out.append(text, copied, text.length());
    return new PlText(out.toString(), references);
  }

  private static boolean isFree(Token token, Token before, Token next, boolean setting) {
    boolean name = token.is(TokenKind.WORD) || token.is(TokenKind.QUOTED_NAME);
    boolean assigned =
        setting && next.isOperator("=") && (before.isWord("set") || before.is(TokenKind.COMMA));
    return name
        && !assigned
        && !before.is(TokenKind.DOT)
        && !next.is(TokenKind.LEFT_PAREN)
        && !(before.is(TokenKind.WORD) && BEFORE_TABLES.contains(before.text()));
  }

  /// Index of the parenthesis that ends INSERT's list of columns; -1 if there is none.
  private static int insertColumnsEnd(List<Token> tokens) {
    if (!tokens.getFirst().isWord("insert")) {
      return -1;
    }
    int at = 2;
    while (at < tokens.size()
        && (tokens.get(at).is(TokenKind.DOT)
            || tokens.get(at).is(TokenKind.WORD)
            || tokens.get(at).is(TokenKind.QUOTED_NAME))
        && !tokens.get(at).isWord("values")
        && !tokens.get(at).isWord("select")) {
      at++;
    }
    if (at >= tokens.size() || !tokens.get(at).is(TokenKind.LEFT_PAREN)) {
      return -1;
    }
    while (at < tokens.size() && !tokens.get(at).is(TokenKind.RIGHT_PAREN)) {
      at++;
    }
    return at;
  }
}

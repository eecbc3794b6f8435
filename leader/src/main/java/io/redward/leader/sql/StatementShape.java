package io.redward.leader.sql;

import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A statement with its literals taken out, as a plan cache's key: `select a from t where b = 5`
/// and `SELECT a FROM t -- new \n WHERE b=7` have the same shape with different literals.
///
/// This is the view of the lexer only: a number may be a length, an ordinal of ORDER BY or a LIMIT
/// as well as an operand. Who binds the statement knows, by the position of each literal in the
/// tree, which of them may stay open in a plan; [#key] spells out the others.
///
/// @param text words in lower case and single blanks; `?i`, `?d`, `?s` for literals
/// @param literals in order of their places
public record StatementShape(String text, List<Literal> literals) {
  public StatementShape {
    literals = List.copyOf(literals);
  }

  /// What stood at a placeholder.
  ///
  /// @param value the number as written, or the string's value
  /// @param position 1-based, as the tree's literals have it
  public record Literal(Kind kind, String value, int position) {}

  /// Kinds of literals that differ in type.
  public enum Kind {
    INTEGER("?i"),
    DECIMAL("?d"),
    STRING("?s");

    private final String placeholder;

    Kind(String placeholder) {
      this.placeholder = placeholder;
    }
  }

  /// The shape of one statement's text. Throws what the lexer throws.
  public static StatementShape of(String text, ParserOptions options) {
    StringBuilder shape = new StringBuilder(text.length());
    List<Literal> literals = new ArrayList<>();
    for (Token token : Lexer.tokensOf(text, options)) {
      if (token.is(TokenKind.END)) {
        break;
      }
      shape.append(shape.isEmpty() ? "" : " ");
      switch (token.kind()) {
        case NUMBER -> {
          boolean integer = token.text().chars().allMatch(c -> c >= '0' && c <= '9');
          Kind kind = integer ? Kind.INTEGER : Kind.DECIMAL;
          literals.add(new Literal(kind, token.text(), token.position()));
          shape.append(kind.placeholder);
        }
        case STRING -> {
          literals.add(new Literal(Kind.STRING, token.text(), token.position()));
          shape.append(Kind.STRING.placeholder);
        }
        case QUOTED_NAME ->
            shape.append('"').append(token.text().replace("\"", "\"\"")).append('"');
        case PARAMETER -> shape.append('$').append(token.text());
        case BIT_STRING -> shape.append("b'").append(token.text()).append('\'');
        case HEX_STRING -> shape.append("x'").append(token.text()).append('\'');
        default -> shape.append(token.text());
      }
    }
    return new StatementShape(shape.toString(), literals);
  }

  /// The shape together with those literals that a plan depends on.
  ///
  /// @param open indexes into [#literals] of those that it does not depend on
  public String key(BitSet open) {
    StringBuilder key = new StringBuilder(text);
    for (int i = open.nextClearBit(0); i < literals.size(); i = open.nextClearBit(i + 1)) {
      Literal literal = literals.get(i);
      key.append('\0').append(i).append('=').append(literal.value());
    }
    return key.toString();
  }
}

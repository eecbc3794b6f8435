package io.redward.leader.sql;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.grammar.Grammar;
import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Makes statements out of text. Stateless; every call may come from any thread.
///
/// Whatever the text, the outcome is a value or an [SqlException]: SYNTAX_ERROR in PostgreSQL's
/// words with the position, and a guess at what was meant where a word is nearly right;
/// STATEMENT_TOO_COMPLEX for nesting beyond [ParserOptions#maxDepth]; PROGRAM_LIMIT_EXCEEDED beyond
/// 16 MB.
public final class SqlParser {
  private SqlParser() {}

  /// All statements of a text separated by semicolons. Empty ones are left out, so a text of blanks
  /// and comments gives an empty list.
  public static List<ParsedStatement> parse(String text, ParserOptions options) {
    return parse(text, options, SqlParser::statements);
  }

  /// The one statement of a text; an error if there is none or more than one.
  public static Statement parseStatement(String text, ParserOptions options) {
    List<ParsedStatement> all = parse(text, options);
    if (all.isEmpty()) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "syntax error at end of input")
          .withPosition(text.codePointCount(0, text.length()) + 1);
    }
    if (all.size() > 1) {
      throw new SqlException(
              SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement")
          .withPosition(all.get(1).statement().position());
    }
    return all.getFirst().statement();
  }

  /// A single expression, such as a column's default.
  public static Expr parseExpression(String text, ParserOptions options) {
    return parse(text, options, SqlParser::expression);
  }

  private static <T> T parse(String text, ParserOptions options, Function<TokenCursor, T> grammar) {
    List<Token> tokens = Lexer.tokensOf(text, options);
    try {
      return grammar.apply(new TokenCursor(text, tokens, options, false));
    } catch (SqlException error) {
      if (error.state() != SqlState.SYNTAX_ERROR || error.hint().isPresent()) {
        throw error;
      }
      // Once more, now taking notes, to find out which word would have fitted.
      return grammar.apply(new TokenCursor(text, tokens, options, true));
    }
  }

  private static List<ParsedStatement> statements(TokenCursor cursor) {
    List<ParsedStatement> all = new ArrayList<>();
    while (true) {
      while (cursor.accept(TokenKind.SEMICOLON)) {
        // An empty statement.
      }
      if (cursor.at(TokenKind.END)) {
        return all;
      }
      int start = cursor.peek().start();
      Statement statement = new Grammar(cursor).statement();
      if (!cursor.at(TokenKind.SEMICOLON) && !cursor.at(TokenKind.END)) {
        throw cursor.syntaxError();
      }
      all.add(new ParsedStatement(statement, start, cursor.last().end()));
    }
  }

  private static Expr expression(TokenCursor cursor) {
    Expr expr = new Grammar(cursor).expression();
    cursor.expect(TokenKind.END);
    return expr;
  }
}

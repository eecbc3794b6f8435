package io.redward.leader.lint;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.dialect.Refusal;
import io.redward.leader.dialect.Restrictions;
import io.redward.leader.session.NullConsumer;
import io.redward.leader.session.Session;
import io.redward.leader.sql.ParsedStatement;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ObjectStatement;
import io.redward.leader.sql.ast.RoutineStatement;
import io.redward.leader.sql.ast.SessionStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Says of each statement of a text whether a Redshift-compatible warehouse would take it.
///
/// The session is one of an empty warehouse, in strict mode. Statements that define something are
/// run in it, so that those after them find it; others are only prepared. Where a name is unknown
/// because nothing in the text defines it, only what can be said without it is.
public final class Lint {
  /// Errors that say no more than that something is defined elsewhere.
  private static final Set<SqlState> ELSEWHERE =
      Set.of(
          SqlState.UNDEFINED_TABLE,
          SqlState.INVALID_SCHEMA_NAME,
          SqlState.INVALID_CATALOG_NAME,
          SqlState.UNDEFINED_OBJECT,
          SqlState.INVALID_STATEMENT_NAME,
          SqlState.INVALID_CURSOR_NAME);

  private final Session session;

  /// What is said of a statement.
  ///
  /// @param line from 1 on, of the place meant
  /// @param column from 1 on
  /// @param refusals why it would not be taken; empty if it would
  /// @param unknown what is defined elsewhere, empty if everything was found
  public record Verdict(int line, int column, List<String> refusals, String unknown) {
    public Verdict {
      refusals = List.copyOf(refusals);
    }

    public boolean taken() {
      return refusals.isEmpty();
    }
  }

  public Lint(Session session) {
    this.session = session;
    session.executeScript("set redshift_compat to strict", NullConsumer.INSTANCE);
  }

  /// A statement's text and where it begins.
  private record Piece(String text, int start) {}

  public List<Verdict> check(String text) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Piece> pieces;
    try {
      pieces = pieces(text);
    } catch (SqlException e) {
      return List.of(verdict(text, position(text, e), List.of(e.message()), ""));
    }
    for (Piece piece : pieces) {
      verdicts.add(check(text, piece));
    }
    return verdicts;
  }

  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    int start = -1;
    for (Token token : Lexer.tokensOf(text, ParserOptions.DEFAULT)) {
      boolean end = token.is(TokenKind.SEMICOLON) || token.is(TokenKind.END);
      if (!end && start < 0) {
        start = token.start();
      } else if (end && start >= 0) {
        pieces.add(new Piece(text.substring(start, token.start()), start));
        start = -1;
      }
    }
    return pieces;
  }

  private Verdict check(String whole, Piece piece) {
    List<ParsedStatement> parsed;
    try {
      parsed = SqlParser.parse(piece.text(), ParserOptions.DEFAULT);
    } catch (SqlException e) {
      int at = piece.start() + position(piece.text(), e);
      return verdict(whole, at, List.of(e.message()), "");
    }
    Statement statement = parsed.getFirst().statement();
    List<Refusal> refusals = Restrictions.of(statement);
    if (!refusals.isEmpty()) {
      int first = offset(piece.text(), refusals.getFirst().position());
      return verdict(
          whole, piece.start() + first, refusals.stream().map(Refusal::message).toList(), "");
    }
    try {
      if (defines(statement)) {
        session.executeScript(piece.text(), NullConsumer.INSTANCE);
      } else if (statement instanceof DataStatement) {
        session.prepare(piece.text(), List.of());
      }
      return verdict(whole, piece.start(), List.of(), "");
    } catch (SqlException e) {
      session.sync(true);
      int at = piece.start() + position(piece.text(), e);
      return ELSEWHERE.contains(e.state())
          ? verdict(whole, piece.start(), List.of(), e.message())
          : verdict(whole, at, List.of(e.message()), "");
    }
  }

  private static boolean defines(Statement statement) {
    return statement instanceof TableStatement
        || statement instanceof ObjectStatement
        || statement instanceof AccessStatement
        || statement instanceof SessionStatement.SetStatement
        || statement instanceof RoutineStatement
            && !(statement instanceof RoutineStatement.CallStatement);
  }

  private static int position(String text, SqlException error) {
    return offset(text, error.position().orElse(1));
  }

  /// Positions count characters, offsets units.
  private static int offset(String text, int position) {
    int characters = Math.min(Math.max(0, position - 1), text.codePointCount(0, text.length()));
    return text.offsetByCodePoints(0, characters);
  }

  private static Verdict verdict(String whole, int offset, List<String> refusals, String unknown) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < offset; i++) {
      if (whole.charAt(i) == '\n') {
        line++;
        begin = i + 1;
      }
    }
    return new Verdict(line, offset - begin + 1, refusals, unknown);
  }
}

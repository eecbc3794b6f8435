package io.redward.leader.sql.grammar;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.SessionStatement;
import io.redward.leader.sql.ast.SessionStatement.CancelStatement;
import io.redward.leader.sql.ast.SessionStatement.DeallocateStatement;
import io.redward.leader.sql.ast.SessionStatement.DiscardStatement;
import io.redward.leader.sql.ast.SessionStatement.DiscardTarget;
import io.redward.leader.sql.ast.SessionStatement.ExecuteStatement;
import io.redward.leader.sql.ast.SessionStatement.ExplainStatement;
import io.redward.leader.sql.ast.SessionStatement.ExplainView;
import io.redward.leader.sql.ast.SessionStatement.ListenStatement;
import io.redward.leader.sql.ast.SessionStatement.PrepareStatement;
import io.redward.leader.sql.ast.SessionStatement.ResetStatement;
import io.redward.leader.sql.ast.SessionStatement.SetSeedStatement;
import io.redward.leader.sql.ast.SessionStatement.SetSessionAuthorizationStatement;
import io.redward.leader.sql.ast.SessionStatement.SetStatement;
import io.redward.leader.sql.ast.SessionStatement.UseStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TransactionStatement.SetTransactionStatement;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;

/// SET and its kin, prepared statements, EXPLAIN, and small commands of a session.
final class SessionParser {
  /// Words that begin statements, to guess at mistyped ones.
  private static final String[] FIRST_WORDS = {
    "select",
    "insert",
    "update",
    "delete",
    "with",
    "create",
    "alter",
    "drop",
    "truncate",
    "copy",
    "unload",
    "grant",
    "revoke",
    "begin",
    "commit",
    "rollback",
    "explain",
    "show",
    "vacuum",
    "analyze",
    "merge",
    "call",
    "declare",
    "fetch",
    "close",
    "comment",
    "execute",
    "values"
  };

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  SessionParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  /// A statement that begins with none of the words that others claimed.
  Statement statement() {
    int position = cursor.position();
    if (cursor.acceptWord("set")) {
      return set(position);
    }
    if (cursor.acceptWord("reset")) {
      return reset(position);
    }
    if (cursor.acceptWord("use")) {
      boolean none = cursor.acceptWord("default");
      return new UseStatement(none ? Optional.empty() : Optional.of(names.name()), position);
    }
    if (cursor.acceptWord("discard")) {
      return new DiscardStatement(discardTarget(), position);
    }
    if (cursor.acceptWord("cancel")) {
      return cancel(position);
    }
    if (cursor.acceptWord("deallocate")) {
      return deallocate(position);
    }
    if (cursor.acceptWord("execute")) {
      return execute(position);
    }
    if (cursor.acceptWord("listen") || cursor.acceptWord("notify")) {
      return new ListenStatement(names.name().name(), position);
    }
    if (cursor.acceptWord("unlisten")) {
      String channel = cursor.acceptOperator("*") ? "*" : names.name().name();
      return new ListenStatement(channel, position);
    }
    cursor.atAnyWord(FIRST_WORDS);
    throw cursor.syntaxError();
  }

  // -- SET

  private Statement set(int position) {
    boolean local = cursor.acceptWord("local");
    if (cursor.atWord("session_authorization") && isAssignment(cursor.peek(1))) {
      cursor.next();
      cursor.next();
      return sessionAuthorization(local, position);
    }
    if (cursor.acceptWords("session", "authorization")) {
      return sessionAuthorization(local, position);
    }
    if (cursor.acceptWords("session", "characteristics")) {
      cursor.expectWords("as", "transaction");
      return new SetTransactionStatement(true, new TransactionParser(grammar).modes(), position);
    }
    if (cursor.atWord("session") && !isAssignment(cursor.peek(1))) {
      cursor.next();
    }
    if (cursor.atWord("transaction") && !isAssignment(cursor.peek(1))) {
      cursor.next();
      return new SetTransactionStatement(false, new TransactionParser(grammar).modes(), position);
    }
    if (cursor.atWord("seed") && isAssignment(cursor.peek(1))) {
      return seed(position);
    }
    return assignment(local, position);
  }

  private static boolean isAssignment(Token token) {
    return token.isWord("to") || token.isOperator("=");
  }

  private Statement seed(int position) {
    cursor.next();
    cursor.next();
    if (cursor.acceptWord("default")) {
      return new SetStatement(false, "seed", List.of(), position);
    }
    boolean negative = cursor.acceptOperator("-");
    Token value = cursor.at(TokenKind.STRING) ? cursor.next() : cursor.expect(TokenKind.NUMBER);
    double seed = number(value);
    return new SetSeedStatement(negative ? -seed : seed, position);
  }

  private static double number(Token value) {
    try {
      return Double.parseDouble(value.text());
    } catch (NumberFormatException e) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "SEED requires a numeric value", e)
          .withPosition(value.position());
    }
  }

  private Statement sessionAuthorization(boolean local, int position) {
    if (cursor.acceptWord("default")) {
      return new SetSessionAuthorizationStatement(local, Optional.empty(), position);
    }
    Identifier user =
        cursor.at(TokenKind.STRING)
            ? new Identifier(cursor.peek().text(), true, cursor.next().position())
            : names.name();
    return new SetSessionAuthorizationStatement(local, Optional.of(user), position);
  }

  /// `name {TO | =} value, …`, also behind ALTER USER … SET and the like.
  SetStatement assignment(boolean local, int position) {
    if (cursor.acceptWords("time", "zone")) {
      return values(local, "timezone", position);
    }
    if (cursor.acceptWord("names")) {
      return values(local, "client_encoding", position);
    }
    String name = parameterName();
    if (!cursor.acceptWord("to")) {
      cursor.expectOperator("=");
    }
    return values(local, name, position);
  }

  private String parameterName() {
    return names.qualifiedName().toString();
  }

  private SetStatement values(boolean local, String name, int position) {
    if (cursor.acceptWord("default")) {
      return new SetStatement(local, name, List.of(), position);
    }
    if (name.equals("timezone") && cursor.acceptWord("local")) {
      return new SetStatement(local, name, List.of(), position);
    }
    return new SetStatement(local, name, names.list(this::value), position);
  }

  private String value() {
    Token token = cursor.peek();
    if (cursor.acceptOperator("-")) {
      return "-" + cursor.expect(TokenKind.NUMBER).text();
    }
    if (cursor.acceptOperator("+")) {
      return cursor.expect(TokenKind.NUMBER).text();
    }
    return switch (token.kind()) {
      case STRING, NUMBER, WORD, QUOTED_NAME -> cursor.next().text();
      default -> throw cursor.syntaxError();
    };
  }

  private Statement reset(int position) {
    if (cursor.acceptWord("all")) {
      return new ResetStatement(Optional.empty(), position);
    }
    if (cursor.acceptWords("session", "authorization")) {
      return new ResetStatement(Optional.of("session_authorization"), position);
    }
    if (cursor.acceptWords("time", "zone")) {
      return new ResetStatement(Optional.of("timezone"), position);
    }
    if (cursor.acceptWord("use")) {
      return new UseStatement(Optional.empty(), position);
    }
    return new ResetStatement(Optional.of(parameterName()), position);
  }

  private DiscardTarget discardTarget() {
    if (cursor.acceptWord("all")) {
      return DiscardTarget.ALL;
    }
    if (cursor.acceptWord("plans")) {
      return DiscardTarget.PLANS;
    }
    if (cursor.acceptWord("sequences")) {
      return DiscardTarget.SEQUENCES;
    }
    if (!cursor.acceptWord("temporary")) {
      cursor.expectWord("temp");
    }
    return DiscardTarget.TEMP;
  }

  private Statement cancel(int position) {
    long pid = names.signedLong();
    Optional<String> message =
        cursor.at(TokenKind.STRING) ? Optional.of(cursor.next().text()) : Optional.empty();
    return new CancelStatement(pid, message, position);
  }

  // -- prepared statements

  SessionStatement prepare(StatementParser statements) {
    int position = cursor.expectWord("prepare").position();
    Identifier name = names.name();
    List<TypeName> types = names.optionalParenthesised(grammar.types::typeName);
    cursor.expectWord("as");
    if (cursor.atWord("prepare")) {
      throw cursor.syntaxError();
    }
    return new PrepareStatement(name, types, statements.statement(), position);
  }

  private Statement execute(int position) {
    Identifier name = names.name();
    List<Expr> arguments = names.optionalParenthesised(grammar.expressions::expression);
    return new ExecuteStatement(name, arguments, position);
  }

  private Statement deallocate(int position) {
    cursor.acceptWord("prepare");
    boolean all = cursor.acceptWord("all");
    return new DeallocateStatement(all ? Optional.empty() : Optional.of(names.name()), position);
  }

  // -- EXPLAIN

  SessionStatement explain(StatementParser statements) {
    int position = cursor.expectWord("explain").position();
    ExplainView view = ExplainView.PLAN;
    boolean verbose = false;
    boolean analyze = false;
    if (cursor.at(TokenKind.LEFT_PAREN) && !grammar.expressions.atParenthesisedQuery()) {
      cursor.next();
      do {
        String option = names.label().name();
        boolean on = !cursor.atAnyWord("on", "off", "true", "false") || names.onOrOff();
        switch (option) {
          case "verbose" -> verbose = on;
          case "analyze", "analyse" -> analyze = on;
          case "plan" -> view = ExplainView.PLAN;
          case "ast" -> view = ExplainView.AST;
          case "logical" -> view = ExplainView.LOGICAL;
          case "physical" -> view = ExplainView.PHYSICAL;
          case "segments" -> view = ExplainView.SEGMENTS;
          case "code" -> view = ExplainView.CODE;
          default -> throw cursor.syntaxErrorAtLast();
        }
      } while (cursor.accept(TokenKind.COMMA));
      cursor.expect(TokenKind.RIGHT_PAREN);
    } else {
      analyze = cursor.acceptWord("analyze") || cursor.acceptWord("analyse");
      verbose = cursor.acceptWord("verbose");
    }
    if (cursor.atWord("explain")) {
      throw cursor.syntaxError();
    }
    return new ExplainStatement(view, verbose, analyze, statements.statement(), position);
  }
}

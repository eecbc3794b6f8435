package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;

/// The parsers of one text, which call each other through this.
public final class Grammar {
  final TokenCursor cursor;
  final NameParser names;
  final TypeParser types;
  final ExpressionParser expressions;
  final CallParser calls;
  final QueryParser queries;
  final SelectParser selects;
  final TableRefParser tables;

  public Grammar(TokenCursor cursor) {
    this.cursor = cursor;
    this.names = new NameParser(cursor);
    this.types = new TypeParser(cursor, names);
    this.expressions = new ExpressionParser(this);
    this.calls = new CallParser(this);
    this.queries = new QueryParser(this);
    this.selects = new SelectParser(this);
    this.tables = new TableRefParser(this);
  }

  /// One statement, up to a semicolon or the end.
  public Statement statement() {
    return new StatementParser(this).statement();
  }

  /// One expression.
  public Expr expression() {
    return expressions.expression();
  }
}

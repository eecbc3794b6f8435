package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.WithClause;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.Optional;

/// Tells by its first words what a statement is.
final class StatementParser {
  private final Grammar grammar;
  private final TokenCursor cursor;

  StatementParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement statement() {
    if (cursor.at(TokenKind.LEFT_PAREN)) {
      return new QueryStatement(grammar.queries.query());
    }
    if (!cursor.at(TokenKind.WORD)) {
      throw cursor.syntaxError();
    }
    return switch (cursor.peek().text()) {
      case "select", "values", "table", "from" -> new QueryStatement(grammar.queries.query());
      case "with" -> withStatement();
      case "insert", "update", "delete", "merge", "truncate" ->
          new DataParser(grammar).statement(Optional.empty());
      case "copy", "unload" -> new CopyParser(grammar).statement();
      case "create" -> new CreateParser(grammar).create();
      case "alter" -> new AlterParser(grammar).alter();
      case "drop" -> new DropParser(grammar).drop();
      case "comment", "refresh" -> new DropParser(grammar).commentOrRefresh();
      case "grant", "revoke" -> new GrantParser(grammar).grantOrRevoke();
      case "attach", "detach", "desc" -> new PolicyParser(grammar).statement();
      case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "lock" ->
          new TransactionParser(grammar).statement();
      case "declare", "fetch", "move", "close" -> new CursorParser(grammar).statement();
      case "show" -> new ShowParser(grammar).show();
      case "summarize" -> new ShowParser(grammar).summarize();
      case "describe" -> new ShowParser(grammar).describe();
      case "vacuum", "analyze", "analyse" -> new MaintenanceParser(grammar).statement();
      case "restore" -> new SnapshotParser(grammar).restore();
      case "undrop" -> new SnapshotParser(grammar).undrop();
      case "call" -> new RoutineParser(grammar).call();
      case "explain" -> new SessionParser(grammar).explain(this);
      case "prepare" -> new SessionParser(grammar).prepare(this);
      default -> new SessionParser(grammar).statement();
    };
  }

  private Statement withStatement() {
    Optional<WithClause> with = grammar.queries.optionalWith();
    return cursor.atAnyWord("insert", "update", "delete")
        ? new DataParser(grammar).statement(with)
        : new QueryStatement(grammar.queries.query(with));
  }
}

package io.redward.leader.sql.grammar;

import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.DataStatement.Assignment;
import io.redward.leader.sql.ast.DataStatement.DeleteStatement;
import io.redward.leader.sql.ast.DataStatement.InsertStatement;
import io.redward.leader.sql.ast.DataStatement.MergeAction;
import io.redward.leader.sql.ast.DataStatement.MergeStatement;
import io.redward.leader.sql.ast.DataStatement.ReturningStatement;
import io.redward.leader.sql.ast.DataStatement.TruncateStatement;
import io.redward.leader.sql.ast.DataStatement.UpdateStatement;
import io.redward.leader.sql.ast.DataStatement.UpsertStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.CurrentOfExpr;
import io.redward.leader.sql.ast.Expr.RowExpr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.WithClause;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// INSERT, UPDATE, DELETE, MERGE, TRUNCATE.
final class DataParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  DataParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  DataStatement statement(Optional<WithClause> with) {
    DataStatement change = change(with);
    boolean returns = !(change instanceof TruncateStatement) && cursor.atWord("returning");
    if (!returns) {
      return change;
    }
    int position = cursor.next().position();
    return new ReturningStatement(change, grammar.selects.items(), position);
  }

  private DataStatement change(Optional<WithClause> with) {
    int position = with.map(WithClause::position).orElse(cursor.position());
    return switch (cursor.next().text()) {
      case "insert" -> insert(with, position);
      case "update" -> update(with, position);
      case "delete" -> delete(with, position);
      case "merge" -> merge(position);
      default -> truncate(position);
    };
  }

  private DataStatement insert(Optional<WithClause> with, int position) {
    cursor.expectWord("into");
    QualifiedName table = names.qualifiedName();
    Optional<Identifier> alias =
        cursor.acceptWord("as") ? Optional.of(names.name()) : Optional.empty();
    InsertStatement insert = insert(with, table, position);
    if (cursor.atWords("on", "conflict")) {
      return onConflict(insert, alias);
    }
    if (alias.isPresent() && !cursor.atWord("returning")) {
      throw cursor.syntaxError();
    }
    return insert;
  }

  private DataStatement onConflict(InsertStatement insert, Optional<Identifier> alias) {
    int position = cursor.next().position();
    cursor.expectWord("conflict");
    List<Identifier> target = names.optionalParenthesised(names::name);
    Optional<Identifier> constraint = Optional.empty();
    if (target.isEmpty() && cursor.acceptWords("on", "constraint")) {
      constraint = Optional.of(names.name());
    }
    cursor.expectWord("do");
    if (cursor.acceptWord("nothing")) {
      return new UpsertStatement(
          insert, alias, target, constraint, List.of(), Optional.empty(), position);
    }
    cursor.expectWords("update", "set");
    return new UpsertStatement(insert, alias, target, constraint, assignments(), where(), position);
  }

  private InsertStatement insert(Optional<WithClause> with, QualifiedName table, int position) {
    boolean columnList =
        cursor.at(TokenKind.LEFT_PAREN) && !grammar.expressions.atParenthesisedQuery();
    List<Identifier> columns = columnList ? names.parenthesised(names::name) : List.of();
    if (cursor.acceptWords("default", "values")) {
      return new InsertStatement(with, table, columns, Optional.empty(), position);
    }
    boolean byName = columns.isEmpty() && cursor.acceptWords("by", "name");
    if (!byName && columns.isEmpty()) {
      cursor.acceptWords("by", "position");
    }
    if (!grammar.queries.atQuery()) {
      throw cursor.syntaxError();
    }
    Query source = grammar.queries.query();
    return new InsertStatement(with, table, columns, byName, Optional.of(source), position);
  }

  private DataStatement update(Optional<WithClause> with, int position) {
    cursor.acceptWord("only");
    QualifiedName table = names.qualifiedName();
    Optional<Identifier> alias = alias("set");
    cursor.expectWord("set");
    List<Assignment> assignments = assignments();
    List<TableRef> from =
        cursor.acceptWord("from") ? names.list(grammar.tables::tableRef) : List.of();
    return new UpdateStatement(with, table, alias, assignments, from, where(), position);
  }

  /// `[AS] alias`, unless `word` comes, which starts the next clause.
  private Optional<Identifier> alias(String word) {
    if (cursor.acceptWord("as")) {
      return Optional.of(names.name());
    }
    boolean clause = cursor.atWord(word) || cursor.atWord("returning");
    return clause || !names.atName() ? Optional.empty() : Optional.of(names.name());
  }

  private List<Assignment> assignments() {
    List<Assignment> all = new ArrayList<>();
    do {
      if (cursor.at(TokenKind.LEFT_PAREN)) {
        assignRow(all);
      } else {
        Identifier column = target();
        cursor.expectOperator("=");
        all.add(new Assignment(column, grammar.queries.valueOrDefault()));
      }
    } while (cursor.accept(TokenKind.COMMA));
    return all;
  }

  /// A column, perhaps qualified by the table, as many clients write it.
  private Identifier target() {
    return names.qualifiedName().last();
  }

  /// `(a, b) = (1, 2)`.
  private void assignRow(List<Assignment> all) {
    List<Identifier> columns = names.parenthesised(this::target);
    cursor.expectOperator("=");
    int position = cursor.position();
    cursor.acceptWord("row");
    if (grammar.expressions.atParenthesisedQuery()) {
      throw cursor.syntaxError();
    }
    List<Expr> values = names.parenthesised(grammar.queries::valueOrDefault);
    if (values.size() == 1 && values.getFirst() instanceof RowExpr row) {
      values = row.elements();
    }
    if (values.size() != columns.size()) {
      throw cursor.error(
          SqlState.SYNTAX_ERROR, "number of columns does not match number of values", position);
    }
    for (int i = 0; i < values.size(); i++) {
      all.add(new Assignment(columns.get(i), values.get(i)));
    }
  }

  private Optional<Expr> where() {
    if (!cursor.acceptWord("where")) {
      return Optional.empty();
    }
    if (cursor.atWords("current", "of")) {
      int position = cursor.next().position();
      cursor.next();
      return Optional.of(new CurrentOfExpr(names.name(), position));
    }
    return Optional.of(grammar.expressions.expression());
  }

  private DataStatement delete(Optional<WithClause> with, int position) {
    cursor.acceptWord("from");
    cursor.acceptWord("only");
    QualifiedName table = names.qualifiedName();
    Optional<Identifier> alias = alias("using");
    List<TableRef> using =
        cursor.acceptWord("using") ? names.list(grammar.tables::tableRef) : List.of();
    return new DeleteStatement(with, table, alias, using, where(), position);
  }

  private DataStatement truncate(int position) {
    cursor.acceptWord("table");
    cursor.acceptWord("only");
    return new TruncateStatement(names.qualifiedName(), position);
  }

  // -- MERGE

  private DataStatement merge(int position) {
    cursor.expectWord("into");
    QualifiedName target = names.qualifiedName();
    Optional<Identifier> alias = alias("using");
    cursor.expectWord("using");
    TableRef source = grammar.tables.tableRef();
    cursor.expectWord("on");
    Expr condition = grammar.expressions.expression();
    if (cursor.acceptWords("remove", "duplicates")) {
      return new MergeStatement(target, alias, source, condition, List.of(), true, position);
    }
    List<MergeAction> actions = new ArrayList<>();
    do {
      actions.add(mergeAction());
    } while (cursor.atWord("when"));
    return new MergeStatement(target, alias, source, condition, actions, false, position);
  }

  private MergeAction mergeAction() {
    cursor.expectWord("when");
    boolean matched = !cursor.acceptWord("not");
    cursor.expectWords("matched", "then");
    if (matched && cursor.acceptWord("update")) {
      cursor.expectWord("set");
      return new MergeAction.UpdateMatched(assignments());
    }
    if (matched) {
      cursor.expectWord("delete");
      return new MergeAction.DeleteMatched();
    }
    cursor.expectWord("insert");
    List<Identifier> columns = names.optionalParenthesised(this::target);
    cursor.expectWord("values");
    return new MergeAction.InsertUnmatched(
        columns, names.parenthesised(grammar.queries::valueOrDefault));
  }
}

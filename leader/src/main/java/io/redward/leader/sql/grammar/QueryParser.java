package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.NumberLiteral;
import io.redward.leader.sql.ast.Expr.StarExpr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.NestedQuery;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.QueryBody.SetOperation;
import io.redward.leader.sql.ast.QueryBody.SetOperator;
import io.redward.leader.sql.ast.QueryBody.ValuesQuery;
import io.redward.leader.sql.ast.SortItem;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.WithClause;
import io.redward.leader.sql.ast.WithClause.CommonTable;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Queries around and above SELECT blocks: WITH, set operations, VALUES, ORDER BY, LIMIT.
final class QueryParser {
  /// A query takes more of the stack than an operator does, here and in all later stages.
  private static final int QUERY_LEVELS = 3;

  private final Grammar grammar;
  private final TokenCursor cursor;

  QueryParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /// Can a query begin here?
  boolean atQuery() {
    return cursor.atAnyWord("select", "with", "values", "table", "from")
        || grammar.expressions.atParenthesisedQuery();
  }

  Query query() {
    int saved = cursor.enter(QUERY_LEVELS);
    Query query = body(optionalWith());
    cursor.leave(QUERY_LEVELS, saved);
    return query;
  }

  /// The rest of a query whose WITH has been read.
  Query query(Optional<WithClause> with) {
    int saved = cursor.enter(QUERY_LEVELS);
    Query query = body(with);
    cursor.leave(QUERY_LEVELS, saved);
    return query;
  }

  private Query body(Optional<WithClause> with) {
    int position = with.map(WithClause::position).orElse(cursor.position());
    Query operand = unions();
    return limited(with, operand, optionalQueryOrder(), position);
  }

  Query parenthesisedQuery() {
    cursor.expect(TokenKind.LEFT_PAREN);
    Query query = query();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return query;
  }

  private Query limited(
      Optional<WithClause> with, Query operand, List<SortItem> orderBy, int position) {
    Optional<Expr> limit = Optional.empty();
    Optional<Expr> offset = Optional.empty();
    while (true) {
      if (limit.isEmpty() && cursor.acceptWord("limit")) {
        limit =
            cursor.acceptWord("all")
                ? Optional.empty()
                : Optional.of(grammar.expressions.expression());
      } else if (offset.isEmpty() && cursor.acceptWord("offset")) {
        offset = Optional.of(grammar.expressions.expression());
        acceptRows();
      } else if (limit.isEmpty() && cursor.acceptWord("fetch")) {
        limit = Optional.of(fetchCount());
      } else {
        break;
      }
    }
    boolean forUpdate = locking();
    if (with.isEmpty() && orderBy.isEmpty() && limit.isEmpty() && offset.isEmpty() && !forUpdate) {
      return operand;
    }
    QueryBody body =
        operand.isBare() ? operand.body() : new NestedQuery(operand, operand.position());
    return new Query(with, body, orderBy, limit, offset, forUpdate, position);
  }

  private boolean acceptRows() {
    return cursor.acceptWord("row") || cursor.acceptWord("rows");
  }

  /// `FETCH {FIRST | NEXT} [n] {ROW | ROWS} ONLY`; one row if no number is written.
  private Expr fetchCount() {
    if (!cursor.acceptWord("first")) {
      cursor.expectWord("next");
    }
    Expr count =
        cursor.atAnyWord("row", "rows")
            ? new NumberLiteral("1", cursor.position())
            : grammar.expressions.postfixExpression();
    if (!acceptRows()) {
      throw cursor.syntaxError();
    }
    cursor.expectWord("only");
    return count;
  }

  /// `FOR {UPDATE | SHARE} [OF table, …] [NOWAIT]`, `FOR READ ONLY`.
  private boolean locking() {
    if (!cursor.acceptWord("for")) {
      return false;
    }
    if (cursor.acceptWords("read", "only")) {
      return false;
    }
    if (!cursor.acceptWord("update")) {
      cursor.expectWord("share");
    }
    if (cursor.acceptWord("of")) {
      grammar.names.list(grammar.names::qualifiedName);
    }
    cursor.acceptWord("nowait");
    return true;
  }

  // -- WITH

  Optional<WithClause> optionalWith() {
    if (!cursor.atWord("with")) {
      return Optional.empty();
    }
    int position = cursor.next().position();
    boolean recursive = cursor.acceptWord("recursive");
    List<CommonTable> tables = grammar.names.list(this::commonTable);
    return Optional.of(new WithClause(recursive, tables, position));
  }

  private CommonTable commonTable() {
    Identifier name = grammar.names.name();
    List<Identifier> columns = grammar.names.optionalParenthesised(grammar.names::name);
    cursor.expectWord("as");
    if (!cursor.acceptWord("materialized")) {
      cursor.acceptWords("not", "materialized");
    }
    return new CommonTable(name, columns, parenthesisedQuery());
  }

  // -- set operations; INTERSECT binds tighter than the others

  private Query unions() {
    Query left = intersections();
    while (cursor.atAnyWord("union", "except", "minus")) {
      left = chain(left, cursor.peek().isWord("union") ? SetOperator.UNION : SetOperator.EXCEPT);
    }
    return left;
  }

  private Query intersections() {
    Query left = branch();
    while (cursor.atWord("intersect")) {
      left = chain(left, SetOperator.INTERSECT);
    }
    return left;
  }

  /// Takes branches as long as the operator stays the same, so that a thousand are no depth.
  private Query chain(Query first, SetOperator operator) {
    int position = cursor.position();
    List<Query> branches = new ArrayList<>();
    branches.add(first);
    boolean all = cursor.peek(1).isWord("all");
    boolean byName = isByName(operator, all);
    do {
      cursor.next();
      if (!cursor.acceptWord("all")) {
        cursor.acceptWord("distinct");
      }
      if (byName) {
        cursor.expectWords("by", "name");
      }
      branches.add(operator == SetOperator.INTERSECT ? branch() : intersections());
    } while (atSame(operator)
        && cursor.peek(1).isWord("all") == all
        && isByName(operator, all) == byName);
    cursor.grow();
    return Query.of(new SetOperation(operator, all, byName, branches, position));
  }

  /// Is the operator that stands here followed by BY NAME?
  private boolean isByName(SetOperator operator, boolean all) {
    boolean quantified = all || cursor.peek(1).isWord("distinct");
    return operator == SetOperator.UNION && cursor.peek(quantified ? 2 : 1).isWord("by");
  }

  private boolean atSame(SetOperator operator) {
    return switch (operator) {
      case UNION -> cursor.atWord("union");
      case INTERSECT -> cursor.atWord("intersect");
      case EXCEPT -> cursor.atAnyWord("except", "minus");
    };
  }

  private Query branch() {
    if (cursor.atAnyWord("select", "from")) {
      return Query.of(grammar.selects.select());
    }
    if (cursor.at(TokenKind.LEFT_PAREN)) {
      return parenthesisedQuery();
    }
    if (cursor.atWord("values")) {
      return Query.of(values());
    }
    if (cursor.atWord("table")) {
      return Query.of(table());
    }
    throw cursor.syntaxError();
  }

  private QueryBody values() {
    int position = cursor.expectWord("values").position();
    return new ValuesQuery(grammar.names.list(this::valuesRow), position);
  }

  private List<Expr> valuesRow() {
    return grammar.names.parenthesised(this::valueOrDefault);
  }

  /// An expression, or the word DEFAULT.
  Expr valueOrDefault() {
    if (cursor.atWord("default")) {
      return new Expr.DefaultExpr(cursor.next().position());
    }
    return grammar.expressions.expression();
  }

  private QueryBody table() {
    int position = cursor.expectWord("table").position();
    TableRef table = new TableRef.NamedTable(grammar.names.qualifiedName(), Optional.empty());
    SelectItem star =
        new SelectItem(new StarExpr(Optional.empty(), List.of(), position), Optional.empty());
    return SelectQuery.of(List.of(star), List.of(table), Optional.empty(), position);
  }

  // -- ORDER BY

  List<SortItem> optionalOrderBy() {
    return cursor.atWord("order") ? orderBy() : List.of();
  }

  List<SortItem> orderBy() {
    cursor.expectWords("order", "by");
    return grammar.names.list(() -> sortItem(grammar.expressions.expression()));
  }

  /// A query's own order, which may be by ALL columns.
  private List<SortItem> optionalQueryOrder() {
    if (!cursor.atWords("order", "by") || !cursor.peek(2).isWord("all")) {
      return optionalOrderBy();
    }
    cursor.expectWords("order", "by");
    int position = cursor.next().position();
    return List.of(sortItem(new StarExpr(Optional.empty(), List.of(), position)));
  }

  private SortItem sortItem(Expr expr) {
    boolean descending = false;
    if (cursor.acceptWord("using")) {
      descending = cursor.expect(TokenKind.OPERATOR).text().startsWith(">");
    } else if (cursor.acceptWord("desc")) {
      descending = true;
    } else {
      cursor.acceptWord("asc");
    }
    Optional<Boolean> nullsFirst = Optional.empty();
    if (cursor.acceptWord("nulls")) {
      boolean first = cursor.acceptWord("first");
      if (!first) {
        cursor.expectWord("last");
      }
      nullsFirst = Optional.of(first);
    }
    return new SortItem(expr, descending, nullsFirst);
  }
}

package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.NumberLiteral;
import io.redward.leader.sql.ast.Expr.RowExpr;
import io.redward.leader.sql.ast.Expr.StarExpr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.QueryBody.ConnectBy;
import io.redward.leader.sql.ast.QueryBody.Distinct;
import io.redward.leader.sql.ast.QueryBody.GroupBy;
import io.redward.leader.sql.ast.QueryBody.GroupingItem;
import io.redward.leader.sql.ast.QueryBody.IntoTable;
import io.redward.leader.sql.ast.QueryBody.NamedWindow;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.lex.Keywords;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One SELECT block, clause by clause.
final class SelectParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  SelectParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  /// `SELECT …`, or with FROM first, where SELECT may follow or all columns are meant.
  SelectQuery select() {
    int position = cursor.position();
    List<TableRef> from = from();
    boolean all = !from.isEmpty() && !cursor.atWord("select");
    if (!all) {
      cursor.expectWord("select");
    }
    Optional<Expr> top = all ? Optional.empty() : top();
    Optional<Distinct> distinct = all ? Optional.empty() : distinct();
    if (!all && top.isEmpty()) {
      top = top();
    }
    StarExpr star = new StarExpr(Optional.empty(), List.of(), position);
    List<SelectItem> items = all ? List.of(new SelectItem(star, Optional.empty())) : items();
    boolean trailingComma = !all && cursor.accept(TokenKind.COMMA);
    Optional<IntoTable> into = into();
    if (from.isEmpty()) {
      from = from();
    }
    Optional<Expr> where = condition("where");
    Optional<ConnectBy> connectBy = connectBy();
    Optional<GroupBy> groupBy = groupBy();
    Optional<Expr> having = condition("having");
    Optional<Expr> qualify = condition("qualify");
    List<NamedWindow> windows =
        cursor.acceptWord("window") ? names.list(this::namedWindow) : List.of();
    if (qualify.isEmpty()) {
      qualify = condition("qualify");
    }
    return new SelectQuery(
        distinct,
        top,
        items,
        into,
        from,
        where,
        connectBy,
        groupBy,
        having,
        qualify,
        windows,
        trailingComma,
        position);
  }

  private List<TableRef> from() {
    return cursor.acceptWord("from") ? names.list(grammar.tables::tableRef) : List.of();
  }

  private Optional<Expr> condition(String word) {
    return cursor.acceptWord(word)
        ? Optional.of(grammar.expressions.expression())
        : Optional.empty();
  }

  /// `TOP n`, where a number, a parameter or a parenthesis shows that TOP is no column.
  private Optional<Expr> top() {
    if (!cursor.atWord("top")) {
      return Optional.empty();
    }
    Token count = cursor.peek(1);
    if (count.is(TokenKind.NUMBER)) {
      cursor.next();
      cursor.next();
      return Optional.of(new NumberLiteral(count.text(), count.position()));
    }
    if (count.is(TokenKind.PARAMETER) || count.is(TokenKind.LEFT_PAREN)) {
      cursor.next();
      return Optional.of(grammar.expressions.postfixExpression());
    }
    return Optional.empty();
  }

  private Optional<Distinct> distinct() {
    if (cursor.acceptWord("all") || !cursor.acceptWord("distinct")) {
      return Optional.empty();
    }
    List<Expr> on =
        cursor.acceptWord("on") ? names.parenthesised(grammar.expressions::expression) : List.of();
    return Optional.of(new Distinct(on));
  }

  /// A select list: `*`, expressions with their names; not the comma that may stand behind it.
  List<SelectItem> items() {
    List<SelectItem> items = new ArrayList<>();
    do {
      items.add(selectItem());
    } while (!atTrailingComma() && cursor.accept(TokenKind.COMMA));
    return items;
  }

  private boolean atTrailingComma() {
    Token behind = cursor.peek(1);
    return cursor.at(TokenKind.COMMA)
        && (behind.isWord("from")
            || behind.is(TokenKind.END)
            || behind.is(TokenKind.SEMICOLON)
            || behind.is(TokenKind.RIGHT_PAREN));
  }

  private SelectItem selectItem() {
    if (cursor.atOperator("*")) {
      int position = cursor.next().position();
      return new SelectItem(star(Optional.empty(), position), Optional.empty());
    }
    Expr expr = grammar.expressions.expression();
    if (expr instanceof StarExpr) {
      return new SelectItem(expr, Optional.empty());
    }
    return new SelectItem(expr, alias());
  }

  /// A star with what may stand behind it.
  StarExpr star(Optional<QualifiedName> qualifier, int position) {
    List<Identifier> excluded = excluded();
    boolean replaces = cursor.atWord("replace") && cursor.peek(1).is(TokenKind.LEFT_PAREN);
    if (!replaces) {
      return new StarExpr(qualifier, excluded, position);
    }
    cursor.next();
    return new StarExpr(qualifier, excluded, names.parenthesised(this::replacement), position);
  }

  private Expr.Replacement replacement() {
    Expr expr = grammar.expressions.expression();
    cursor.expectWord("as");
    return new Expr.Replacement(expr, names.label());
  }

  /// `EXCLUDE column` or `EXCLUDE (column, …)`, if it is there.
  private List<Identifier> excluded() {
    if (!cursor.acceptWord("exclude")) {
      return List.of();
    }
    return cursor.at(TokenKind.LEFT_PAREN)
        ? names.parenthesised(names::name)
        : List.of(names.name());
  }

  /// `[AS] label`, if it is there; without AS only words that cannot go on with the statement.
  Optional<Identifier> alias() {
    if (cursor.acceptWord("as")) {
      return Optional.of(names.label());
    }
    Token token = cursor.peek();
    if (token.is(TokenKind.QUOTED_NAME)
        || (token.is(TokenKind.WORD) && Keywords.canBeBareLabel(token.text()))) {
      cursor.mightBe("from", "into", "union", "order", "limit");
      return Optional.of(names.label());
    }
    return Optional.empty();
  }

  private Optional<IntoTable> into() {
    if (!cursor.acceptWord("into")) {
      return Optional.empty();
    }
    cursor.acceptWord("local");
    boolean temporary = cursor.acceptWord("temp") || cursor.acceptWord("temporary");
    cursor.acceptWord("table");
    QualifiedName name = names.qualifiedName();
    return Optional.of(new IntoTable(name, temporary || name.last().name().startsWith("#")));
  }

  private NamedWindow namedWindow() {
    Identifier name = names.name();
    cursor.expectWord("as");
    return new NamedWindow(name, grammar.calls.window());
  }

  /// START WITH and CONNECT BY, in either order.
  private Optional<ConnectBy> connectBy() {
    Optional<Expr> start = startWith();
    if (!cursor.acceptWords("connect", "by")) {
      if (start.isPresent()) {
        throw cursor.syntaxError();
      }
      return Optional.empty();
    }
    boolean noCycle = cursor.acceptWord("nocycle");
    Expr condition = grammar.expressions.connectByCondition();
    return Optional.of(new ConnectBy(start.isPresent() ? start : startWith(), condition, noCycle));
  }

  private Optional<Expr> startWith() {
    return cursor.acceptWords("start", "with")
        ? Optional.of(grammar.expressions.expression())
        : Optional.empty();
  }

  // -- GROUP BY

  private Optional<GroupBy> groupBy() {
    if (!cursor.atWord("group")) {
      return Optional.empty();
    }
    int position = cursor.next().position();
    cursor.expectWord("by");
    if (cursor.acceptWord("all")) {
      return Optional.of(new GroupBy(true, List.of(), position));
    }
    return Optional.of(new GroupBy(false, names.list(this::groupingItem), position));
  }

  private GroupingItem groupingItem() {
    int position = cursor.position();
    if (cursor.peek(1).is(TokenKind.LEFT_PAREN)) {
      if (cursor.acceptWord("rollup")) {
        return new GroupingItem.Rollup(groupingItems(), position);
      }
      if (cursor.acceptWord("cube")) {
        return new GroupingItem.Cube(groupingItems(), position);
      }
    }
    if (cursor.acceptWords("grouping", "sets")) {
      return new GroupingItem.GroupingSets(groupingItems(), position);
    }
    if (cursor.at(TokenKind.LEFT_PAREN) && cursor.peek(1).is(TokenKind.RIGHT_PAREN)) {
      cursor.next();
      cursor.next();
      return new GroupingItem.SimpleGrouping(List.of(), position);
    }
    boolean parenthesis = cursor.at(TokenKind.LEFT_PAREN);
    Expr expr = grammar.expressions.expression();
    if (parenthesis && expr instanceof RowExpr row && row.position() == position) {
      return new GroupingItem.SimpleGrouping(row.elements(), position);
    }
    return new GroupingItem.SimpleGrouping(List.of(expr), position);
  }

  private List<GroupingItem> groupingItems() {
    int saved = cursor.enter(1);
    List<GroupingItem> items = names.parenthesised(this::groupingItem);
    cursor.leave(1, saved);
    return items;
  }
}

package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.FunctionCall;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Moment;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.TableRef.DerivedTable;
import io.redward.leader.sql.ast.TableRef.FileTable;
import io.redward.leader.sql.ast.TableRef.JoinCondition;
import io.redward.leader.sql.ast.TableRef.JoinKind;
import io.redward.leader.sql.ast.TableRef.JoinedTable;
import io.redward.leader.sql.ast.TableRef.NamedTable;
import io.redward.leader.sql.ast.TableRef.PivotedTable;
import io.redward.leader.sql.ast.TableRef.TableAlias;
import io.redward.leader.sql.ast.TableRef.TableFunction;
import io.redward.leader.sql.ast.TableRef.UnnestedArray;
import io.redward.leader.sql.ast.TableRef.UnpivotedObject;
import io.redward.leader.sql.ast.TableRef.UnpivotedTable;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Keywords;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Items of FROM: tables, subqueries, functions, arrays inside rows, joins, PIVOT and UNPIVOT.
final class TableRefParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  TableRefParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  TableRef tableRef() {
    int saved = cursor.enter(1);
    TableRef table = joins(primaryTable());
    cursor.leave(1, saved);
    return table;
  }

  // -- joins

  private TableRef joins(TableRef first) {
    TableRef left = first;
    while (atJoin()) {
      cursor.grow();
      left = join(left);
    }
    return left;
  }

  private boolean atJoin() {
    return cursor.atAnyWord("join", "inner", "left", "right", "full", "cross", "natural");
  }

  private TableRef join(TableRef left) {
    int position = cursor.position();
    boolean natural = cursor.acceptWord("natural");
    JoinKind kind = joinKind();
    cursor.expectWord("join");
    TableRef right = primaryTable();
    if (kind == JoinKind.CROSS) {
      return joined(kind, left, right, new JoinCondition.Unconditional(), position);
    }
    if (natural) {
      return joined(kind, left, right, new JoinCondition.Natural(), position);
    }
    // `a JOIN b JOIN c ON … ON …`: the inner join comes first.
    while (atJoin()) {
      int saved = cursor.enter(1);
      right = join(right);
      cursor.leave(1, saved);
    }
    return joined(kind, left, right, joinCondition(), position);
  }

  private static TableRef joined(
      JoinKind kind, TableRef left, TableRef right, JoinCondition condition, int position) {
    return new JoinedTable(kind, left, right, condition, Optional.empty(), position);
  }

  private JoinKind joinKind() {
    if (cursor.acceptWord("cross")) {
      return JoinKind.CROSS;
    }
    if (cursor.acceptWord("inner")) {
      return JoinKind.INNER;
    }
    JoinKind kind = JoinKind.INNER;
    if (cursor.acceptWord("left")) {
      kind = JoinKind.LEFT;
    } else if (cursor.acceptWord("right")) {
      kind = JoinKind.RIGHT;
    } else if (cursor.acceptWord("full")) {
      kind = JoinKind.FULL;
    }
    if (kind != JoinKind.INNER) {
      cursor.acceptWord("outer");
    }
    return kind;
  }

  private JoinCondition joinCondition() {
    if (cursor.acceptWord("using")) {
      return new JoinCondition.Using(names.parenthesised(names::name));
    }
    cursor.expectWord("on");
    return new JoinCondition.On(grammar.expressions.expression());
  }

  // -- single items

  private TableRef primaryTable() {
    TableRef table = bareTable();
    while (true) {
      if (cursor.atWord("pivot") && cursor.peek(1).is(TokenKind.LEFT_PAREN)) {
        table = pivot(table);
      } else if (atUnpivot()) {
        table = unpivot(table);
      } else {
        return table;
      }
      cursor.grow();
    }
  }

  private boolean atUnpivot() {
    return cursor.atWord("unpivot")
        && (cursor.peek(1).is(TokenKind.LEFT_PAREN) || cursor.peek(2).isWord("nulls"));
  }

  private TableRef bareTable() {
    Token token = cursor.peek();
    if (token.is(TokenKind.LEFT_PAREN)) {
      return parenthesised();
    }
    if (token.is(TokenKind.STRING)) {
      String location = names.string();
      return new FileTable(location, alias(), token.position());
    }
    if (cursor.acceptWord("lateral")) {
      return lateral(token.position());
    }
    if (cursor.atWord("unpivot") && !cursor.peek(1).is(TokenKind.LEFT_PAREN)) {
      return unpivotedObject();
    }
    if (cursor.acceptWord("only")) {
      QualifiedName name = names.qualifiedName();
      return new NamedTable(name, alias());
    }
    return namedTable();
  }

  private TableRef parenthesised() {
    int position = cursor.position();
    if (grammar.expressions.atParenthesisedQuery()) {
      Query query = grammar.queries.parenthesisedQuery();
      return new DerivedTable(query, false, alias(), position);
    }
    cursor.expect(TokenKind.LEFT_PAREN);
    TableRef inner = tableRef();
    cursor.expect(TokenKind.RIGHT_PAREN);
    Optional<TableAlias> alias = alias();
    if (alias.isPresent() && inner instanceof JoinedTable join) {
      return new JoinedTable(
          join.kind(), join.left(), join.right(), join.condition(), alias, join.position());
    }
    if (alias.isPresent()) {
      throw cursor.syntaxErrorAtLast();
    }
    return inner;
  }

  private TableRef lateral(int position) {
    if (grammar.expressions.atParenthesisedQuery()) {
      Query query = grammar.queries.parenthesisedQuery();
      return new DerivedTable(query, true, alias(), position);
    }
    return function(names.qualifiedName(), true);
  }

  private TableRef namedTable() {
    boolean call = cursor.peek(1).is(TokenKind.LEFT_PAREN);
    if (cursor.at(TokenKind.WORD) && call && Keywords.canNameFunction(cursor.peek().text())) {
      return function(names.qualifiedNameFrom(names.label()), false);
    }
    QualifiedName name = names.qualifiedName();
    if (cursor.at(TokenKind.LEFT_PAREN)) {
      return function(name, false);
    }
    if (cursor.at(TokenKind.LEFT_BRACKET)) {
      return array(navigation(new Expr.ColumnRef(name)));
    }
    if (cursor.atOperator("*")) {
      // PostgreSQL's old way to include inheriting tables, of which there are none.
      cursor.next();
    }
    Optional<Moment> moment = new SnapshotParser(grammar).optionalMoment();
    if (moment.isPresent()) {
      return new NamedTable(name, moment, alias());
    }
    Optional<TableAlias> alias = alias();
    if (cursor.acceptWord("at")) {
      return new UnnestedArray(new Expr.ColumnRef(name), alias, Optional.of(names.name()));
    }
    return new NamedTable(name, alias);
  }

  private TableRef array(Expr path) {
    Optional<TableAlias> alias = alias();
    Optional<Identifier> at =
        cursor.acceptWord("at") ? Optional.of(names.name()) : Optional.empty();
    return new UnnestedArray(path, alias, at);
  }

  /// `path[0].field[1]…` from its first bracket or dot on.
  private Expr navigation(Expr start) {
    Expr path = start;
    while (true) {
      if (cursor.at(TokenKind.LEFT_BRACKET)) {
        int position = cursor.next().position();
        Expr index = grammar.expressions.expression();
        cursor.expect(TokenKind.RIGHT_BRACKET);
        path = new Expr.ArraySubscript(path, index, position);
      } else if (cursor.accept(TokenKind.DOT)) {
        path = new Expr.FieldAccess(path, names.label());
      } else {
        return path;
      }
      cursor.grow();
    }
  }

  private TableRef function(QualifiedName name, boolean lateral) {
    FunctionCall call = grammar.calls.call(name, false);
    boolean array = name.isSimple() && name.last().name().equals("unnest");
    if (array && call.arguments().size() == 1) {
      return unnested(call.arguments().getFirst());
    }
    boolean ordinality = cursor.acceptWords("with", "ordinality");
    // Its columns may be declared without a name for the table: AS (a int, b text).
    boolean unnamed = cursor.atWord("as") && cursor.peek(1).is(TokenKind.LEFT_PAREN);
    if (unnamed) {
      cursor.next();
    }
    Optional<TableAlias> alias = unnamed ? Optional.of(columns(name.last())) : alias();
    return new TableFunction(call, lateral, ordinality, alias);
  }

  /// What follows `UNNEST(array)`: `[WITH OFFSET] [AS] t (element, index)` or `AS x AT index`.
  private TableRef unnested(Expr path) {
    boolean offset = cursor.acceptWords("with", "offset");
    Optional<TableAlias> alias = alias();
    if (cursor.acceptWord("at")) {
      return new UnnestedArray(path, alias, Optional.of(names.name()));
    }
    int columns = alias.map(a -> a.columns().size()).orElse(0);
    if (columns > (offset ? 2 : 1)) {
      throw cursor.syntaxErrorAtLast();
    }
    Optional<Identifier> index =
        offset && columns < 2
            ? Optional.of(Identifier.of("offset", path.position()))
            : Optional.empty();
    return new UnnestedArray(path, alias, index);
  }

  private TableRef unpivotedObject() {
    int position = cursor.expectWord("unpivot").position();
    Expr path = grammar.expressions.postfixExpression();
    Optional<Identifier> value = Optional.empty();
    if (cursor.acceptWord("as")) {
      value = Optional.of(names.name());
    }
    Optional<Identifier> attribute =
        cursor.acceptWord("at") ? Optional.of(names.name()) : Optional.empty();
    return new UnpivotedObject(path, value, attribute, position);
  }

  // -- aliases

  /// `[AS] name [(column, …)]`, `AS (column type, …)` behind functions, or nothing.
  Optional<TableAlias> alias() {
    boolean as = cursor.acceptWord("as");
    Token token = cursor.peek();
    boolean bare =
        token.is(TokenKind.QUOTED_NAME)
            || (token.is(TokenKind.WORD)
                && Keywords.canBeBareTableAlias(token.text())
                && !startsClause(token, cursor.peek(1)));
    if (!as && !bare) {
      return Optional.empty();
    }
    cursor.mightBe("where", "group", "having", "order", "limit", "union", "qualify", "window");
    cursor.mightBe("join", "inner", "left", "right", "full", "cross", "natural", "on", "using");
    Identifier name = names.name();
    if (!cursor.at(TokenKind.LEFT_PAREN)) {
      return Optional.of(new TableAlias(name, List.of(), List.of()));
    }
    return Optional.of(columns(name));
  }

  /// `(column [type], ...)`.
  private TableAlias columns(Identifier name) {
    List<Identifier> columns = new ArrayList<>();
    List<TypeName> types = new ArrayList<>();
    cursor.next();
    do {
      columns.add(names.name());
      if (!cursor.at(TokenKind.COMMA) && !cursor.at(TokenKind.RIGHT_PAREN)) {
        types.add(grammar.types.typeName());
      }
    } while (cursor.accept(TokenKind.COMMA));
    if (!types.isEmpty() && types.size() != columns.size()) {
      throw cursor.syntaxError();
    }
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new TableAlias(name, columns, types);
  }

  /// Words that are aliases unless what follows shows otherwise: `START WITH`, `AT index`.
  private static boolean startsClause(Token token, Token after) {
    return switch (token.text()) {
      case "start" -> after.isWord("with");
      case "at" -> after.is(TokenKind.WORD) || after.is(TokenKind.QUOTED_NAME);
      default -> false;
    };
  }

  // -- PIVOT and UNPIVOT

  private TableRef pivot(TableRef source) {
    int position = cursor.expectWord("pivot").position();
    cursor.expect(TokenKind.LEFT_PAREN);
    List<SelectItem> aggregates = names.list(this::aliased);
    cursor.expectWord("for");
    Expr column = grammar.expressions.postfixExpression();
    cursor.expectWord("in");
    List<SelectItem> values = names.parenthesised(this::aliased);
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new PivotedTable(source, aggregates, column, values, alias(), position);
  }

  private TableRef unpivot(TableRef source) {
    int position = cursor.expectWord("unpivot").position();
    boolean includeNulls = cursor.acceptWords("include", "nulls");
    if (!includeNulls) {
      cursor.acceptWords("exclude", "nulls");
    }
    cursor.expect(TokenKind.LEFT_PAREN);
    Identifier value = names.name();
    cursor.expectWord("for");
    Identifier name = names.name();
    cursor.expectWord("in");
    List<SelectItem> columns = names.parenthesised(this::aliased);
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new UnpivotedTable(source, includeNulls, value, name, columns, alias(), position);
  }

  private SelectItem aliased() {
    Expr expr = grammar.expressions.expression();
    return new SelectItem(expr, grammar.selects.alias());
  }
}

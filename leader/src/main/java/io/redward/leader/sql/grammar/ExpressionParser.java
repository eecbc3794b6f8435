package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.ArraySlice;
import io.redward.leader.sql.ast.Expr.ArraySubscript;
import io.redward.leader.sql.ast.Expr.AtTimeZoneExpr;
import io.redward.leader.sql.ast.Expr.BetweenExpr;
import io.redward.leader.sql.ast.Expr.BinaryExpr;
import io.redward.leader.sql.ast.Expr.CastExpr;
import io.redward.leader.sql.ast.Expr.CastForm;
import io.redward.leader.sql.ast.Expr.CollateExpr;
import io.redward.leader.sql.ast.Expr.ColumnRef;
import io.redward.leader.sql.ast.Expr.DistinctFromExpr;
import io.redward.leader.sql.ast.Expr.FieldAccess;
import io.redward.leader.sql.ast.Expr.InListExpr;
import io.redward.leader.sql.ast.Expr.InSubqueryExpr;
import io.redward.leader.sql.ast.Expr.IsExpr;
import io.redward.leader.sql.ast.Expr.IsTest;
import io.redward.leader.sql.ast.Expr.LikeExpr;
import io.redward.leader.sql.ast.Expr.LikeKind;
import io.redward.leader.sql.ast.Expr.LogicalExpr;
import io.redward.leader.sql.ast.Expr.LogicalOperator;
import io.redward.leader.sql.ast.Expr.NotExpr;
import io.redward.leader.sql.ast.Expr.OuterMarkExpr;
import io.redward.leader.sql.ast.Expr.PriorExpr;
import io.redward.leader.sql.ast.Expr.QuantifiedComparison;
import io.redward.leader.sql.ast.Expr.Quantifier;
import io.redward.leader.sql.ast.Expr.SubqueryExpr;
import io.redward.leader.sql.ast.Expr.UnaryExpr;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Operators, by precedence climbing over PostgreSQL's table: an operator takes as its right
/// operand whatever binds tighter than itself. Source: PostgreSQL manual, "Operator Precedence".
final class ExpressionParser {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int IS = 4;
  private static final int COMPARISON = 5;
  private static final int MATCH = 6;
  private static final int OTHER_OPERATOR = 7;
  private static final int ADDITION = 8;
  private static final int MULTIPLICATION = 9;
  private static final int POWER = 10;
  private static final int AT_TIME_ZONE = 11;
  private static final int COLLATE = 12;
  private static final int SIGN = 13;

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final PrimaryParser primaries;
  private boolean priorAllowed;
  private boolean collateAllowed = true;

  ExpressionParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.primaries = new PrimaryParser(grammar);
  }

  Expr expression() {
    return parse(OR);
  }

  /// What may stand before AND of BETWEEN, IN of POSITION and the like: no logic and no matching.
  Expr operand() {
    return parse(OTHER_OPERATOR);
  }

  /// A column's default: no logic, and COLLATE behind it is the column's.
  Expr columnDefault() {
    collateAllowed = false;
    Expr value = operand();
    collateAllowed = true;
    return value;
  }

  /// A condition of CONNECT BY, where PRIOR is an operator.
  Expr connectByCondition() {
    boolean before = priorAllowed;
    priorAllowed = true;
    Expr condition = expression();
    priorAllowed = before;
    return condition;
  }

  /// A primary with subscripts, fields and casts.
  Expr postfixExpression() {
    int saved = cursor.enter(1);
    Expr expr = postfix(primaries.primary());
    cursor.leave(1, saved);
    return expr;
  }

  private Expr parse(int least) {
    int saved = cursor.enter(1);
    Expr left = prefix();
    int lastLevel = Integer.MAX_VALUE;
    while (true) {
      Token token = cursor.peek();
      int level = levelOf(token);
      if (level < least) {
        break;
      }
      if (level == COMPARISON && lastLevel == COMPARISON) {
        throw cursor.syntaxError();
      }
      cursor.grow();
      left = infix(left, token, level);
      lastLevel = level;
    }
    cursor.leave(1, saved);
    return left;
  }

  private Expr prefix() {
    Token token = cursor.peek();
    if (token.is(TokenKind.OPERATOR) && !token.text().equals("*")) {
      cursor.next();
      boolean sign = token.text().equals("-") || token.text().equals("+");
      Expr operand = parse(sign ? SIGN : OTHER_OPERATOR + 1);
      return new UnaryExpr(token.text(), operand, token.position());
    }
    if (token.isWord("not")) {
      cursor.next();
      return new NotExpr(parse(NOT), token.position());
    }
    if (priorAllowed && token.isWord("prior") && !cursor.peek(1).is(TokenKind.OPERATOR)) {
      cursor.next();
      return new PriorExpr(parse(SIGN), token.position());
    }
    return postfix(primaries.primary());
  }

  /// How tightly the token binds as an infix or postfix operator; 0 if it is none.
  private int levelOf(Token token) {
    return switch (token.kind()) {
      case OPERATOR -> levelOfOperator(token.text());
      case WORD -> levelOfWord(token.text());
      case DOUBLE_COLON -> SIGN;
      default -> 0;
    };
  }

  private static int levelOfOperator(String operator) {
    return switch (operator) {
      case "=", "<", ">", "<=", ">=", "<>" -> COMPARISON;
      case "+", "-" -> ADDITION;
      case "*", "/", "%" -> MULTIPLICATION;
      case "^" -> POWER;
      case "=>" -> 0;
      default -> OTHER_OPERATOR;
    };
  }

  private int levelOfWord(String word) {
    return switch (word) {
      case "or" -> OR;
      case "and" -> AND;
      case "is", "isnull", "notnull" -> IS;
      case "like", "ilike", "in", "between" -> MATCH;
      case "similar" -> cursor.peek(1).isWord("to") ? MATCH : 0;
      case "not" -> negatable(cursor.peek(1)) ? MATCH : 0;
      case "overlaps" -> OTHER_OPERATOR;
      case "operator" -> cursor.peek(1).is(TokenKind.LEFT_PAREN) ? OTHER_OPERATOR : 0;
      case "at" ->
          cursor.peek(1).isWord("time") && cursor.peek(2).isWord("zone") ? AT_TIME_ZONE : 0;
      case "collate" -> collateAllowed ? COLLATE : 0;
      default -> 0;
    };
  }

  private static boolean negatable(Token token) {
    return token.isWord("like")
        || token.isWord("ilike")
        || token.isWord("in")
        || token.isWord("between")
        || token.isWord("similar");
  }

  private Expr infix(Expr left, Token token, int level) {
    if (token.is(TokenKind.DOUBLE_COLON)) {
      return postfix(left);
    }
    cursor.next();
    if (token.is(TokenKind.OPERATOR)) {
      return operation(left, token.text(), level, token.position());
    }
    return switch (token.text()) {
      case "or" -> logical(left, LogicalOperator.OR, token);
      case "and" -> logical(left, LogicalOperator.AND, token);
      case "is" -> is(left, token.position());
      case "isnull" -> new IsExpr(left, IsTest.NULL, false, token.position());
      case "notnull" -> new IsExpr(left, IsTest.NULL, true, token.position());
      case "not" -> match(left, cursor.next(), true);
      case "overlaps" ->
          new BinaryExpr(left, "overlaps", parse(OTHER_OPERATOR + 1), token.position());
      case "operator" -> operation(left, qualifiedOperator(), OTHER_OPERATOR, token.position());
      case "at" -> atTimeZone(left, token.position());
      case "collate" -> new CollateExpr(left, grammar.names.qualifiedName(), token.position());
      default -> match(left, token, false);
    };
  }

  /// Operands of the same operator are gathered flat, so that a thousand of them are no depth.
  private Expr logical(Expr left, LogicalOperator operator, Token token) {
    String word = token.text();
    int level = operator == LogicalOperator.OR ? OR : AND;
    List<Expr> operands = new ArrayList<>();
    operands.add(left);
    do {
      operands.add(parse(level + 1));
    } while (cursor.acceptWord(word));
    return new LogicalExpr(operator, operands, token.position());
  }

  private Expr is(Expr left, int position) {
    boolean negated = cursor.acceptWord("not");
    if (cursor.acceptWords("distinct", "from")) {
      return new DistinctFromExpr(left, parse(IS + 1), negated, position);
    }
    IsTest test;
    if (cursor.acceptWord("null")) {
      test = IsTest.NULL;
    } else if (cursor.acceptWord("true")) {
      test = IsTest.TRUE;
    } else if (cursor.acceptWord("false")) {
      test = IsTest.FALSE;
    } else if (cursor.acceptWord("unknown")) {
      test = IsTest.UNKNOWN;
    } else {
      throw cursor.syntaxError();
    }
    return new IsExpr(left, test, negated, position);
  }

  private Expr atTimeZone(Expr left, int position) {
    cursor.expectWords("time", "zone");
    return new AtTimeZoneExpr(left, parse(AT_TIME_ZONE + 1), position);
  }

  /// `OPERATOR(schema.op)`; the schema can only be pg_catalog and is dropped.
  private String qualifiedOperator() {
    cursor.expect(TokenKind.LEFT_PAREN);
    while (cursor.at(TokenKind.WORD) || cursor.at(TokenKind.QUOTED_NAME)) {
      cursor.next();
      cursor.expect(TokenKind.DOT);
    }
    String operator = cursor.expect(TokenKind.OPERATOR).text();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return operator;
  }

  // -- operators made of symbols

  private Expr operation(Expr left, String operator, int level, int position) {
    @Nullable Expr quantified = quantified(left, operator, position);
    if (quantified != null) {
      return quantified;
    }
    Expr right = parse(level + 1);
    return switch (operator) {
      case "~" -> like(LikeKind.POSIX, left, right, false, position);
      case "!~" -> like(LikeKind.POSIX, left, right, true, position);
      case "~*" -> like(LikeKind.POSIX_IGNORE_CASE, left, right, false, position);
      case "!~*" -> like(LikeKind.POSIX_IGNORE_CASE, left, right, true, position);
      case "~~" -> like(LikeKind.LIKE, left, right, false, position);
      case "!~~" -> like(LikeKind.LIKE, left, right, true, position);
      case "~~*" -> like(LikeKind.ILIKE, left, right, false, position);
      case "!~~*" -> like(LikeKind.ILIKE, left, right, true, position);
      default -> new BinaryExpr(left, operator, right, position);
    };
  }

  private static Expr like(LikeKind kind, Expr value, Expr pattern, boolean negated, int position) {
    return new LikeExpr(kind, value, pattern, Optional.empty(), negated, position);
  }

  /// `ANY (…)`, `SOME (…)`, `ALL (…)` as a right side; null if none stands here.
  private @Nullable Expr quantified(Expr left, String operator, int position) {
    Token word = cursor.peek();
    boolean all = word.isWord("all");
    if (!all && !word.isWord("any") && !word.isWord("some")) {
      return null;
    }
    cursor.next();
    int start = cursor.position();
    Expr right;
    if (atParenthesisedQuery()) {
      right = new SubqueryExpr(grammar.queries.parenthesisedQuery(), start);
    } else {
      cursor.expect(TokenKind.LEFT_PAREN);
      right = expression();
      cursor.expect(TokenKind.RIGHT_PAREN);
    }
    return new QuantifiedComparison(
        left, operator, all ? Quantifier.ALL : Quantifier.ANY, right, position);
  }

  // -- IN, BETWEEN, LIKE

  private Expr match(Expr left, Token word, boolean negated) {
    int position = word.position();
    return switch (word.text()) {
      case "in" -> in(left, negated, position);
      case "between" -> between(left, negated, position);
      case "like" -> like(left, LikeKind.LIKE, word, negated);
      case "ilike" -> like(left, LikeKind.ILIKE, word, negated);
      default -> {
        cursor.expectWord("to");
        yield like(left, LikeKind.SIMILAR, word, negated);
      }
    };
  }

  private Expr in(Expr left, boolean negated, int position) {
    if (atParenthesisedQuery()) {
      Query query = grammar.queries.parenthesisedQuery();
      return new InSubqueryExpr(left, query, negated, position);
    }
    List<Expr> items = grammar.names.parenthesised(this::expression);
    return new InListExpr(left, items, negated, position);
  }

  private Expr between(Expr left, boolean negated, int position) {
    boolean symmetric = cursor.acceptWord("symmetric");
    if (!symmetric) {
      cursor.acceptWord("asymmetric");
    }
    Expr low = operand();
    cursor.expectWord("and");
    Expr high = operand();
    return new BetweenExpr(left, low, high, symmetric, negated, position);
  }

  private Expr like(Expr left, LikeKind kind, Token word, boolean negated) {
    int position = word.position();
    @Nullable Expr quantified = quantified(left, (negated ? "not " : "") + word.text(), position);
    if (quantified != null) {
      return quantified;
    }
    Expr pattern = operand();
    Optional<Expr> escape = cursor.acceptWord("escape") ? Optional.of(operand()) : Optional.empty();
    return new LikeExpr(kind, left, pattern, escape, negated, position);
  }

  // -- what follows a primary: casts, subscripts, fields, (+)

  private Expr postfix(Expr start) {
    Expr expr = start;
    while (true) {
      switch (cursor.peek().kind()) {
        case DOUBLE_COLON -> {
          int position = cursor.next().position();
          expr = new CastExpr(expr, grammar.types.typeName(), CastForm.POSTFIX, position);
        }
        case LEFT_BRACKET -> expr = subscript(expr);
        case DOT -> {
          if (!cursor.peek(1).is(TokenKind.WORD) && !cursor.peek(1).is(TokenKind.QUOTED_NAME)) {
            return expr;
          }
          cursor.next();
          expr = new FieldAccess(expr, grammar.names.label());
        }
        case LEFT_PAREN -> {
          if (!(expr instanceof ColumnRef) || !atOuterMark()) {
            return expr;
          }
          int position = cursor.next().position();
          cursor.next();
          cursor.next();
          expr = new OuterMarkExpr(expr, position);
        }
        default -> {
          return expr;
        }
      }
      cursor.grow();
    }
  }

  /// Does `(+)` stand here?
  boolean atOuterMark() {
    return cursor.at(TokenKind.LEFT_PAREN)
        && cursor.peek(1).isOperator("+")
        && cursor.peek(2).is(TokenKind.RIGHT_PAREN);
  }

  private Expr subscript(Expr base) {
    int position = cursor.expect(TokenKind.LEFT_BRACKET).position();
    Optional<Expr> lower =
        cursor.at(TokenKind.COLON) ? Optional.empty() : Optional.of(expression());
    if (cursor.accept(TokenKind.COLON)) {
      Optional<Expr> upper =
          cursor.at(TokenKind.RIGHT_BRACKET) ? Optional.empty() : Optional.of(expression());
      cursor.expect(TokenKind.RIGHT_BRACKET);
      return new ArraySlice(base, lower, upper, position);
    }
    cursor.expect(TokenKind.RIGHT_BRACKET);
    return new ArraySubscript(base, lower.orElseThrow(), position);
  }

  /// Does a parenthesis open here that holds a query and nothing else? `((SELECT 1))` does, and
  /// `((SELECT 1) UNION SELECT 2)`; `((SELECT 1) + 1)` does not.
  boolean atParenthesisedQuery() {
    int opens = 0;
    while (cursor.peek(opens).is(TokenKind.LEFT_PAREN)) {
      opens++;
    }
    if (opens == 0 || !startsQuery(cursor.peek(opens), cursor.peek(opens + 1))) {
      return false;
    }
    for (int inner = 1; inner < opens; inner++) {
      Token behind = cursor.tokenAt(cursor.closing(cursor.mark() + inner) + 1);
      if (!behind.is(TokenKind.RIGHT_PAREN) && !continuesQuery(behind)) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsQuery(Token first, Token second) {
    return first.isWord("select")
        || first.isWord("from")
        || first.isWord("with")
        || (first.isWord("values") && second.is(TokenKind.LEFT_PAREN));
  }

  private static boolean continuesQuery(Token token) {
    if (!token.is(TokenKind.WORD)) {
      return false;
    }
    return switch (token.text()) {
      case "union", "intersect", "except", "minus", "order", "limit", "offset", "fetch", "for" ->
          true;
      default -> false;
    };
  }
}

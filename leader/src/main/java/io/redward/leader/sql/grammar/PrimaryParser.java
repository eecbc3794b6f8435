package io.redward.leader.sql.grammar;

import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.ArrayExpr;
import io.redward.leader.sql.ast.Expr.ArraySubqueryExpr;
import io.redward.leader.sql.ast.Expr.BitStringLiteral;
import io.redward.leader.sql.ast.Expr.BooleanLiteral;
import io.redward.leader.sql.ast.Expr.CaseExpr;
import io.redward.leader.sql.ast.Expr.CastExpr;
import io.redward.leader.sql.ast.Expr.CastForm;
import io.redward.leader.sql.ast.Expr.ColumnRef;
import io.redward.leader.sql.ast.Expr.ExistsExpr;
import io.redward.leader.sql.ast.Expr.FunctionCall;
import io.redward.leader.sql.ast.Expr.IntervalLiteral;
import io.redward.leader.sql.ast.Expr.NullLiteral;
import io.redward.leader.sql.ast.Expr.NumberLiteral;
import io.redward.leader.sql.ast.Expr.ParameterRef;
import io.redward.leader.sql.ast.Expr.RowExpr;
import io.redward.leader.sql.ast.Expr.SpecialFunction;
import io.redward.leader.sql.ast.Expr.StringLiteral;
import io.redward.leader.sql.ast.Expr.SubqueryExpr;
import io.redward.leader.sql.ast.Expr.TypedLiteral;
import io.redward.leader.sql.ast.Expr.WhenClause;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.IntervalQualifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Keywords;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The leaves of expressions and whatever is closed in itself: literals, names, calls, CASE, CAST,
/// parentheses.
final class PrimaryParser {
  private final Grammar grammar;
  private final TokenCursor cursor;

  PrimaryParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Expr primary() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER -> {
        cursor.next();
        yield new NumberLiteral(token.text(), token.position());
      }
      case STRING -> string();
      case BIT_STRING, HEX_STRING -> bitString();
      case PARAMETER -> parameter();
      case LEFT_PAREN -> parenthesised();
      case QUOTED_NAME -> nameOrCall();
      case WORD -> word(token);
      default -> throw cursor.syntaxError();
    };
  }

  /// Text holds no zero byte, though an option of COPY may: NULL AS '\0'.
  private Expr string() {
    Token token = cursor.next();
    if (token.text().indexOf('\0') >= 0) {
      throw cursor.error(
          SqlState.CHARACTER_NOT_IN_REPERTOIRE,
          "invalid byte sequence for encoding \"UTF8\": 0x00",
          token.position());
    }
    return new StringLiteral(token.text(), token.position());
  }

  private Expr bitString() {
    Token token = cursor.next();
    boolean hexadecimal = token.is(TokenKind.HEX_STRING);
    String digits = token.text();
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), hexadecimal ? 16 : 2) < 0) {
        throw cursor.error(
            SqlState.INVALID_TEXT_REPRESENTATION,
            "\"%s\" is not a valid %s digit"
                .formatted(digits.charAt(i), hexadecimal ? "hexadecimal" : "binary"),
            token.position());
      }
    }
    return new BitStringLiteral(digits, hexadecimal, token.position());
  }

  private Expr parameter() {
    Token token = cursor.next();
    int number = token.text().length() > 5 ? 0 : Integer.parseInt(token.text());
    if (number < 1 || number > Short.MAX_VALUE) {
      throw cursor.error(
          SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + token.text(), token.position());
    }
    return new ParameterRef(number, token.position());
  }

  private Expr parenthesised() {
    int position = cursor.position();
    if (grammar.expressions.atParenthesisedQuery()) {
      return new SubqueryExpr(grammar.queries.parenthesisedQuery(), position);
    }
    List<Expr> elements = grammar.names.parenthesised(grammar.expressions::expression);
    return elements.size() == 1 ? elements.getFirst() : new RowExpr(elements, position);
  }

  // -- words

  private Expr word(Token token) {
    Token after = cursor.peek(1);
    if (after.is(TokenKind.LEFT_PAREN)) {
      return wordBeforeParenthesis(token);
    }
    if (after.is(TokenKind.STRING) && !token.text().equals("interval")) {
      return typedLiteral(token);
    }
    return switch (token.text()) {
      case "null" -> new NullLiteral(cursor.next().position());
      case "true" -> new BooleanLiteral(true, cursor.next().position());
      case "false" -> new BooleanLiteral(false, cursor.next().position());
      case "case" -> caseExpr();
      case "array" -> after.is(TokenKind.LEFT_BRACKET) ? arrayBrackets() : nameOrCall();
      case "interval" -> interval(token);
      case "approximate" -> approximate();
      case "current_date",
          "current_time",
          "current_timestamp",
          "localtime",
          "localtimestamp",
          "current_user",
          "current_role",
          "current_catalog",
          "session_user",
          "user" ->
          specialFunction();
      case "sysdate",
          "current_schema",
          "current_user_id",
          "current_aws_account",
          "current_namespace" ->
          after.is(TokenKind.DOT) ? nameOrCall() : specialFunction();
      default -> grammar.types.atLongTypedLiteral() ? longTypedLiteral() : nameOrCall();
    };
  }

  private Expr wordBeforeParenthesis(Token token) {
    return switch (token.text()) {
      case "case" -> caseExpr();
      case "cast" -> cast(CastForm.CAST);
      case "try_cast" -> cast(CastForm.TRY_CAST);
      case "convert" -> convert();
      case "exists" -> exists();
      case "array" -> arrayParentheses();
      case "row" -> row();
      case "interval" -> interval(token);
      case "extract", "trim", "substring", "position", "overlay" -> grammar.calls.wordyCall();
      case "current_time", "current_timestamp", "localtime", "localtimestamp" -> specialFunction();
      default -> grammar.types.atLongTypedLiteral() ? longTypedLiteral() : nameOrCall();
    };
  }

  private Expr specialFunction() {
    Token token = cursor.next();
    OptionalInt precision = OptionalInt.empty();
    if (cursor.at(TokenKind.LEFT_PAREN) && cursor.peek(1).is(TokenKind.NUMBER)) {
      cursor.next();
      precision = OptionalInt.of(grammar.names.integer());
      cursor.expect(TokenKind.RIGHT_PAREN);
    }
    return new SpecialFunction(token.text(), precision, token.position());
  }

  private Expr approximate() {
    Token after = cursor.peek(1);
    boolean name = after.is(TokenKind.WORD) || after.is(TokenKind.QUOTED_NAME);
    if (!name || !cursor.peek(2).is(TokenKind.LEFT_PAREN)) {
      return nameOrCall();
    }
    cursor.next();
    return grammar.calls.call(grammar.names.qualifiedNameFrom(grammar.names.label()), true);
  }

  /// A column, `t.*`, or a call.
  private Expr nameOrCall() {
    Token first = cursor.peek();
    boolean calls = cursor.peek(1).is(TokenKind.LEFT_PAREN) && !isOuterMark(1);
    if (first.is(TokenKind.WORD) && !mayBeName(first.text(), calls)) {
      throw cursor.syntaxError();
    }
    List<Identifier> parts = new ArrayList<>();
    parts.add(NameParser.identifier(cursor.next()));
    while (cursor.at(TokenKind.DOT)) {
      if (cursor.peek(1).isOperator("*")) {
        cursor.next();
        int position = cursor.next().position();
        return grammar.selects.star(Optional.of(new QualifiedName(parts)), position);
      }
      cursor.next();
      parts.add(grammar.names.label());
    }
    QualifiedName name = new QualifiedName(parts);
    if (cursor.at(TokenKind.LEFT_PAREN) && !isOuterMark(0)) {
      return grammar.calls.call(name, false);
    }
    return new ColumnRef(name);
  }

  private boolean isOuterMark(int ahead) {
    return cursor.peek(ahead + 1).isOperator("+")
        && cursor.peek(ahead + 2).is(TokenKind.RIGHT_PAREN);
  }

  private static boolean mayBeName(String word, boolean calls) {
    return switch (Keywords.categoryOf(word)) {
      case UNRESERVED -> true;
      case COLUMN_NAME -> !calls || !word.equals("values");
      case TYPE_OR_FUNCTION_NAME -> calls;
      // Redshift's function COLLATE(string, 'case_insensitive').
      case RESERVED -> calls && word.equals("collate");
    };
  }

  // -- literals with a type

  private Expr typedLiteral(Token token) {
    if (Keywords.categoryOf(token.text()) == Keywords.Category.RESERVED) {
      throw cursor.syntaxError();
    }
    return longTypedLiteral();
  }

  private Expr longTypedLiteral() {
    TypeName type = grammar.types.typeName();
    return new TypedLiteral(type, grammar.names.string(), type.position());
  }

  /// `INTERVAL [(p)] 'text' [fields]`; the word may also be a column's name.
  private Expr interval(Token token) {
    Token after = cursor.peek(1);
    boolean precision =
        after.is(TokenKind.LEFT_PAREN)
            && cursor.peek(2).is(TokenKind.NUMBER)
            && cursor.peek(3).is(TokenKind.RIGHT_PAREN)
            && cursor.peek(4).is(TokenKind.STRING);
    if (!precision && !after.is(TokenKind.STRING)) {
      return nameOrCall();
    }
    cursor.next();
    OptionalInt digits = OptionalInt.empty();
    if (precision) {
      cursor.next();
      digits = OptionalInt.of(grammar.names.integer());
      cursor.next();
    }
    String text = grammar.names.string();
    Optional<IntervalQualifier> qualifier = grammar.types.intervalQualifier();
    if (digits.isPresent() && qualifier.isEmpty()) {
      qualifier =
          Optional.of(
              new IntervalQualifier(
                  IntervalQualifier.Field.DAY, IntervalQualifier.Field.SECOND, digits));
    }
    return new IntervalLiteral(text, qualifier, token.position());
  }

  // -- closed forms

  private Expr caseExpr() {
    int position = cursor.expectWord("case").position();
    Optional<Expr> operand =
        cursor.atWord("when") ? Optional.empty() : Optional.of(grammar.expressions.expression());
    List<WhenClause> branches = new ArrayList<>();
    cursor.expectWord("when");
    do {
      Expr condition = grammar.expressions.expression();
      cursor.expectWord("then");
      branches.add(new WhenClause(condition, grammar.expressions.expression()));
    } while (cursor.acceptWord("when"));
    Optional<Expr> otherwise =
        cursor.acceptWord("else")
            ? Optional.of(grammar.expressions.expression())
            : Optional.empty();
    cursor.expectWord("end");
    return new CaseExpr(operand, branches, otherwise, position);
  }

  private Expr cast(CastForm form) {
    int position = cursor.next().position();
    cursor.expect(TokenKind.LEFT_PAREN);
    Expr operand = grammar.expressions.expression();
    cursor.expectWord("as");
    TypeName type = grammar.types.typeName();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new CastExpr(operand, type, form, position);
  }

  private Expr convert() {
    int position = cursor.next().position();
    cursor.expect(TokenKind.LEFT_PAREN);
    TypeName type = grammar.types.typeName();
    cursor.expect(TokenKind.COMMA);
    Expr operand = grammar.expressions.expression();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new CastExpr(operand, type, CastForm.CONVERT, position);
  }

  private Expr exists() {
    int position = cursor.next().position();
    return new ExistsExpr(grammar.queries.parenthesisedQuery(), position);
  }

  private Expr row() {
    int position = cursor.next().position();
    return new RowExpr(expressionsOrNone(), position);
  }

  private List<Expr> expressionsOrNone() {
    if (cursor.peek(1).is(TokenKind.RIGHT_PAREN)) {
      cursor.expect(TokenKind.LEFT_PAREN);
      cursor.next();
      return List.of();
    }
    return grammar.names.parenthesised(grammar.expressions::expression);
  }

  /// `ARRAY(SELECT …)`, or Redshift's function ARRAY(element, …).
  private Expr arrayParentheses() {
    int position = cursor.next().position();
    if (grammar.expressions.atParenthesisedQuery()) {
      return new ArraySubqueryExpr(grammar.queries.parenthesisedQuery(), position);
    }
    return FunctionCall.of("array", expressionsOrNone(), position);
  }

  /// `ARRAY[element, …]`; inner arrays may leave out the word.
  private Expr arrayBrackets() {
    int position = cursor.next().position();
    return new ArrayExpr(arrayElements(), position);
  }

  private List<Expr> arrayElements() {
    cursor.expect(TokenKind.LEFT_BRACKET);
    if (cursor.accept(TokenKind.RIGHT_BRACKET)) {
      return List.of();
    }
    List<Expr> elements = grammar.names.list(this::arrayElement);
    cursor.expect(TokenKind.RIGHT_BRACKET);
    return elements;
  }

  private Expr arrayElement() {
    if (!cursor.at(TokenKind.LEFT_BRACKET)) {
      return grammar.expressions.expression();
    }
    int saved = cursor.enter(1);
    Expr inner = new ArrayExpr(arrayElements(), cursor.position());
    cursor.leave(1, saved);
    return inner;
  }
}

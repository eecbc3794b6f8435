package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.CallClauses.NullTreatment;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.FunctionCall;
import io.redward.leader.sql.ast.Expr.StringLiteral;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.SortItem;
import io.redward.leader.sql.ast.WindowSpec;
import io.redward.leader.sql.ast.WindowSpec.Bound;
import io.redward.leader.sql.ast.WindowSpec.BoundKind;
import io.redward.leader.sql.ast.WindowSpec.Frame;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Calls of functions, with all that may stand inside and behind their parentheses, and windows.
final class CallParser {
  private final Grammar grammar;
  private final TokenCursor cursor;

  CallParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /// The call of `name`, whose parenthesis comes next.
  FunctionCall call(QualifiedName name, boolean approximate) {
    cursor.expect(TokenKind.LEFT_PAREN);
    boolean star = false;
    boolean distinct = false;
    List<Expr> arguments = List.of();
    List<SortItem> orderBy = List.of();
    NullTreatment nulls = NullTreatment.UNSTATED;
    if (cursor.atOperator("*") && cursor.peek(1).is(TokenKind.RIGHT_PAREN)) {
      cursor.next();
      star = true;
    } else if (!cursor.at(TokenKind.RIGHT_PAREN)) {
      distinct = cursor.acceptWord("distinct");
      if (!distinct) {
        cursor.acceptWord("all");
      }
      arguments = grammar.names.list(grammar.expressions::expression);
      if (name.last().name().equals("object_transform") && cursor.atAnyWord("keep", "set")) {
        arguments = transformation(arguments);
      }
      nulls = nullTreatment(nulls);
      orderBy = grammar.queries.optionalOrderBy();
    }
    cursor.expect(TokenKind.RIGHT_PAREN);
    List<SortItem> withinGroup = withinGroup();
    Optional<Expr> filter = filter();
    nulls = nullTreatment(nulls);
    CallClauses clauses = CallClauses.NONE;
    if (star
        || distinct
        || approximate
        || filter.isPresent()
        || nulls != NullTreatment.UNSTATED
        || !orderBy.isEmpty()
        || !withinGroup.isEmpty()) {
      clauses = new CallClauses(distinct, star, approximate, orderBy, withinGroup, filter, nulls);
    }
    return new FunctionCall(name, arguments, clauses, over(), name.position());
  }

  /// `[KEEP path, …] [SET path, value, …]` of OBJECT_TRANSFORM, as arrays.
  private List<Expr> transformation(List<Expr> object) {
    List<Expr> arguments = new ArrayList<>(object);
    int position = cursor.position();
    for (String word : List.of("keep", "set")) {
      List<Expr> listed =
          cursor.acceptWord(word) ? grammar.names.list(grammar.expressions::expression) : List.of();
      arguments.add(FunctionCall.of("array", listed, position));
    }
    return arguments;
  }

  private NullTreatment nullTreatment(NullTreatment otherwise) {
    if (cursor.acceptWords("ignore", "nulls")) {
      return NullTreatment.IGNORE;
    }
    return cursor.acceptWords("respect", "nulls") ? NullTreatment.RESPECT : otherwise;
  }

  private List<SortItem> withinGroup() {
    if (!cursor.acceptWords("within", "group")) {
      return List.of();
    }
    cursor.expect(TokenKind.LEFT_PAREN);
    List<SortItem> items = grammar.queries.orderBy();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return items;
  }

  private Optional<Expr> filter() {
    if (!cursor.atWord("filter") || !cursor.peek(1).is(TokenKind.LEFT_PAREN)) {
      return Optional.empty();
    }
    cursor.next();
    cursor.next();
    cursor.expectWord("where");
    Expr condition = grammar.expressions.expression();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return Optional.of(condition);
  }

  // -- windows

  private Optional<WindowSpec> over() {
    if (!cursor.acceptWord("over")) {
      return Optional.empty();
    }
    if (cursor.at(TokenKind.LEFT_PAREN)) {
      return Optional.of(window());
    }
    Identifier name = grammar.names.name();
    return Optional.of(
        new WindowSpec(Optional.of(name), List.of(), List.of(), Optional.empty(), name.position()));
  }

  /// `( [name] [PARTITION BY …] [ORDER BY …] [frame] )`.
  WindowSpec window() {
    int position = cursor.expect(TokenKind.LEFT_PAREN).position();
    boolean clause =
        cursor.atWords("partition", "by")
            || cursor.atWord("order")
            || atFrame()
            || cursor.at(TokenKind.RIGHT_PAREN);
    Optional<Identifier> reference = clause ? Optional.empty() : Optional.of(grammar.names.name());
    List<Expr> partitionBy =
        cursor.acceptWords("partition", "by")
            ? grammar.names.list(grammar.expressions::expression)
            : List.of();
    List<SortItem> orderBy = grammar.queries.optionalOrderBy();
    Optional<Frame> frame = atFrame() ? Optional.of(frame()) : Optional.empty();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new WindowSpec(reference, partitionBy, orderBy, frame, position);
  }

  private boolean atFrame() {
    return cursor.atAnyWord("rows", "range", "groups") && !cursor.peek(1).is(TokenKind.RIGHT_PAREN);
  }

  private Frame frame() {
    String unit = cursor.next().text();
    WindowSpec.Unit kind =
        switch (unit) {
          case "rows" -> WindowSpec.Unit.ROWS;
          case "range" -> WindowSpec.Unit.RANGE;
          default -> WindowSpec.Unit.GROUPS;
        };
    if (!cursor.acceptWord("between")) {
      return new Frame(kind, bound(), new Bound(BoundKind.CURRENT_ROW, Optional.empty()));
    }
    Bound start = bound();
    cursor.expectWord("and");
    return new Frame(kind, start, bound());
  }

  private Bound bound() {
    if (cursor.acceptWords("current", "row")) {
      return new Bound(BoundKind.CURRENT_ROW, Optional.empty());
    }
    if (cursor.acceptWord("unbounded")) {
      return new Bound(
          preceding() ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING,
          Optional.empty());
    }
    Expr offset = grammar.expressions.operand();
    return new Bound(preceding() ? BoundKind.PRECEDING : BoundKind.FOLLOWING, Optional.of(offset));
  }

  private boolean preceding() {
    if (cursor.acceptWord("preceding")) {
      return true;
    }
    cursor.expectWord("following");
    return false;
  }

  // -- calls with words between their arguments

  /// EXTRACT, TRIM, SUBSTRING, POSITION, OVERLAY.
  Expr wordyCall() {
    Token name = cursor.next();
    cursor.expect(TokenKind.LEFT_PAREN);
    Expr call =
        switch (name.text()) {
          case "extract" -> extract(name);
          case "trim" -> trim(name);
          case "substring" -> substring(name);
          case "position" -> position(name);
          default -> overlay(name);
        };
    cursor.expect(TokenKind.RIGHT_PAREN);
    return call;
  }

  private Expr extract(Token name) {
    Token part = cursor.peek();
    String field = part.is(TokenKind.STRING) ? cursor.next().text() : grammar.names.label().name();
    Expr source;
    if (cursor.acceptWord("from")) {
      source = grammar.expressions.expression();
    } else {
      cursor.expect(TokenKind.COMMA);
      source = grammar.expressions.expression();
    }
    return FunctionCall.of(
        "extract", List.of(new StringLiteral(field, part.position()), source), name.position());
  }

  private Expr trim(Token name) {
    String function = "btrim";
    boolean side = true;
    if (cursor.acceptWord("leading")) {
      function = "ltrim";
    } else if (cursor.acceptWord("trailing")) {
      function = "rtrim";
    } else {
      side = cursor.acceptWord("both");
    }
    List<Expr> arguments = new ArrayList<>();
    if (side && cursor.acceptWord("from")) {
      arguments.add(grammar.expressions.expression());
      return FunctionCall.of(function, arguments, name.position());
    }
    arguments.add(grammar.expressions.expression());
    if (cursor.acceptWord("from")) {
      arguments.addFirst(grammar.expressions.expression());
    } else if (cursor.accept(TokenKind.COMMA)) {
      arguments.add(grammar.expressions.expression());
    }
    return FunctionCall.of(function, arguments, name.position());
  }

  private Expr substring(Token name) {
    List<Expr> arguments = new ArrayList<>();
    arguments.add(grammar.expressions.expression());
    if (cursor.accept(TokenKind.COMMA)) {
      arguments.addAll(grammar.names.list(grammar.expressions::expression));
    } else if (cursor.acceptWord("from")) {
      arguments.add(grammar.expressions.expression());
      if (cursor.acceptWord("for")) {
        arguments.add(grammar.expressions.expression());
      }
    } else if (cursor.acceptWord("for")) {
      arguments.add(new Expr.NumberLiteral("1", name.position()));
      arguments.add(grammar.expressions.expression());
    }
    return FunctionCall.of("substring", arguments, name.position());
  }

  private Expr position(Token name) {
    Expr part = grammar.expressions.operand();
    if (cursor.acceptWord("in")) {
      Expr whole = grammar.expressions.operand();
      return FunctionCall.of("position", List.of(whole, part), name.position());
    }
    cursor.expect(TokenKind.COMMA);
    return FunctionCall.of(
        "position", List.of(part, grammar.expressions.expression()), name.position());
  }

  private Expr overlay(Token name) {
    List<Expr> arguments = new ArrayList<>();
    arguments.add(grammar.expressions.expression());
    if (cursor.accept(TokenKind.COMMA)) {
      arguments.addAll(grammar.names.list(grammar.expressions::expression));
      return FunctionCall.of("overlay", arguments, name.position());
    }
    cursor.expectWord("placing");
    arguments.add(grammar.expressions.expression());
    cursor.expectWord("from");
    arguments.add(grammar.expressions.expression());
    if (cursor.acceptWord("for")) {
      arguments.add(grammar.expressions.expression());
    }
    return FunctionCall.of("overlay", arguments, name.position());
  }
}

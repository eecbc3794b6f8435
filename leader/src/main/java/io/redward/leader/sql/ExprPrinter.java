package io.redward.leader.sql;

import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.ArrayExpr;
import io.redward.leader.sql.ast.Expr.ArraySlice;
import io.redward.leader.sql.ast.Expr.ArraySubqueryExpr;
import io.redward.leader.sql.ast.Expr.ArraySubscript;
import io.redward.leader.sql.ast.Expr.AtTimeZoneExpr;
import io.redward.leader.sql.ast.Expr.BetweenExpr;
import io.redward.leader.sql.ast.Expr.BinaryExpr;
import io.redward.leader.sql.ast.Expr.BitStringLiteral;
import io.redward.leader.sql.ast.Expr.BooleanLiteral;
import io.redward.leader.sql.ast.Expr.CaseExpr;
import io.redward.leader.sql.ast.Expr.CastExpr;
import io.redward.leader.sql.ast.Expr.CastForm;
import io.redward.leader.sql.ast.Expr.CollateExpr;
import io.redward.leader.sql.ast.Expr.ColumnRef;
import io.redward.leader.sql.ast.Expr.CurrentOfExpr;
import io.redward.leader.sql.ast.Expr.DefaultExpr;
import io.redward.leader.sql.ast.Expr.DistinctFromExpr;
import io.redward.leader.sql.ast.Expr.ExistsExpr;
import io.redward.leader.sql.ast.Expr.FieldAccess;
import io.redward.leader.sql.ast.Expr.FunctionCall;
import io.redward.leader.sql.ast.Expr.InListExpr;
import io.redward.leader.sql.ast.Expr.InSubqueryExpr;
import io.redward.leader.sql.ast.Expr.IntervalLiteral;
import io.redward.leader.sql.ast.Expr.IsExpr;
import io.redward.leader.sql.ast.Expr.LikeExpr;
import io.redward.leader.sql.ast.Expr.LikeKind;
import io.redward.leader.sql.ast.Expr.LogicalExpr;
import io.redward.leader.sql.ast.Expr.LogicalOperator;
import io.redward.leader.sql.ast.Expr.NotExpr;
import io.redward.leader.sql.ast.Expr.NullLiteral;
import io.redward.leader.sql.ast.Expr.NumberLiteral;
import io.redward.leader.sql.ast.Expr.OuterMarkExpr;
import io.redward.leader.sql.ast.Expr.ParameterRef;
import io.redward.leader.sql.ast.Expr.PriorExpr;
import io.redward.leader.sql.ast.Expr.QuantifiedComparison;
import io.redward.leader.sql.ast.Expr.RowExpr;
import io.redward.leader.sql.ast.Expr.SpecialFunction;
import io.redward.leader.sql.ast.Expr.StarExpr;
import io.redward.leader.sql.ast.Expr.StringLiteral;
import io.redward.leader.sql.ast.Expr.SubqueryExpr;
import io.redward.leader.sql.ast.Expr.TypedLiteral;
import io.redward.leader.sql.ast.Expr.UnaryExpr;
import io.redward.leader.sql.ast.Expr.WhenClause;
import io.redward.leader.sql.ast.Query;
import java.util.List;
import java.util.Locale;

/// Expressions to text. Each has a level, as in the parser's table; a child whose level is below
/// what its place asks for goes between parentheses.
final class ExprPrinter {
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
  private static final int POSTFIX = 14;
  private static final int PRIMARY = 15;

  private final StringBuilder out;
  private final QueryPrinter queries;
  private final CallPrinter calls;

  ExprPrinter(StringBuilder out, QueryPrinter queries) {
    this.out = out;
    this.queries = queries;
    this.calls = new CallPrinter(out, this);
  }

  private static int level(Expr expr) {
    return switch (expr) {
      case LogicalExpr e -> e.operator() == LogicalOperator.OR ? OR : AND;
      case NotExpr _ -> NOT;
      case IsExpr _, DistinctFromExpr _ -> IS;
      case BinaryExpr e -> level(e.operator());
      case QuantifiedComparison e -> level(e.operator());
      case LikeExpr e -> isOperator(e.kind()) ? OTHER_OPERATOR : MATCH;
      case BetweenExpr _, InListExpr _, InSubqueryExpr _ -> MATCH;
      case AtTimeZoneExpr _ -> AT_TIME_ZONE;
      case CollateExpr _ -> COLLATE;
      case UnaryExpr e -> isSign(e.operator()) ? SIGN : OTHER_OPERATOR;
      case PriorExpr _ -> SIGN;
      case CastExpr e -> e.form() == CastForm.POSTFIX ? POSTFIX : PRIMARY;
      case FieldAccess _, ArraySubscript _, ArraySlice _, OuterMarkExpr _ -> POSTFIX;
      case NullLiteral _,
          BooleanLiteral _,
          NumberLiteral _,
          StringLiteral _,
          BitStringLiteral _,
          TypedLiteral _,
          IntervalLiteral _,
          ParameterRef _,
          DefaultExpr _,
          ColumnRef _,
          StarExpr _,
          FunctionCall _,
          SpecialFunction _,
          CaseExpr _,
          SubqueryExpr _,
          ExistsExpr _,
          ArrayExpr _,
          ArraySubqueryExpr _,
          RowExpr _,
          CurrentOfExpr _ ->
          PRIMARY;
    };
  }

  private static int level(String operator) {
    return switch (operator) {
      case "=", "<", ">", "<=", ">=", "<>" -> COMPARISON;
      case "+", "-" -> ADDITION;
      case "*", "/", "%" -> MULTIPLICATION;
      case "^" -> POWER;
      case "like", "ilike", "similar", "not like", "not ilike", "not similar" -> MATCH;
      default -> OTHER_OPERATOR;
    };
  }

  private static boolean isSign(String operator) {
    return operator.equals("-") || operator.equals("+");
  }

  private static boolean isOperator(LikeKind kind) {
    return kind == LikeKind.POSIX || kind == LikeKind.POSIX_IGNORE_CASE;
  }

  CallPrinter calls() {
    return calls;
  }

  void print(Expr expr) {
    print(expr, OR);
  }

  /// Something without AND, OR, comparison or match on top, as many words want beside them.
  void operand(Expr expr) {
    print(expr, OTHER_OPERATOR);
  }

  private void print(Expr expr, int least) {
    if (level(expr) < least) {
      out.append('(');
      bare(expr);
      out.append(')');
    } else {
      bare(expr);
    }
  }

  void list(List<Expr> exprs) {
    for (int i = 0; i < exprs.size(); i++) {
      out.append(i > 0 ? ", " : "");
      print(exprs.get(i));
    }
  }

  private void bare(Expr expr) {
    switch (expr) {
      case NullLiteral _ -> out.append("NULL");
      case BooleanLiteral e -> out.append(e.value() ? "TRUE" : "FALSE");
      case NumberLiteral e -> out.append(e.text());
      case StringLiteral e -> NamePrinter.string(out, e.value());
      case BitStringLiteral e ->
          out.append(e.hexadecimal() ? "X'" : "B'").append(e.digits()).append('\'');
      case TypedLiteral e -> typedLiteral(e);
      case IntervalLiteral e -> intervalLiteral(e);
      case ParameterRef e -> out.append('$').append(e.number());
      case DefaultExpr _ -> out.append("DEFAULT");
      case ColumnRef e -> NamePrinter.name(out, e.name());
      case StarExpr e -> star(e);
      case FieldAccess e -> field(e);
      case ArraySubscript e -> subscript(e);
      case ArraySlice e -> slice(e);
      case FunctionCall e -> calls.call(e);
      case SpecialFunction e -> specialFunction(e);
      case UnaryExpr e -> unary(e);
      case BinaryExpr e -> binary(e);
      case NotExpr e -> prefixed("NOT ", e.operand(), NOT);
      case LogicalExpr e -> logical(e);
      case BetweenExpr e -> between(e);
      case InListExpr e -> in(e);
      case InSubqueryExpr e -> in(e);
      case LikeExpr e -> like(e);
      case IsExpr e -> is(e);
      case DistinctFromExpr e -> distinctFrom(e);
      case QuantifiedComparison e -> quantified(e);
      case CaseExpr e -> caseExpr(e);
      case CastExpr e -> cast(e);
      case CollateExpr e -> collate(e);
      case AtTimeZoneExpr e -> atTimeZone(e);
      case SubqueryExpr e -> queries.parenthesised(e.query());
      case ExistsExpr e -> subquery("EXISTS ", e.query());
      case ArrayExpr e -> elements("ARRAY[", e.elements(), "]");
      case ArraySubqueryExpr e -> subquery("ARRAY", e.query());
      case RowExpr e -> elements("ROW(", e.elements(), ")");
      case OuterMarkExpr e -> outerMark(e);
      case PriorExpr e -> prefixed("PRIOR ", e.operand(), SIGN);
      case CurrentOfExpr e -> {
        out.append("CURRENT OF ");
        NamePrinter.name(out, e.cursor());
      }
    }
  }

  private void prefixed(String word, Expr operand, int least) {
    out.append(word);
    print(operand, least);
  }

  private void subquery(String word, Query query) {
    out.append(word);
    queries.parenthesised(query);
  }

  private void elements(String open, List<Expr> elements, String close) {
    out.append(open);
    list(elements);
    out.append(close);
  }

  private void typedLiteral(TypedLiteral e) {
    NamePrinter.type(out, e.type());
    out.append(' ');
    NamePrinter.string(out, e.value());
  }

  private void intervalLiteral(IntervalLiteral e) {
    out.append("INTERVAL ");
    NamePrinter.string(out, e.value());
    e.qualifier().ifPresent(qualifier -> NamePrinter.interval(out, qualifier));
  }

  private void specialFunction(SpecialFunction e) {
    out.append(e.name().toUpperCase(Locale.ROOT));
    e.precision().ifPresent(digits -> out.append('(').append(digits).append(')'));
  }

  private void field(FieldAccess e) {
    base(e.base());
    out.append('.');
    NamePrinter.field(out, e.field());
  }

  private void subscript(ArraySubscript e) {
    subscripted(e.base());
    elements("[", List.of(e.index()), "]");
  }

  private void is(IsExpr e) {
    print(e.value(), IS);
    out.append(e.negated() ? " IS NOT " : " IS ").append(e.test());
  }

  private void distinctFrom(DistinctFromExpr e) {
    print(e.left(), IS);
    out.append(e.negated() ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ");
    print(e.right(), IS + 1);
  }

  private void collate(CollateExpr e) {
    print(e.operand(), COLLATE);
    out.append(" COLLATE ");
    NamePrinter.name(out, e.collation());
  }

  private void atTimeZone(AtTimeZoneExpr e) {
    print(e.value(), AT_TIME_ZONE);
    prefixed(" AT TIME ZONE ", e.zone(), AT_TIME_ZONE + 1);
  }

  private void outerMark(OuterMarkExpr e) {
    print(e.column(), POSTFIX);
    out.append(" (+)");
  }

  private void star(StarExpr star) {
    star.qualifier()
        .ifPresent(
            qualifier -> {
              NamePrinter.name(out, qualifier);
              out.append('.');
            });
    out.append('*');
    if (!star.excluded().isEmpty()) {
      out.append(" EXCLUDE ");
      NamePrinter.columns(out, star.excluded());
    }
    for (int i = 0; i < star.replaced().size(); i++) {
      out.append(i > 0 ? ", " : " REPLACE (");
      print(star.replaced().get(i).expr());
      out.append(" AS ");
      NamePrinter.name(out, star.replaced().get(i).column());
    }
    out.append(star.replaced().isEmpty() ? "" : ")");
  }

  /// What a field is taken of. `a.b` would be a qualified column, and `x::t.b` a cast to another
  /// type, so all but a few forms go between parentheses.
  private void base(Expr base) {
    boolean plain =
        switch (base) {
          case ArraySubscript _, ArraySlice _, FieldAccess _, SubqueryExpr _ -> true;
          case FunctionCall call -> call.clauses() == CallClauses.NONE && call.over().isEmpty();
          default -> false;
        };
    print(base, plain ? OR : PRIMARY + 1);
  }

  /// What a subscript is taken of: as for fields, but a column is plain too.
  private void subscripted(Expr base) {
    if (base instanceof ColumnRef) {
      bare(base);
    } else {
      base(base);
    }
  }

  private void slice(ArraySlice slice) {
    subscripted(slice.base());
    out.append('[');
    slice.lower().ifPresent(this::print);
    out.append(':');
    slice.upper().ifPresent(this::print);
    out.append(']');
  }

  private void unary(UnaryExpr e) {
    out.append(e.operator());
    boolean sign = isSign(e.operator());
    if (!sign) {
      out.append(' ');
    }
    // Two signs in a row would begin a comment.
    print(e.operand(), e.operand() instanceof UnaryExpr ? PRIMARY : sign ? SIGN : ADDITION);
  }

  private void binary(BinaryExpr e) {
    int level = level(e.operator());
    print(e.left(), level == COMPARISON ? level + 1 : level);
    out.append(' ').append(e.operator().toUpperCase(Locale.ROOT)).append(' ');
    print(e.right(), level + 1);
  }

  private void logical(LogicalExpr e) {
    int level = e.operator() == LogicalOperator.OR ? OR : AND;
    for (int i = 0; i < e.operands().size(); i++) {
      if (i > 0) {
        out.append(' ').append(e.operator()).append(' ');
      }
      print(e.operands().get(i), level + 1);
    }
  }

  private void between(BetweenExpr e) {
    print(e.value(), MATCH);
    out.append(e.negated() ? " NOT BETWEEN " : " BETWEEN ");
    out.append(e.symmetric() ? "SYMMETRIC " : "");
    print(e.low(), OTHER_OPERATOR);
    out.append(" AND ");
    print(e.high(), OTHER_OPERATOR);
  }

  private void in(InListExpr e) {
    print(e.value(), MATCH);
    elements(e.negated() ? " NOT IN (" : " IN (", e.items(), ")");
  }

  private void in(InSubqueryExpr e) {
    print(e.value(), MATCH);
    subquery(e.negated() ? " NOT IN " : " IN ", e.query());
  }

  private void like(LikeExpr e) {
    int level = level(e);
    print(e.value(), level);
    String operator =
        switch (e.kind()) {
          case LIKE -> e.negated() ? "NOT LIKE" : "LIKE";
          case ILIKE -> e.negated() ? "NOT ILIKE" : "ILIKE";
          case SIMILAR -> e.negated() ? "NOT SIMILAR TO" : "SIMILAR TO";
          case POSIX -> e.negated() ? "!~" : "~";
          case POSIX_IGNORE_CASE -> e.negated() ? "!~*" : "~*";
        };
    out.append(' ').append(operator).append(' ');
    print(e.pattern(), level == MATCH ? OTHER_OPERATOR : level + 1);
    e.escape()
        .ifPresent(
            escape -> {
              out.append(" ESCAPE ");
              print(escape, OTHER_OPERATOR);
            });
  }

  private void quantified(QuantifiedComparison e) {
    int level = level(e.operator());
    print(e.left(), level == COMPARISON ? level + 1 : level);
    String operator = e.operator().toUpperCase(Locale.ROOT);
    out.append(' ').append(operator).append(operator.endsWith("SIMILAR") ? " TO " : " ");
    out.append(e.quantifier()).append(' ');
    if (e.right() instanceof SubqueryExpr) {
      print(e.right());
    } else {
      out.append('(');
      print(e.right());
      out.append(')');
    }
  }

  private void caseExpr(CaseExpr e) {
    out.append("CASE");
    e.operand()
        .ifPresent(
            operand -> {
              out.append(' ');
              print(operand);
            });
    for (WhenClause branch : e.branches()) {
      out.append(" WHEN ");
      print(branch.condition());
      out.append(" THEN ");
      print(branch.result());
    }
    e.otherwise()
        .ifPresent(
            otherwise -> {
              out.append(" ELSE ");
              print(otherwise);
            });
    out.append(" END");
  }

  private void cast(CastExpr e) {
    switch (e.form()) {
      case POSTFIX -> {
        print(e.operand(), POSTFIX);
        out.append("::");
        NamePrinter.type(out, e.type());
      }
      case CONVERT -> {
        out.append("CONVERT(");
        NamePrinter.type(out, e.type());
        out.append(", ");
        print(e.operand());
        out.append(')');
      }
      case CAST, TRY_CAST -> {
        out.append(e.form() == CastForm.CAST ? "CAST(" : "TRY_CAST(");
        print(e.operand());
        out.append(" AS ");
        NamePrinter.type(out, e.type());
        out.append(')');
      }
    }
  }
}

package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Call;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.DistinctFrom;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Negate;
import io.redward.plan.expression.Not;
import io.redward.plan.expression.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Writes expressions the way EXPLAIN does: fully bracketed, operators in their internal spelling
/// (`~~` for LIKE), string and date constants with their type.
final class ExpressionText {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final IntFunction<String> fields;

  private ExpressionText(IntFunction<String> fields) {
    this.fields = fields;
  }

  /// @param fields how to write the field of an index
  static String of(Expression expression, IntFunction<String> fields) {
    return new ExpressionText(fields).text(expression);
  }

  private String text(Expression expression) {
    return switch (expression) {
      case FieldRef field -> fields.apply(field.index());
      case Literal literal -> literal(literal.type(), literal.value());
      case Parameter parameter -> "$" + (parameter.index() + 1);
      case Arithmetic a -> infix(a.left(), a.operator().symbol(), a.right());
      case Negate negate -> "(- " + text(negate.operand()) + ")";
      case Comparison c -> infix(c.left(), c.operator().symbol(), c.right());
      case Logical logical ->
          logical.operands().stream()
              .map(this::text)
              .collect(Collectors.joining(" " + logical.operator() + " ", "(", ")"));
      case Not(IsNull(var operand)) -> "(" + text(operand) + " IS NOT NULL)";
      case Not(DistinctFrom(var left, var right)) -> infix(left, "IS NOT DISTINCT FROM", right);
      case Not(Like like) -> like(like, "!");
      case Not not -> "(NOT " + text(not.operand()) + ")";
      case IsNull test -> "(" + text(test.operand()) + " IS NULL)";
      case DistinctFrom d -> infix(d.left(), "IS DISTINCT FROM", d.right());
      case InList in -> inList(in);
      case Like like -> like(like, "");
      case Case choice -> choice(choice);
      case Cast cast -> "(" + text(cast.operand()) + ")::" + cast.type();
      case Call call -> call(call);
    };
  }

  private String infix(Expression left, String operator, Expression right) {
    return "(" + text(left) + " " + operator + " " + text(right) + ")";
  }

  private String like(Like like, String negation) {
    String operator =
        switch (like.kind()) {
          case LIKE -> "~~";
          case ILIKE -> "~~*";
          case SIMILAR_TO, POSIX -> "~";
          case POSIX_CASE_INSENSITIVE -> "~*";
        };
    return infix(like.operand(), negation + operator, like.pattern());
  }

  private String inList(InList in) {
    String values =
        in.values().stream()
            .map(v -> plain(in.operand().type(), v))
            .collect(Collectors.joining(",", "'{", "}'"));
    return "("
        + text(in.operand())
        + " = ANY ("
        + values
        + "::"
        + typeName(in.operand().type())
        + "[]))";
  }

  private String choice(Case choice) {
    StringBuilder text = new StringBuilder("CASE");
    for (Case.Branch branch : choice.branches()) {
      text.append(" WHEN ").append(text(branch.condition()));
      text.append(" THEN ").append(text(branch.result()));
    }
    return text.append(" ELSE ").append(text(choice.otherwise())).append(" END").toString();
  }

  private String call(Call call) {
    int end = call.functionId().indexOf('(');
    String name = end < 0 ? call.functionId() : call.functionId().substring(0, end);
    return name + arguments(call.arguments());
  }

  private String arguments(List<Expression> arguments) {
    return arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String typeName(SqlType type) {
    return type.kind().isString() ? "text" : type.kind().sqlName();
  }

  /// A constant as a statement would write it.
  static String literal(SqlType type, Constant value) {
    if (value instanceof Constant.Null) {
      return "NULL::" + typeName(type);
    }
    boolean bare = type.kind().isNumeric() || type.equals(SqlType.BOOLEAN);
    return bare
        ? plain(type, value)
        : "'" + plain(type, value).replace("'", "''") + "'::" + typeName(type);
  }

  private static String plain(SqlType type, Constant value) {
    return switch (value) {
      case Constant.Null _ -> "NULL";
      case Constant.IntValue(int v) ->
          switch (type.kind()) {
            case BOOLEAN -> v == 0 ? "false" : "true";
            case DATE -> LocalDate.ofEpochDay(v).toString();
            default -> Integer.toString(v);
          };
      case Constant.LongValue(long v) -> plain(type, v);
      case Constant.DoubleValue(double v) -> Double.toString(v);
      case Constant.Int128Value(var v) ->
          new BigDecimal(v.toBigInteger(), type.scale()).toPlainString();
      case Constant.BytesValue(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
    };
  }

  private static String plain(SqlType type, long value) {
    return switch (type.kind()) {
      case DECIMAL -> new BigDecimal(BigInteger.valueOf(value), type.scale()).toPlainString();
      case TIMESTAMP, TIMESTAMPTZ -> {
        Instant instant =
            Instant.ofEpochSecond(
                Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000);
        yield TIMESTAMP.format(instant);
      }
      case TIME -> LocalTime.ofNanoOfDay(value * 1000).toString();
      default -> Long.toString(value);
    };
  }
}

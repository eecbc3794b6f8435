package io.redward.leader.optimizer;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;

/// Expressions of the algebra as SQL-like text, fields by name.
final class RexText {
  private final List<String> names;

  private RexText(List<String> names) {
    this.names = names;
  }

  static String of(RexNode expression, List<String> names) {
    return new RexText(names).text(expression, false);
  }

  private String text(RexNode expression, boolean nested) {
    return switch (expression) {
      case RexInputRef reference -> names.get(reference.getIndex());
      case RexLiteral literal -> literal(literal);
      case RexOver over -> over(over);
      case RexSubQuery subquery -> subquery(subquery);
      case RexCall call -> call(call, nested);
      default -> expression.toString();
    };
  }

  private String subquery(RexSubQuery subquery) {
    String operands =
        subquery.getOperands().isEmpty() ? "" : text(subquery.getOperands().getFirst(), true) + " ";
    String query =
        LogicalText.withoutEstimates(subquery.rel).strip().replaceAll("\\s*\n\\s*", "; ");
    return operands
        + subquery.getOperator().getName().toLowerCase(Locale.ROOT)
        + " ("
        + query
        + ")";
  }

  private String call(RexCall call, boolean nested) {
    if (call.getOperator() instanceof CatalogFunction function) {
      return name(function) + arguments(call);
    }
    if (call.getOperator() instanceof CastOperator || call.isA(SqlKind.CAST)) {
      return text(call.getOperands().get(0), true) + "::" + CalciteTypes.sqlType(call.getType());
    }
    if (call.isA(SqlKind.SEARCH)) {
      return search(call);
    }
    if (call.isA(SqlKind.CASE)) {
      return choice(call);
    }
    String name = call.getOperator().getName();
    SqlSyntax syntax = call.getOperator().getSyntax();
    return switch (syntax) {
      case BINARY -> {
        String joined =
            call.getOperands().stream()
                .map(operand -> text(operand, true))
                .collect(Collectors.joining(" " + name.toLowerCase(Locale.ROOT) + " "));
        yield nested ? "(" + joined + ")" : joined;
      }
      case POSTFIX -> text(call.getOperands().get(0), true) + " " + name.toLowerCase(Locale.ROOT);
      case PREFIX -> name.toLowerCase(Locale.ROOT) + " " + text(call.getOperands().get(0), true);
      default -> name.toLowerCase(Locale.ROOT) + arguments(call);
    };
  }

  private String search(RexCall call) {
    RexLiteral literal = (RexLiteral) call.getOperands().get(1);
    Sarg<?> sarg = literal.getValueAs(Sarg.class);
    String operand = text(call.getOperands().get(0), true);
    if (sarg == null || !(sarg.isPoints() || sarg.isComplementedPoints())) {
      return operand + " in " + literal;
    }
    SqlType type = CalciteTypes.sqlType(call.getOperands().get(0).getType());
    Sarg<?> points = sarg.isPoints() ? sarg : sarg.negate();
    String list =
        points.rangeSet.asRanges().stream()
            .map(range -> point(type, range.lowerEndpoint()))
            .collect(Collectors.joining(", ", "(", ")"));
    return operand + (sarg.isPoints() ? " in " : " not in ") + list;
  }

  private static String point(SqlType type, Object value) {
    return switch (value) {
      case NlsString string -> "'" + string.getValue().replace("'", "''") + "'";
      case BigDecimal number -> integer(type, number.scaleByPowerOfTen(type.scale()).longValue());
      default -> value.toString();
    };
  }

  private String arguments(RexCall call) {
    return call.getOperands().stream()
        .map(operand -> text(operand, false))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /// An id may carry the parameters' types.
  private static String name(CatalogFunction function) {
    int end = function.id().indexOf('(');
    return end < 0 ? function.id() : function.id().substring(0, end);
  }

  private String choice(RexCall call) {
    StringBuilder text = new StringBuilder("case");
    List<RexNode> operands = call.getOperands();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      text.append(" when ").append(text(operands.get(i), false));
      text.append(" then ").append(text(operands.get(i + 1), false));
    }
    return text.append(" else ").append(text(operands.getLast(), false)).append(" end").toString();
  }

  private String over(RexOver over) {
    List<String> parts = new ArrayList<>();
    if (!over.getWindow().partitionKeys.isEmpty()) {
      parts.add(
          over.getWindow().partitionKeys.stream()
              .map(key -> text(key, false))
              .collect(Collectors.joining(", ", "partition by ", "")));
    }
    if (!over.getWindow().orderKeys.isEmpty()) {
      parts.add(
          over.getWindow().orderKeys.stream()
              .map(
                  key -> text(key.left, false) + (key.getDirection().isDescending() ? " desc" : ""))
              .collect(Collectors.joining(", ", "order by ", "")));
    }
    return over.getOperator().getName().toLowerCase(Locale.ROOT)
        + arguments(over)
        + " over ("
        + String.join(" ", parts)
        + ")";
  }

  private static String literal(RexLiteral literal) {
    if (literal.getTypeName() == SqlTypeName.SARG || literal.getTypeName() == SqlTypeName.SYMBOL) {
      return literal.toString();
    }
    SqlType type = CalciteTypes.sqlType(literal.getType());
    return switch (Literals.constant(literal)) {
      case Constant.Null _ -> "null";
      case Constant.IntValue(int value) -> integer(type, value);
      case Constant.LongValue(long value) -> integer(type, value);
      case Constant.DoubleValue(double value) -> Double.toString(value);
      case Constant.Int128Value(Int128 value) ->
          new BigDecimal(value.toBigInteger(), type.scale()).toPlainString();
      case Constant.BytesValue(byte[] value) ->
          "'" + new String(value, StandardCharsets.UTF_8).replace("'", "''") + "'";
    };
  }

  private static String integer(SqlType type, long value) {
    return switch (type.kind()) {
      case BOOLEAN -> value != 0 ? "true" : "false";
      case DATE -> "'" + LocalDate.ofEpochDay(value) + "'";
      case TIMESTAMP, TIMESTAMPTZ ->
          "'" + Instant.EPOCH.plus(value, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC) + "'";
      default ->
          type.kind() == TypeKind.DECIMAL
              ? BigDecimal.valueOf(value, type.scale()).toPlainString()
              : Long.toString(value);
    };
  }
}

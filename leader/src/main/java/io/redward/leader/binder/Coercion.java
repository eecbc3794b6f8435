package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Conversions that the binder inserts. Constants are converted on the spot where that is plain
/// (`'1998-09-02'` to a DATE, `1` to a decimal), so that what follows sees a constant of the right
/// type; everything else becomes a cast in the plan.
final class Coercion {
  private final Expressions expressions;
  private final Parameters parameters;
  private final CatalogCalls calls;

  private final Binding binding;

  Coercion(Binding binding) {
    this.binding = binding;
    expressions = binding.expressions();
    parameters = binding.parameters();
    calls = binding.catalogCalls();
  }

  /// The expression as `type`, by an explicit or implied cast.
  RexNode to(RexNode node, SqlType type) {
    SqlType from = typeOf(node);
    if (from.equals(type)) {
      return node;
    }
    if (node instanceof RexDynamicParam parameter && from.kind() == TypeKind.UNKNOWN) {
      return settle(parameter, type);
    }
    if (node instanceof RexLiteral literal) {
      Optional<RexNode> converted = convert(literal, from, type);
      if (converted.isPresent()) {
        return converted.get();
      }
    }
    RexNode operand = from.kind() == TypeKind.UNKNOWN ? settled(node) : node;
    return calls.cast(CastOperator.EXPLICIT, type, operand);
  }

  private RexNode settle(RexDynamicParam parameter, SqlType type) {
    parameters.settle(parameter.getIndex(), type);
    SqlType settled = parameters.type(parameter.getIndex());
    RexNode typed =
        expressions
            .builder()
            .makeDynamicParam(expressions.type(settled, true), parameter.getIndex());
    return to(typed, type);
  }

  /// An expression of open type as the string it is by default; others as they are.
  RexNode settled(RexNode node) {
    if (typeOf(node).kind() != TypeKind.UNKNOWN) {
      return node;
    }
    if (node instanceof RexDynamicParam parameter) {
      return settle(parameter, SqlType.varchar(SqlType.MAX_VARCHAR_BYTES));
    }
    if (node instanceof RexLiteral literal && !literal.isNull()) {
      return expressions.string(text(literal));
    }
    return Expressions.isNullLiteral(node)
        ? expressions.nullOf(SqlType.varchar(1))
        : CastOperator.EXPLICIT.call(
            expressions.builder(), SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), node);
  }

  /// The expression as the type of the column it is assigned to.
  ///
  /// @throws SqlException 42804 if there is no such conversion, 22001 for a constant that is too
  ///     long
  RexNode assign(RexNode node, SqlType type, String column, int position) {
    SqlType from = typeOf(node);
    if (!TypeConversions.isAssignable(from, type)) {
      throw Errors.at(
              position,
              SqlState.DATATYPE_MISMATCH,
              "column \""
                  + column
                  + "\" is of type "
                  + Errors.name(type)
                  + " but expression is of type "
                  + Errors.name(from))
          .withHint("You will need to rewrite or cast the expression.");
    }
    if (from.equals(type)) {
      return node;
    }
    if (from.kind() == TypeKind.UNKNOWN && node instanceof RexDynamicParam) {
      return assign(to(node, type), type, column, position);
    }
    if (!type.kind().isString()) {
      checkFits(node, type, position);
      return to(node, type);
    }
    if (node instanceof RexLiteral literal && !literal.isNull() && isText(from)) {
      return assignText(text(literal), type, position);
    }
    if (Expressions.isNullLiteral(node)) {
      return expressions.nullOf(type);
    }
    boolean fits =
        from.kind().isString()
            && from.precision() > 0
            && from.precision() <= type.precision()
            && from.kind() == type.kind();
    RexNode operand = settled(node);
    return calls.cast(fits ? CastOperator.EXPLICIT : CastOperator.ASSIGNMENT, type, operand);
  }

  /// Refuses a constant that a decimal column has too few digits for.
  private static void checkFits(RexNode node, SqlType type, int position) {
    BigDecimal value = type.kind() == TypeKind.DECIMAL ? number(node) : null;
    if (value != null && LiteralText.number(value, type, true).isEmpty()) {
      throw Errors.at(position, SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
          .withDetail(
              "The absolute value is greater than or equal to 10^"
                  + (type.precision() - type.scale())
                  + " for field with precision "
                  + type.precision()
                  + ", scale "
                  + type.scale()
                  + ".");
    }
  }

  private static boolean isText(SqlType type) {
    return type.kind() == TypeKind.UNKNOWN || type.kind().isString();
  }

  private RexNode assignText(String text, SqlType type, int position) {
    int limit = type.precision() > 0 ? type.precision() : SqlType.MAX_VARCHAR_BYTES;
    int trailing = text.length() - withoutTrailingBlanks(text).length();
    int excess = type.kind() == TypeKind.CHAR ? trailing : Math.max(0, bytes(text) - limit);
    String value = text.substring(0, text.length() - Math.min(trailing, excess));
    if (bytes(value) > limit) {
      throw Errors.at(
          position, SqlState.STRING_DATA_RIGHT_TRUNCATION, "value too long for type " + type);
    }
    return expressions.literal(type, Constant.of(value));
  }

  private static String withoutTrailingBlanks(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// The text of a string literal.
  static String text(RexLiteral literal) {
    return Literals.constant(literal) instanceof Constant.BytesValue(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  private static boolean isConvertedByFunction(SqlType type) {
    return switch (type.kind()) {
      case SUPER, GEOMETRY, GEOGRAPHY, HLLSKETCH -> true;
      default -> false;
    };
  }

  private Optional<RexNode> convert(RexLiteral literal, SqlType from, SqlType to) {
    if (literal.isNull()) {
      return Optional.of(expressions.nullOf(to));
    }
    if (isConvertedByFunction(from) || isConvertedByFunction(to)) {
      return Optional.empty();
    }
    if (isText(from)) {
      String text = text(literal);
      if (to.kind().isString()) {
        return stringLiteral(text, to);
      }
      return LiteralText.parse(text, to).map(value -> expressions.literal(to, value));
    }
    if (from.kind() == TypeKind.DATE && to.kind() == TypeKind.TIMESTAMP) {
      return Optional.of(
          expressions.literal(
              to, new Constant.LongValue(days(literal) * LiteralText.MICROS_PER_DAY)));
    }
    BigDecimal number = number(literal);
    if (number != null && to.kind() == TypeKind.BOOLEAN) {
      return Optional.of(expressions.bool(number.signum() != 0));
    }
    if (number != null && to.kind() == TypeKind.VARCHAR) {
      return stringLiteral(number.toPlainString(), to);
    }
    return number == null
        ? Optional.empty()
        : LiteralText.number(number, to, false).map(value -> expressions.literal(to, value));
  }

  private Optional<RexNode> stringLiteral(String text, SqlType to) {
    boolean plain =
        (to.kind() == TypeKind.VARCHAR || to.kind() == TypeKind.TEXT || to.kind() == TypeKind.NAME)
            && (to.precision() == 0 || bytes(text) <= to.precision());
    return plain ? Optional.of(expressions.literal(to, Constant.of(text))) : Optional.empty();
  }

  /// The day of a DATE literal.
  static int days(RexLiteral literal) {
    return ((Constant.IntValue) Literals.constant(literal)).value();
  }

  /// An exact numeric literal's value, null for any other.
  static @Nullable BigDecimal number(RexNode node) {
    if (!(node instanceof RexLiteral literal) || literal.isNull()) {
      return null;
    }
    SqlType type = typeOf(literal);
    if (!type.kind().isInteger() && type.kind() != TypeKind.DECIMAL) {
      return null;
    }
    return switch (Literals.constant(literal)) {
      case Constant.IntValue(int v) -> BigDecimal.valueOf(v);
      case Constant.LongValue(long v) -> new BigDecimal(BigInteger.valueOf(v), type.scale());
      case Constant.Int128Value(Int128 v) -> new BigDecimal(v.toBigInteger(), type.scale());
      default -> null;
    };
  }

  /// All expressions as their common type.
  ///
  /// @param context what they are, for the message: `CASE`, `UNION`
  List<RexNode> unify(List<RexNode> nodes, String context, int position) {
    CaseCollations.check(nodes, binding, position);
    SqlType type = TypeConversions.common(nodes, context, position);
    return nodes.stream().map(node -> to(node, type)).toList();
  }
}

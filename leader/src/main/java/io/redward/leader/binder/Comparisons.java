package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.FunctionCatalog;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Comparisons. Both sides get one type: a constant the other side's where it fits, so that the
/// column stays bare and zone maps apply; otherwise their common type.
final class Comparisons {
  /// Long enough for any number as text: numbers compare with strings as strings.
  private static final int NUMBER_TEXT_BYTES = 64;

  private final Expressions expressions;
  private final Coercion coercion;
  private final CatalogCalls calls;

  private final Binding binding;

  Comparisons(Binding binding) {
    this.binding = binding;
    calls = binding.catalogCalls();
    expressions = binding.expressions();
    coercion = binding.coercion();
  }

  static boolean isComparison(String operator) {
    return switch (operator) {
      case "=", "<>", "<", "<=", ">", ">=" -> true;
      default -> false;
    };
  }

  RexNode compare(String operator, RexNode left, RexNode right, int position) {
    List<RexNode> sides = align(operator, left, right, position);
    if (sides.stream().anyMatch(Expressions::isNullLiteral)) {
      return expressions.nullOf(SqlType.BOOLEAN);
    }
    boolean ordering = !operator.equals("=") && !operator.equals("<>");
    if (ordering && sides.stream().allMatch(SuperValues::isSuper)) {
      return expressions.strict(
          SqlType.BOOLEAN,
          operator(operator),
          call("$super_compare", sides),
          expressions.integer(0));
    }
    return expressions.strict(SqlType.BOOLEAN, operator(operator), sides.get(0), sides.get(1));
  }

  private RexNode call(String name, List<RexNode> arguments) {
    return FunctionCatalog.builtIn()
        .resolve(name, arguments.stream().map(Expressions::typeOf).toList())
        .map(function -> calls.call(function, arguments))
        .orElseThrow();
  }

  static SqlOperator operator(String symbol) {
    return switch (symbol) {
      case "=" -> SqlStdOperatorTable.EQUALS;
      case "<>" -> SqlStdOperatorTable.NOT_EQUALS;
      case "<" -> SqlStdOperatorTable.LESS_THAN;
      case "<=" -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
      case ">" -> SqlStdOperatorTable.GREATER_THAN;
      case ">=" -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
      default -> throw new IllegalArgumentException(symbol);
    };
  }

  /// `value IN (items)`.
  RexNode in(RexNode value, List<RexNode> items, int position) {
    RexNode settled =
        typeOf(value).kind() == TypeKind.UNKNOWN && !isOpenParameter(value)
            ? coercion.settled(value)
            : value;
    List<RexNode> constants = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode item : items) {
      Optional<RexNode> constant = asConstantOf(item, typeOf(settled));
      constant.ifPresentOrElse(constants::add, () -> others.add(item));
    }
    List<RexNode> choices = new ArrayList<>();
    if (constants.size() == 1 || typeOf(settled).kind() == TypeKind.BOOLEAN) {
      // Calcite takes the NULL of a condition for false when a list looks at it in a filter.
      constants.forEach(item -> choices.add(compare("=", settled, item, position)));
    } else if (!constants.isEmpty()) {
      choices.add(expressions.builder().makeIn(settled, constants));
    }
    others.forEach(other -> choices.add(compare("=", settled, other, position)));
    return expressions.or(choices);
  }

  private static boolean isOpenParameter(RexNode node) {
    return node instanceof RexDynamicParam && typeOf(node).kind() == TypeKind.UNKNOWN;
  }

  /// A literal as a constant of the compared value's type, where that loses nothing.
  private Optional<RexNode> asConstantOf(RexNode item, SqlType type) {
    if (!(item instanceof RexLiteral literal) || literal.isNull()) {
      return Optional.empty();
    }
    SqlType from = typeOf(item);
    if (from.kind() == TypeKind.UNKNOWN) {
      RexNode converted = type.kind().isString() ? coercion.settled(item) : coercion.to(item, type);
      return converted instanceof RexLiteral ? Optional.of(converted) : Optional.empty();
    }
    if (from.kind().isString() && type.kind().isString() || from.equals(type)) {
      return Optional.of(item);
    }
    return exactly(item, type);
  }

  /// A number literal as another numeric type, where that is exactly the same value.
  private Optional<RexNode> exactly(RexNode node, SqlType type) {
    BigDecimal number = Coercion.number(node);
    if (number == null) {
      return Optional.empty();
    }
    boolean exact =
        (type.kind().isInteger() || type.kind() == TypeKind.DECIMAL)
            && number.stripTrailingZeros().scale() <= type.scale();
    return exact
        ? LiteralText.number(number, type, true).map(value -> expressions.literal(type, value))
        : Optional.empty();
  }

  /// A SUPER value with another: as that one's type, a number as a wide one. What is no number
  /// equals none.
  private List<RexNode> dynamic(String operator, RexNode value, RexNode other, int position) {
    SqlType type = typeOf(other);
    if (!type.kind().isNumeric()) {
      return List.of(coercion.to(value, type), other);
    }
    RexNode number = call("$super_plain", List.of(value));
    boolean exact = type.kind().isInteger() || type.kind() == TypeKind.DECIMAL;
    SqlType wide = exact ? SuperValues.NUMBER : SqlType.DOUBLE;
    return align(operator, coercion.to(number, wide), other, position);
  }

  /// Both sides with comparable types.
  ///
  /// @throws io.redward.foundation.base.SqlException 42883 if there are none
  List<RexNode> align(String operator, RexNode left, RexNode right, int position) {
    SqlType a = typeOf(left);
    SqlType b = typeOf(right);
    if (a.kind() == TypeKind.UNKNOWN && b.kind() == TypeKind.UNKNOWN) {
      return List.of(coercion.settled(left), coercion.settled(right));
    }
    if (a.kind() == TypeKind.UNKNOWN) {
      return List.of(open(left, b), right);
    }
    if (b.kind() == TypeKind.UNKNOWN) {
      return List.of(left, open(right, a));
    }
    if (a.equals(b) || a.kind().isString() && b.kind().isString()) {
      CaseCollations.check(List.of(left, right), binding, position);
      return List.of(left, right);
    }
    if (a.kind() == TypeKind.SUPER || b.kind() == TypeKind.SUPER) {
      CaseCollations.checkDynamic(a.kind() == TypeKind.SUPER ? right : left, position);
      return a.kind() == TypeKind.SUPER
          ? dynamic(operator, left, right, position)
          : dynamic(operator, right, left, position).reversed();
    }
    if (a.kind().isNumeric() && b.kind().isNumeric()) {
      return numbers(left, right);
    }
    if (a.kind().isString() && b.kind().isDatetime()) {
      return List.of(coercion.to(left, b), right);
    }
    if (b.kind().isString() && a.kind().isDatetime()) {
      return List.of(left, coercion.to(right, a));
    }
    if (a.kind().isString() && (b.kind().isNumeric() || b.kind() == TypeKind.OID)) {
      return List.of(left, coercion.to(right, SqlType.varchar(NUMBER_TEXT_BYTES)));
    }
    if (b.kind().isString() && (a.kind().isNumeric() || a.kind() == TypeKind.OID)) {
      return List.of(coercion.to(left, SqlType.varchar(NUMBER_TEXT_BYTES)), right);
    }
    if (a.kind() == TypeKind.BOOLEAN && b.kind().isInteger()) {
      return List.of(left, coercion.to(right, a));
    }
    if (b.kind() == TypeKind.BOOLEAN && a.kind().isInteger()) {
      return List.of(coercion.to(left, b), right);
    }
    return byCommonType(operator, left, right, position);
  }

  /// A constant of open type beside a value of `type`.
  private RexNode open(RexNode node, SqlType type) {
    boolean parameter = node instanceof RexDynamicParam;
    if (type.kind().isString() && !parameter) {
      return coercion.settled(node);
    }
    return coercion.to(node, parameter && type.kind().isString() ? text() : type);
  }

  private static SqlType text() {
    return SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
  }

  private List<RexNode> numbers(RexNode left, RexNode right) {
    Optional<RexNode> constant = exactly(right, typeOf(left));
    if (constant.isPresent()) {
      return List.of(left, constant.get());
    }
    constant = exactly(left, typeOf(right));
    if (constant.isPresent()) {
      return List.of(constant.get(), right);
    }
    SqlType common = NumericRules.common(typeOf(left), typeOf(right));
    if (common.kind() != TypeKind.DECIMAL) {
      return List.of(coercion.to(left, common), coercion.to(right, common));
    }
    return List.of(atScale(left, common.scale()), atScale(right, common.scale()));
  }

  /// An exact number as a decimal of this scale.
  private RexNode atScale(RexNode node, int scale) {
    SqlType type = NumericRules.asDecimal(typeOf(node));
    int precision =
        Math.min(SqlType.MAX_DECIMAL_PRECISION, type.precision() - type.scale() + scale);
    return typeOf(node).kind() == TypeKind.DECIMAL && type.scale() == scale
        ? node
        : coercion.to(node, SqlType.decimal(precision, scale));
  }

  private List<RexNode> byCommonType(String operator, RexNode left, RexNode right, int position) {
    Optional<RexNode> day = day(right, typeOf(left));
    if (day.isPresent()) {
      return List.of(left, day.get());
    }
    day = day(left, typeOf(right));
    if (day.isPresent()) {
      return List.of(day.get(), right);
    }
    if (isKeptTime(left) && typeOf(right).kind() == TypeKind.TIMESTAMP) {
      return List.of(coercion.to(left, SqlType.DOUBLE), keptTime(right));
    }
    if (isKeptTime(right) && typeOf(left).kind() == TypeKind.TIMESTAMP) {
      return List.of(keptTime(left), coercion.to(right, SqlType.DOUBLE));
    }
    SqlType common = TypeConversions.common(typeOf(left), typeOf(right));
    if (common == null) {
      throw Errors.noOperator(position, operator, typeOf(left), typeOf(right));
    }
    return List.of(coercion.to(left, common), coercion.to(right, common));
  }

  /// Whether it may be a time as system tables keep some: a number of microseconds.
  private boolean isKeptTime(RexNode node) {
    return typeOf(node).kind() == TypeKind.BIGINT
        && !(node instanceof RexLiteral)
        && binding.readsOnlySystemTables();
  }

  private RexNode keptTime(RexNode timestamp) {
    RexNode seconds = call("date_part", List.of(expressions.string("epoch"), timestamp));
    return expressions.strict(
        SqlType.DOUBLE,
        SqlStdOperatorTable.MULTIPLY,
        seconds,
        expressions.literal(SqlType.DOUBLE, new Constant.DoubleValue(1e6)));
  }

  /// A constant TIMESTAMP at midnight beside a DATE, as the same day.
  private Optional<RexNode> day(RexNode node, SqlType other) {
    boolean midnight =
        other.kind() == TypeKind.DATE
            && typeOf(node).kind() == TypeKind.TIMESTAMP
            && node instanceof RexLiteral;
    if (midnight
        && Literals.constant((RexLiteral) node) instanceof Constant.LongValue(long micros)
        && Math.floorMod(micros, LiteralText.MICROS_PER_DAY) == 0) {
      int days = (int) Math.floorDiv(micros, LiteralText.MICROS_PER_DAY);
      return Optional.of(expressions.literal(SqlType.DATE, new Constant.IntValue(days)));
    }
    return Optional.empty();
  }
}

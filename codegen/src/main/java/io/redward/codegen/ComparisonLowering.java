package io.redward.codegen;

import static io.redward.codegen.Codes.and;
import static io.redward.codegen.Codes.call;
import static io.redward.codegen.Codes.not;
import static io.redward.codegen.Codes.or;
import static io.redward.codegen.Codes.toLong;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Code.Relation;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Comparison.Operator;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.string.BytesComparison;
import java.util.ArrayList;
import java.util.List;

/// Lowers comparisons of values that are present; for NULL operands the outcome means nothing.
final class ComparisonLowering {

  Code compare(Operator operator, SqlType type, Value left, Value right) {
    Relation relation = relation(operator);
    Physical physical = wider(left.physical(), right.physical());
    return switch (physical) {
      case INT -> Codes.compare(relation, left.part(), right.part());
      case LONG -> Codes.compare(relation, toLong(left.part()), toLong(right.part()));
      case DOUBLE ->
          order(relation, DoubleMath.class, "compare", List.of(left.part(), right.part()));
      case INT128 -> wide(relation, left, right);
      case BYTES -> bytes(relation, type, left, right);
    };
  }

  private static Physical wider(Physical left, Physical right) {
    if (left == Physical.INT128 || right == Physical.INT128) {
      return Physical.INT128;
    }
    return left == Physical.LONG || right == Physical.LONG ? Physical.LONG : left;
  }

  static Relation relation(Operator operator) {
    return switch (operator) {
      case EQUAL -> Relation.EQUAL;
      case NOT_EQUAL -> Relation.NOT_EQUAL;
      case LESS -> Relation.LESS;
      case LESS_OR_EQUAL -> Relation.LESS_OR_EQUAL;
      case GREATER -> Relation.GREATER;
      case GREATER_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
    };
  }

  private static Code order(Relation relation, Class<?> owner, String method, List<Code> parts) {
    return Codes.compare(relation, call(owner, method, int.class, parts), Code.of(0));
  }

  private static Code wide(Relation relation, Value left, Value right) {
    List<Code> parts = List.of(high(left), low(left), high(right), low(right));
    if (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL) {
      Code equal =
          and(
              Codes.compare(Relation.EQUAL, parts.get(1), parts.get(3)),
              Codes.compare(Relation.EQUAL, parts.get(0), parts.get(2)));
      return relation == Relation.EQUAL ? equal : not(equal);
    }
    return order(relation, WideMath.class, "compare", parts);
  }

  private static Code high(Value value) {
    return value.physical() == Physical.INT128
        ? value.high()
        : Codes.signWord(toLong(value.part()));
  }

  private static Code low(Value value) {
    return value.physical() == Physical.INT128 ? value.low() : toLong(value.part());
  }

  private static Code bytes(Relation relation, SqlType type, Value left, Value right) {
    String suffix = type.kind() == TypeKind.VARBYTE ? "Exact" : "";
    List<Code> parts = new ArrayList<>(left.parts());
    parts.addAll(right.parts());
    if (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL) {
      Code equal = call(BytesComparison.class, "equal" + suffix, boolean.class, parts);
      return relation == Relation.EQUAL ? equal : not(equal);
    }
    return order(relation, BytesComparison.class, "compare" + suffix, parts);
  }

  /// `left IS DISTINCT FROM right`.
  Code distinct(SqlType type, Value left, Value right) {
    Code differ = compare(Operator.NOT_EQUAL, type, left, right);
    if (!left.nullable() && !right.nullable()) {
      return differ;
    }
    Code onlyOne = Codes.compare(Relation.NOT_EQUAL, left.isNull(), right.isNull());
    return or(onlyOne, and(not(left.isNull()), and(not(right.isNull()), differ)));
  }
}

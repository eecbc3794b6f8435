package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Types of results that follow from the values of arguments: `ROUND(28.05, 1)` has one digit after
/// the point.
final class ConstantArguments {
  private final Coercion coercion;

  ConstantArguments(Coercion coercion) {
    this.coercion = coercion;
  }

  /// A decimal that ROUND or TRUNC has cut to a constant number of digits, without the others.
  RexNode places(String name, RexNode result, List<RexNode> arguments) {
    SqlType type = typeOf(result);
    if (arguments.size() != 2
        || type.kind() != TypeKind.DECIMAL
        || !name.equals("round") && !name.equals("trunc")) {
      return result;
    }
    OptionalInt places = integer(arguments.get(1));
    int scale = Math.clamp(places.orElse(type.scale()), 0, type.scale());
    return scale == type.scale()
        ? result
        : coercion.to(result, SqlType.decimal(type.precision(), scale));
  }

  /// The value of an integer that is written as such.
  static OptionalInt integer(RexNode node) {
    if (node instanceof RexCall call
        && call.getOperands().size() == 1
        && call.getOperator().getName().equals("-")) {
      OptionalInt value = integer(call.getOperands().getFirst());
      return value.isPresent() ? OptionalInt.of(-value.getAsInt()) : value;
    }
    return node instanceof RexLiteral literal
            && typeOf(literal).kind().isInteger()
            && literal.getValueAs(BigDecimal.class) instanceof BigDecimal value
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }
}

package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Values for a statement's parameters: text is converted as an untyped literal would be.
final class ParameterConversion {
  private ParameterConversion() {}

  static Constant convert(Engine engine, ParameterValue value, SqlType type) {
    return switch (value) {
      case ParameterValue.Null _ -> Constant.NULL;
      case ParameterValue.Typed typed -> typed.value();
      case ParameterValue.Text text -> fromText(engine, text.text(), type);
    };
  }

  /// A text as a value of the type.
  static Constant fromText(Engine engine, String text, SqlType type) {
    Constant bytes = new Constant.BytesValue(text.getBytes(StandardCharsets.UTF_8));
    if (type.kind().isString() || type.equals(SqlType.UNKNOWN)) {
      return bytes;
    }
    Literal literal = new Literal(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), bytes);
    return engine
        .evaluation()
        .evaluate(new Cast(literal, type, type.physical(), false, false), List.of());
  }
}

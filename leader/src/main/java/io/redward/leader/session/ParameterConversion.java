package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Values for a statement's parameters: text is converted as an untyped literal would be.
final class ParameterConversion {
  /// Any number of so many digits is a BIGINT.
  private static final int SAFE_DIGITS = 18;

  private ParameterConversion() {}

  static Constant convert(Engine engine, ParameterValue value, SqlType type) {
    return switch (value) {
      case ParameterValue.Null _ -> Constant.NULL;
      case ParameterValue.Typed typed -> typed.value();
      case ParameterValue.Text text -> fromText(engine, text.text(), type);
    };
  }

  /// True if a conversion is not needed, as for most keys: digits that fit a BIGINT.
  private static boolean isPlainInteger(String text, SqlType type) {
    if (type.kind() != TypeKind.BIGINT || text.isEmpty() || text.length() > SAFE_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// A text as a value of the type.
  static Constant fromText(Engine engine, String text, SqlType type) {
    Constant bytes = new Constant.BytesValue(text.getBytes(StandardCharsets.UTF_8));
    if (type.kind().isString() || type.equals(SqlType.UNKNOWN)) {
      return bytes;
    }
    if (isPlainInteger(text, type)) {
      return new Constant.LongValue(Long.parseLong(text));
    }
    Literal literal = new Literal(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), bytes);
    return engine
        .evaluation()
        .evaluate(new Cast(literal, type, type.physical(), false, false), List.of());
  }
}

package io.redward.plan.expression;

import io.redward.foundation.types.Int128;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A value outside a row: of a literal, a parameter, a zone map, a default. One case a physical
/// form.
public sealed interface Constant {
  /// SQL NULL of any type.
  record Null() implements Constant {}

  record IntValue(int value) implements Constant {}

  record LongValue(long value) implements Constant {}

  record DoubleValue(double value) implements Constant {}

  record Int128Value(Int128 value) implements Constant {}

  /// Bytes that nobody changes.
  record BytesValue(byte[] value) implements Constant {
    @Override
    public boolean equals(Object other) {
      return other instanceof BytesValue that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "'" + new String(value, StandardCharsets.UTF_8) + "'";
    }
  }

  Constant NULL = new Null();

  static Constant of(boolean value) {
    return new IntValue(value ? 1 : 0);
  }

  static Constant of(String value) {
    return new BytesValue(value.getBytes(StandardCharsets.UTF_8));
  }
}

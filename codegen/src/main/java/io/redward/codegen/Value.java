package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.foundation.types.Physical;
import java.util.List;

/// A SQL value in generated code: whether it is NULL, and the parts of its physical form. INT, LONG
/// and DOUBLE have one part, INT128 high and low, BYTES page, offset and length. The parts of a
/// NULL may be evaluated and mean nothing.
record Value(Physical physical, Code isNull, List<Code> parts) {
  Value {
    parts = List.copyOf(parts);
  }

  static Value of(Physical physical, Code... parts) {
    return new Value(physical, Code.FALSE, List.of(parts));
  }

  /// A condition as a SQL BOOLEAN.
  static Value of(Code condition) {
    return of(Physical.INT, new Code.Convert(int.class, condition));
  }

  Code part() {
    return parts.getFirst();
  }

  Code high() {
    return parts.get(0);
  }

  Code low() {
    return parts.get(1);
  }

  Code page() {
    return parts.get(0);
  }

  Code offset() {
    return parts.get(1);
  }

  Code length() {
    return parts.get(2);
  }

  boolean nullable() {
    return !isNull.equals(Code.FALSE);
  }

  Value withNull(Code isNull) {
    return new Value(physical, isNull, parts);
  }

  /// A SQL BOOLEAN as a condition; NULL counts as what its part says.
  Code asCondition() {
    return part() instanceof Code.Convert(Class<?> _, Code from) && from.type() == boolean.class
        ? from
        : new Code.Compare(Code.Relation.NOT_EQUAL, part(), Code.of(0));
  }

  static List<Class<?>> types(Physical physical) {
    return switch (physical) {
      case INT -> List.of(int.class);
      case LONG -> List.of(long.class);
      case DOUBLE -> List.of(double.class);
      case INT128 -> List.of(long.class, long.class);
      case BYTES -> List.of(byte[].class, int.class, int.class);
    };
  }
}

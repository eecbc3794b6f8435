package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Parameter;
import java.util.List;
import java.util.function.Function;

/// Literals and parameters: fields of the generated class, so that segments which differ in
/// constants only share a class.
final class Constants {
  private final ClassPlan plan;

  Constants(ClassPlan plan) {
    this.plan = plan;
  }

  Value literal(SqlType type, Constant constant) {
    if (constant instanceof Constant.Null) {
      return nullOf(type.physical());
    }
    return fields("k", physical(constant), _ -> constant);
  }

  private static Physical physical(Constant constant) {
    return switch (constant) {
      case Constant.IntValue _ -> Physical.INT;
      case Constant.LongValue _ -> Physical.LONG;
      case Constant.DoubleValue _ -> Physical.DOUBLE;
      case Constant.Int128Value _ -> Physical.INT128;
      case Constant.BytesValue _ -> Physical.BYTES;
      case Constant.Null _ -> throw new IllegalStateException("NULL has no form");
    };
  }

  Value nullOf(Physical physical) {
    List<Code> parts =
        switch (physical) {
          case INT -> List.of(Code.of(0));
          case LONG -> List.of(Code.of(0L));
          case DOUBLE -> List.of(Code.of(0.0));
          case INT128 -> List.of(Code.of(0L), Code.of(0L));
          case BYTES -> List.of(plan.noBytes(), Code.of(0), Code.of(0));
        };
    return new Value(physical, Code.TRUE, parts);
  }

  Value parameter(Parameter parameter) {
    int index = parameter.index();
    Value value = fields("p" + index + "_", parameter.physical(), c -> c.parameter(index));
    if (!parameter.nullable()) {
      return value;
    }
    Code isNull =
        plan.single(
            "p" + index + "Null",
            boolean.class,
            context -> context.parameter(index) instanceof Constant.Null);
    return value.withNull(isNull);
  }

  private Value fields(
      String prefix,
      Physical physical,
      Function<io.redward.runtime.segment.SegmentContext, Constant> source) {
    return switch (physical) {
      case INT -> Value.of(physical, plan.field(prefix, int.class, c -> intOf(source.apply(c))));
      case LONG -> Value.of(physical, plan.field(prefix, long.class, c -> longOf(source.apply(c))));
      case DOUBLE ->
          Value.of(physical, plan.field(prefix, double.class, c -> doubleOf(source.apply(c))));
      case INT128 ->
          Value.of(
              physical,
              plan.field(prefix, long.class, c -> highOf(source.apply(c))),
              plan.field(prefix, long.class, c -> lowOf(source.apply(c))));
      case BYTES -> {
        Code bytes = plan.field(prefix, byte[].class, c -> bytesOf(source.apply(c)));
        yield Value.of(physical, bytes, Code.of(0), new Code.Length(bytes));
      }
    };
  }

  static int intOf(Constant constant) {
    return switch (constant) {
      case Constant.Null _ -> 0;
      case Constant.IntValue(int value) -> value;
      default -> throw unexpected(constant);
    };
  }

  static long longOf(Constant constant) {
    return switch (constant) {
      case Constant.Null _ -> 0;
      case Constant.IntValue(int value) -> value;
      case Constant.LongValue(long value) -> value;
      default -> throw unexpected(constant);
    };
  }

  static double doubleOf(Constant constant) {
    return switch (constant) {
      case Constant.Null _ -> 0;
      case Constant.DoubleValue(double value) -> value;
      default -> throw unexpected(constant);
    };
  }

  static long highOf(Constant constant) {
    return constant instanceof Constant.Int128Value wide
        ? wide.value().high()
        : longOf(constant) >> 63;
  }

  static long lowOf(Constant constant) {
    return constant instanceof Constant.Int128Value wide ? wide.value().low() : longOf(constant);
  }

  static byte[] bytesOf(Constant constant) {
    return switch (constant) {
      case Constant.Null _ -> new byte[0];
      case Constant.BytesValue(byte[] value) -> value;
      default -> throw unexpected(constant);
    };
  }

  private static IllegalStateException unexpected(Constant constant) {
    return new IllegalStateException("a constant of another form: " + constant);
  }
}

package io.redward.functions;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.cast.CastCatalog;
import io.redward.functions.cast.CastImplementation;
import io.redward.functions.signature.FunctionImplementation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Calls implementations as generated code does. A value is an Integer, Long, Double, [Int128], or
/// for BYTES a String or a `byte[]`.
public final class Invocation {
  private Invocation() {}

  public static Object cast(SqlType from, SqlType to, Object value) {
    return convert(CastCatalog.implementation(from, to, false), value);
  }

  public static Object assign(SqlType from, SqlType to, Object value) {
    return convert(CastCatalog.implementation(from, to, true), value);
  }

  private static Object convert(Optional<CastImplementation> cast, Object value) {
    List<Object> arguments = new ArrayList<>(List.of(value));
    arguments.addAll(cast.orElseThrow().trailing());
    return call(cast.orElseThrow().function(), arguments).orElseThrow();
  }

  /// The answer, empty for NULL.
  public static Optional<Object> call(FunctionImplementation function, List<Object> arguments) {
    return call(function, arguments, false);
  }

  /// @param raw true for a `byte[]` instead of a String
  public static Optional<Object> call(
      FunctionImplementation function, List<Object> arguments, boolean raw) {
    List<Object> spread = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      switch (function.arguments().get(i)) {
        case INT, LONG, DOUBLE -> spread.add(number(function.arguments().get(i), arguments.get(i)));
        case INT128 -> {
          Int128 value =
              arguments.get(i) instanceof Int128 wide
                  ? wide
                  : Int128.of(((Number) arguments.get(i)).longValue());
          spread.add(value.high());
          spread.add(value.low());
        }
        case BYTES -> {
          byte[] bytes = bytes(arguments.get(i));
          // Not at the page's beginning or end, so that a wrong bound shows.
          byte[] page = new byte[bytes.length + 5];
          Arrays.fill(page, (byte) '#');
          System.arraycopy(bytes, 0, page, 3, bytes.length);
          spread.add(page);
          spread.add(3);
          spread.add(bytes.length);
        }
      }
    }
    ValueOut out = new ValueOut();
    if (function.usesValueOut()) {
      spread.add(out);
    }
    Object returned = invoke(function, spread);
    if (function.mayAnswerNull() && out.isNull) {
      return Optional.empty();
    }
    return Optional.of(
        switch (function.result()) {
          case INT, LONG, DOUBLE -> returned;
          case INT128 -> new Int128(out.high, out.low);
          case BYTES -> {
            byte[] bytes = Arrays.copyOfRange(out.page, out.offset, out.offset + out.length);
            yield raw ? bytes : new String(bytes, StandardCharsets.UTF_8);
          }
        });
  }

  private static Object number(Physical physical, Object value) {
    Number number = (Number) value;
    return switch (physical) {
      case INT -> (Object) number.intValue();
      case LONG -> number.longValue();
      default -> number.doubleValue();
    };
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] raw ? raw : ((String) value).getBytes(StandardCharsets.UTF_8);
  }

  private static Object invoke(FunctionImplementation function, List<Object> arguments) {
    try {
      MethodType type =
          MethodType.fromMethodDescriptorString(
              function.descriptor().descriptorString(), Invocation.class.getClassLoader());
      MethodHandle method =
          MethodHandles.publicLookup().findStatic(function.owner(), function.method(), type);
      return method.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}

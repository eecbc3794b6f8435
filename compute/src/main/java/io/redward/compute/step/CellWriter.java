package io.redward.compute.step;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Puts values from outside the engine, boxed cells and constants, into vectors. For small sources
/// only.
final class CellWriter {
  private CellWriter() {}

  /// Writes a cell of a system table as described at [io.redward.spi.SystemTable.SystemRows].
  static void write(Vector vector, int row, SqlType type, @Nullable Object cell) {
    if (cell == null) {
      vector.setNull(row);
      return;
    }
    switch (vector) {
      case IntVector ints -> ints.values[row] = Math.toIntExact(integer(type, cell));
      case LongVector longs -> longs.values[row] = integer(type, cell);
      case DoubleVector doubles -> doubles.values[row] = ((Number) cell).doubleValue();
      case Int128Vector wide -> write(wide, row, wideInteger(type, cell));
      case BytesVector bytes -> {
        byte[] value = cell.toString().getBytes(StandardCharsets.UTF_8);
        bytes.append(row, value, 0, length(type, value));
      }
    }
  }

  /// Writes a constant of the vector's form.
  static void write(Vector vector, int row, Constant constant) {
    switch (constant) {
      case Constant.Null() -> vector.setNull(row);
      case Constant.IntValue(int value) -> {
        switch (vector) {
          case IntVector ints -> ints.values[row] = value;
          case LongVector longs -> longs.values[row] = value;
          case Int128Vector wide -> write(wide, row, Int128.of(value));
          case DoubleVector _, BytesVector _ -> throw misfit(vector, constant);
        }
      }
      case Constant.LongValue(long value) -> {
        switch (vector) {
          case IntVector ints -> ints.values[row] = Math.toIntExact(value);
          case LongVector longs -> longs.values[row] = value;
          case Int128Vector wide -> write(wide, row, Int128.of(value));
          case DoubleVector _, BytesVector _ -> throw misfit(vector, constant);
        }
      }
      case Constant.Int128Value(Int128 value) -> {
        switch (vector) {
          case Int128Vector wide -> write(wide, row, value);
          case LongVector longs when value.fitsLong() -> longs.values[row] = value.low();
          default -> throw misfit(vector, constant);
        }
      }
      case Constant.DoubleValue(double value) -> {
        if (!(vector instanceof DoubleVector doubles)) {
          throw misfit(vector, constant);
        }
        doubles.values[row] = value;
      }
      case Constant.BytesValue(byte[] value) -> {
        if (!(vector instanceof BytesVector bytes)) {
          throw misfit(vector, constant);
        }
        bytes.append(row, value, 0, value.length);
      }
    }
  }

  private static IllegalStateException misfit(Vector vector, Constant constant) {
    return new IllegalStateException(constant + " in a vector of form " + vector.physical());
  }

  private static void write(Int128Vector vector, int row, Int128 value) {
    vector.high[row] = value.high();
    vector.low[row] = value.low();
  }

  private static long integer(SqlType type, Object cell) {
    return switch (cell) {
      case Boolean value -> value ? 1 : 0;
      case BigDecimal value -> unscaled(type, value).low();
      case Number value ->
          type.kind() == TypeKind.DECIMAL
              ? unscaled(type, BigDecimal.valueOf(value.longValue())).low()
              : value.longValue();
      default -> throw new IllegalStateException(cell.getClass() + " for a column of " + type);
    };
  }

  private static Int128 wideInteger(SqlType type, Object cell) {
    return unscaled(
        type,
        cell instanceof BigDecimal value ? value : BigDecimal.valueOf(((Number) cell).longValue()));
  }

  private static Int128 unscaled(SqlType type, BigDecimal value) {
    return Int128.of(value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue());
  }

  /// CHAR values travel without their trailing blanks.
  private static int length(SqlType type, byte[] value) {
    int length = value.length;
    while (type.kind() == TypeKind.CHAR && length > 0 && value[length - 1] == ' ') {
      length--;
    }
    return length;
  }
}

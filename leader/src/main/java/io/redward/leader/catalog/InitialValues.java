package io.redward.leader.catalog;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What columns added to a table hold in the rows that were there before.
public final class InitialValues {
  private InitialValues() {}

  /// The columns of the table that have such a value, by id, each as a vector of one row.
  public static Map<Integer, Vector> of(TableDefinition table) {
    Map<Integer, Vector> vectors = new HashMap<>();
    for (ColumnDefinition column : table.columns()) {
      column.initial().ifPresent(value -> vectors.put(column.id(), vector(value)));
    }
    return vectors;
  }

  /// A computed default as a column keeps it; nothing for NULL.
  public static Optional<Constant> stored(Constant value, SqlType type) {
    return switch (value) {
      case Constant.Null _ -> Optional.empty();
      case Constant.LongValue narrow when type.physical() == Physical.INT128 ->
          Optional.of(new Constant.Int128Value(Int128.of(narrow.value())));
      case Constant.IntValue _,
          Constant.LongValue _,
          Constant.DoubleValue _,
          Constant.Int128Value _,
          Constant.BytesValue _ ->
          Optional.of(value);
    };
  }

  static String text(Constant value) {
    return switch (value) {
      case Constant.Null _ -> throw new IllegalArgumentException("NULL is no initial value");
      case Constant.IntValue v -> Integer.toString(v.value());
      case Constant.LongValue v -> Long.toString(v.value());
      case Constant.DoubleValue v -> Long.toString(Double.doubleToRawLongBits(v.value()));
      case Constant.Int128Value v -> v.value().toString();
      case Constant.BytesValue v -> Base64.getEncoder().encodeToString(v.value());
    };
  }

  static Constant constant(String text, Physical physical) {
    return switch (physical) {
      case INT -> new Constant.IntValue(Integer.parseInt(text));
      case LONG -> new Constant.LongValue(Long.parseLong(text));
      case DOUBLE -> new Constant.DoubleValue(Double.longBitsToDouble(Long.parseLong(text)));
      case INT128 -> new Constant.Int128Value(Int128.of(new BigInteger(text)));
      case BYTES -> new Constant.BytesValue(Base64.getDecoder().decode(text));
    };
  }

  private static Vector vector(Constant value) {
    switch (value) {
      case Constant.Null _ -> throw new IllegalArgumentException("NULL is no initial value");
      case Constant.IntValue v -> {
        IntVector vector = new IntVector(1);
        vector.values[0] = v.value();
        return vector;
      }
      case Constant.LongValue v -> {
        LongVector vector = new LongVector(1);
        vector.values[0] = v.value();
        return vector;
      }
      case Constant.DoubleValue v -> {
        DoubleVector vector = new DoubleVector(1);
        vector.values[0] = v.value();
        return vector;
      }
      case Constant.Int128Value v -> {
        Int128Vector vector = new Int128Vector(1);
        vector.high[0] = v.value().high();
        vector.low[0] = v.value().low();
        return vector;
      }
      case Constant.BytesValue v -> {
        BytesVector vector = new BytesVector(1);
        vector.append(0, v.value(), 0, v.value().length);
        return vector;
      }
    }
  }
}

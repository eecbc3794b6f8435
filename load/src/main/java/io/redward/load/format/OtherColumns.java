package io.redward.load.format;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.plan.expression.Constant;
import io.redward.spi.LoadTarget;
import io.redward.spi.LoadTarget.Column;

/// The columns that no field of the files goes into: they take defaults and identities.
public final class OtherColumns {
  private final LoadTarget target;
  private final boolean[] loaded;

  public OtherColumns(LoadTarget target) {
    this.target = target;
    this.loaded = new boolean[target.columns().size()];
    for (int field : target.fields()) {
      loaded[field] = true;
    }
  }

  /// Sets them in one row.
  public void fill(Batch batch, int row) {
    for (int column = 0; column < loaded.length; column++) {
      if (loaded[column]) {
        continue;
      }
      Column definition = target.columns().get(column);
      Vector vector = batch.vectors[column];
      if (definition.identity()) {
        setInteger(vector, row, target.firstIdentity().reserve(1)[0]);
      } else {
        set(definition, vector, row);
      }
    }
  }

  private static void set(Column definition, Vector vector, int row) {
    switch (definition.fallback().orElse(Constant.NULL)) {
      case Constant.Null _ -> {
        if (!definition.nullable()) {
          throw new SqlException(
              SqlState.NOT_NULL_VIOLATION,
              "Cannot insert a NULL value into column " + definition.name());
        }
        vector.setNull(row);
      }
      case Constant.IntValue v -> ((IntVector) vector).values[row] = v.value();
      case Constant.LongValue v -> setInteger(vector, row, v.value());
      case Constant.DoubleValue v -> ((DoubleVector) vector).values[row] = v.value();
      case Constant.Int128Value v -> {
        Int128 wide = v.value();
        ((Int128Vector) vector).high[row] = wide.high();
        ((Int128Vector) vector).low[row] = wide.low();
      }
      case Constant.BytesValue v ->
          ((BytesVector) vector).append(row, v.value(), 0, v.value().length);
    }
  }

  private static void setInteger(Vector vector, int row, long value) {
    if (vector instanceof IntVector ints) {
      ints.values[row] = Math.toIntExact(value);
    } else {
      ((LongVector) vector).values[row] = value;
    }
  }
}

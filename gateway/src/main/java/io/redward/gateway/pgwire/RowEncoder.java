package io.redward.gateway.pgwire;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.text.Times;
import io.redward.gateway.text.TextForm;
import io.redward.leader.session.ResultColumn;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/// Writes the rows of batches as DataRow messages, in text or binary form by column.
final class RowEncoder {
  private final SqlType[] types;
  private final boolean[] binary;
  private final ZoneId zone;

  /// @param zone the session's time zone, for `timestamp with time zone` in text
  RowEncoder(List<ResultColumn> columns, FormatCodes formats, ZoneId zone) {
    types = columns.stream().map(ResultColumn::type).toArray(SqlType[]::new);
    binary = new boolean[types.length];
    for (int c = 0; c < binary.length; c++) {
      binary[c] = formats.binary(c);
    }
    this.zone = zone;
  }

  /// Encodes live rows `[from, to)` of the batch.
  void encode(Batch batch, int from, int to, MessageWriter out) throws IOException {
    for (int i = from; i < to; i++) {
      int row = batch.row(i);
      out.begin('D');
      out.int16(types.length);
      for (int c = 0; c < types.length; c++) {
        Vector vector = batch.vectors[c];
        int lengthAt = out.position();
        out.int32(-1);
        if (!vector.isNull(row)) {
          SqlType type = types[c];
          if (binary[c]) {
            binary(type, vector, row, out);
          } else {
            TextForm.put(type, vector, row, zone, out);
          }
          out.reserve(0);
          out.setInt32(lengthAt, out.position() - lengthAt - 4);
        }
      }
      out.end();
    }
  }

  private void binary(SqlType type, Vector vector, int row, MessageWriter out) {
    switch (vector) {
      case IntVector ints -> {
        int value = ints.values[row];
        switch (type.kind()) {
          case BOOLEAN -> out.int8(value);
          case SMALLINT -> out.int16(value);
          case DATE -> out.int32(value - BinaryForm.EPOCH_DAYS);
          case INTERVAL_YEAR_MONTH -> {
            out.int64(0);
            out.int32(0);
            out.int32(value);
          }
          default -> out.int32(value);
        }
      }
      case LongVector longs -> binaryOfLong(type, longs.values[row], out);
      case DoubleVector doubles -> {
        double value = doubles.values[row];
        if (type.kind() == TypeKind.REAL) {
          out.int32(Float.floatToIntBits((float) value));
        } else {
          out.int64(Double.doubleToLongBits(value));
        }
      }
      case Int128Vector wide -> {
        long low = wide.low[row];
        if (wide.high[row] == low >> 63) {
          BinaryForm.numeric(out, low, type.scale());
        } else {
          BinaryForm.numeric(out, new Int128(wide.high[row], low), type.scale());
        }
      }
      case BytesVector bytes -> {
        if (type.kind() == TypeKind.VARBYTE
            || type.kind() == TypeKind.GEOMETRY
            || type.kind() == TypeKind.GEOGRAPHY) {
          out.bytes(bytes.page(row), bytes.offset(row), bytes.length(row));
        } else {
          TextForm.ofBytes(type, bytes, row, out);
        }
      }
    }
  }

  private static void binaryOfLong(SqlType type, long value, MessageWriter out) {
    switch (type.kind()) {
      case DECIMAL -> BinaryForm.numeric(out, value, type.scale());
      case TIMESTAMP, TIMESTAMPTZ -> out.int64(value - BinaryForm.EPOCH_MICROS);
      case TIMETZ -> {
        out.int64(Times.localMicros(value));
        out.int32(-Times.offsetSeconds(value));
      }
      case INTERVAL_DAY_SECOND -> {
        out.int64(value % 86_400_000_000L);
        out.int32((int) (value / 86_400_000_000L));
        out.int32(0);
      }
      default -> out.int64(value);
    }
  }
}

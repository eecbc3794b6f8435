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
import io.redward.leader.session.ResultColumn;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// Writes the rows of batches as DataRow messages, in text or binary form by column.
final class RowEncoder {
  private final List<ResultColumn> columns;
  private final FormatCodes formats;
  private final ZoneId zone;

  /// @param zone the session's time zone, for `timestamp with time zone` in text
  RowEncoder(List<ResultColumn> columns, FormatCodes formats, ZoneId zone) {
    this.columns = columns;
    this.formats = formats;
    this.zone = zone;
  }

  /// Encodes live rows `[from, to)` of the batch.
  void encode(Batch batch, int from, int to, MessageWriter out) throws IOException {
    for (int i = from; i < to; i++) {
      int row = batch.row(i);
      out.begin('D');
      out.int16(columns.size());
      for (int c = 0; c < columns.size(); c++) {
        Vector vector = batch.vectors[c];
        int lengthAt = out.position();
        out.int32(-1);
        if (!vector.isNull(row)) {
          SqlType type = columns.get(c).type();
          if (formats.binary(c)) {
            binary(type, vector, row, out);
          } else {
            text(type, vector, row, out);
          }
          out.reserve(0);
          out.setInt32(lengthAt, out.position() - lengthAt - 4);
        }
      }
      out.end();
    }
  }

  private void text(SqlType type, Vector vector, int row, MessageWriter out) {
    switch (vector) {
      case IntVector ints -> textOfInt(type, ints.values[row], out);
      case LongVector longs -> textOfLong(type, longs.values[row], out);
      case DoubleVector doubles -> {
        if (type.kind() == TypeKind.REAL) {
          TextForm.real(out, (float) doubles.values[row]);
        } else {
          TextForm.floating(out, doubles.values[row]);
        }
      }
      case Int128Vector wide -> TextForm.decimal(out, wide.high[row], wide.low[row], type.scale());
      case BytesVector bytes -> textOfBytes(type, bytes, row, out);
    }
  }

  private static void textOfInt(SqlType type, int value, MessageWriter out) {
    switch (type.kind()) {
      case BOOLEAN -> out.int8(value != 0 ? 't' : 'f');
      case DATE -> TextForm.date(out, value);
      case INTERVAL_YEAR_MONTH -> TextForm.ascii(out, IntervalForm.months(value));
      case OID -> TextForm.integer(out, value & 0xFFFF_FFFFL);
      default -> TextForm.integer(out, value);
    }
  }

  private void textOfLong(SqlType type, long value, MessageWriter out) {
    switch (type.kind()) {
      case DECIMAL -> TextForm.decimal(out, value, type.scale());
      case TIME -> TextForm.time(out, value);
      case TIMETZ -> TextForm.timeTz(out, value);
      case TIMESTAMP -> TextForm.timestamp(out, value);
      case TIMESTAMPTZ -> {
        Instant instant =
            Instant.ofEpochSecond(
                Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000);
        TextForm.timestampTz(out, value, zone.getRules().getOffset(instant).getTotalSeconds());
      }
      case INTERVAL_DAY_SECOND -> TextForm.ascii(out, IntervalForm.micros(value));
      default -> TextForm.integer(out, value);
    }
  }

  private static void textOfBytes(SqlType type, BytesVector bytes, int row, MessageWriter out) {
    byte[] page = bytes.page(row);
    int offset = bytes.offset(row);
    int length = bytes.length(row);
    switch (type.kind()) {
      case VARBYTE -> {
        for (int i = offset; i < offset + length; i++) {
          out.int8(Character.forDigit(page[i] >> 4 & 0xF, 16));
          out.int8(Character.forDigit(page[i] & 0xF, 16));
        }
      }
      case CHAR -> {
        out.bytes(page, offset, length);
        for (int i = length; i < type.precision(); i++) {
          out.int8(' ');
        }
      }
      default -> out.bytes(page, offset, length);
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
      case Int128Vector wide ->
          BinaryForm.numeric(out, new Int128(wide.high[row], wide.low[row]), type.scale());
      case BytesVector bytes -> {
        if (type.kind() == TypeKind.VARBYTE) {
          out.bytes(bytes.page(row), bytes.offset(row), bytes.length(row));
        } else {
          textOfBytes(type, bytes, row, out);
        }
      }
    }
  }

  private static void binaryOfLong(SqlType type, long value, MessageWriter out) {
    switch (type.kind()) {
      case DECIMAL -> BinaryForm.numeric(out, Int128.of(value), type.scale());
      case TIMESTAMP, TIMESTAMPTZ -> out.int64(value - BinaryForm.EPOCH_MICROS);
      case TIMETZ -> {
        out.int64(TextForm.timeTzLocalMicros(value));
        out.int32(-TextForm.timeTzOffset(value));
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

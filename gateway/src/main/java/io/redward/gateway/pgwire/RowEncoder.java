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
import io.redward.functions.text.Dates;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Doubles;
import io.redward.functions.text.Intervals;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Times;
import io.redward.functions.text.Timestamps;
import io.redward.leader.session.ResultColumn;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/// Writes the rows of batches as DataRow messages, in text or binary form by column.
final class RowEncoder {
  /// The longest text of a value that is not a string.
  private static final int LONGEST = 64;

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
        byte[] buffer = out.reserve(Doubles.LONGEST);
        double value = doubles.values[row];
        out.advanceTo(
            type.kind() == TypeKind.REAL
                ? Doubles.putReal(buffer, out.position(), value)
                : Doubles.putDouble(buffer, out.position(), value));
      }
      case Int128Vector wide -> {
        byte[] buffer = out.reserve(Decimals.LONGEST);
        out.advanceTo(
            Decimals.put(buffer, out.position(), wide.high[row], wide.low[row], type.scale()));
      }
      case BytesVector bytes -> textOfBytes(type, bytes, row, out);
    }
  }

  private static void textOfInt(SqlType type, int value, MessageWriter out) {
    byte[] buffer = out.reserve(LONGEST);
    int at = out.position();
    switch (type.kind()) {
      case BOOLEAN -> out.int8(value != 0 ? 't' : 'f');
      case DATE -> out.advanceTo(Dates.put(buffer, at, value));
      case INTERVAL_YEAR_MONTH -> out.advanceTo(Intervals.putMonths(buffer, at, value));
      case OID -> out.advanceTo(Numbers.put(buffer, at, value & 0xFFFF_FFFFL));
      default -> out.advanceTo(Numbers.put(buffer, at, value));
    }
  }

  private void textOfLong(SqlType type, long value, MessageWriter out) {
    byte[] buffer = out.reserve(LONGEST);
    int at = out.position();
    out.advanceTo(
        switch (type.kind()) {
          case DECIMAL -> Decimals.put(buffer, at, value, type.scale());
          case TIME -> Times.put(buffer, at, value);
          case TIMETZ -> Times.putZoned(buffer, at, value);
          case TIMESTAMP -> Timestamps.put(buffer, at, value);
          case TIMESTAMPTZ -> Timestamps.putZoned(buffer, at, value, zone.getRules());
          case INTERVAL_DAY_SECOND -> Intervals.putMicros(buffer, at, value);
          default -> Numbers.put(buffer, at, value);
        });
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

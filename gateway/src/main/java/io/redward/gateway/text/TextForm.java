package io.redward.gateway.text;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.text.Dates;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Doubles;
import io.redward.functions.text.Intervals;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Times;
import io.redward.functions.text.Timestamps;
import java.time.ZoneId;

/// The text form of a value by its type, as PostgreSQL's text format has it.
public final class TextForm {
  /// The longest text of a value that is not a string.
  private static final int LONGEST = 64;

  private TextForm() {}

  /// Appends the value of a row that is not NULL.
  ///
  /// @param zone that `timestamp with time zone` is shown in
  public static void put(SqlType type, Vector vector, int row, ZoneId zone, ByteBuilder out) {
    switch (vector) {
      case IntVector ints -> ofInt(type, ints.values[row], out);
      case LongVector longs -> ofLong(type, longs.values[row], zone, out);
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
      case BytesVector bytes -> ofBytes(type, bytes, row, out);
    }
  }

  private static void ofInt(SqlType type, int value, ByteBuilder out) {
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

  private static void ofLong(SqlType type, long value, ZoneId zone, ByteBuilder out) {
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

  /// Appends a string or bytes: `varbyte` in hexadecimal, `char` filled up with blanks.
  public static void ofBytes(SqlType type, BytesVector bytes, int row, ByteBuilder out) {
    byte[] page = bytes.page(row);
    int offset = bytes.offset(row);
    int length = bytes.length(row);
    switch (type.kind()) {
      case GEOMETRY, GEOGRAPHY -> {
        for (int i = offset; i < offset + length; i++) {
          out.int8(Character.toUpperCase(Character.forDigit(page[i] >> 4 & 0xF, 16)));
          out.int8(Character.toUpperCase(Character.forDigit(page[i] & 0xF, 16)));
        }
      }
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
}

package io.redward.load.columnar;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.load.columnar.SourceColumn.Form;
import io.redward.load.columnar.SourceColumn.Meaning;
import io.redward.load.format.Utf8;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.LoadTarget;
import java.nio.charset.StandardCharsets;

/// Turns a file's values of one column into values of the table's column. Which way is settled when
/// it is made; types that do not go together are refused then.
public final class ColumnConverter {
  /// PostgreSQL's first date, 4713-01-01 BC, Julian.
  private static final long FIRST_DAY = -2_440_588;
  private static final long LAST_DAY = 2_145_031_948;
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  private enum Way {
    INT,
    LONG,
    DECIMAL,
    DOUBLE_OF_INTEGER,
    DOUBLE,
    TIMESTAMP,
    TIME,
    STRING,
    UUID,
    BINARY,
    JSON
  }

  private final SourceFile file;
  private final SourceColumn source;
  private final LoadTarget.Column target;
  private final Conversion conversion;
  private final Way way;
  private final long min;
  private final long max;
  private final DecimalConverter decimals;
  private final JsonBytes json = new JsonBytes();

  public ColumnConverter(
      SourceFile file, SourceColumn source, LoadTarget.Column target, Conversion conversion) {
    this.file = file;
    this.source = source;
    this.target = target;
    this.conversion = conversion;
    this.way = way(source.meaning(), target.type().kind());
    this.min = minimum(target.type().kind());
    this.max = maximum(target.type().kind());
    this.decimals = new DecimalConverter(source.scale(), target.type(), conversion.roundDecimals());
  }

  private Way way(Meaning from, TypeKind to) {
    boolean integer = from == Meaning.INTEGER || from == Meaning.UNSIGNED;
    return switch (to) {
      case BOOLEAN -> require(from == Meaning.BOOLEAN, Way.INT);
      case SMALLINT, INTEGER -> require(integer, Way.INT);
      case BIGINT -> require(integer, Way.LONG);
      case DECIMAL -> require(integer || from == Meaning.DECIMAL, Way.DECIMAL);
      case REAL, DOUBLE ->
          require(
              integer || from == Meaning.FLOATING, integer ? Way.DOUBLE_OF_INTEGER : Way.DOUBLE);
      case DATE -> require(from == Meaning.DATE, Way.INT);
      case TIMESTAMP, TIMESTAMPTZ -> require(from == Meaning.TIMESTAMP, Way.TIMESTAMP);
      case TIME -> require(from == Meaning.TIME, Way.TIME);
      case CHAR, VARCHAR, TEXT ->
          from == Meaning.UUID ? Way.UUID : require(isText(from), Way.STRING);
      case VARBYTE -> require(isText(from) || from == Meaning.UUID, Way.BINARY);
      case SUPER -> require(from != Meaning.OTHER, Way.JSON);
      default -> throw incompatible();
    };
  }

  private static boolean isText(Meaning meaning) {
    return meaning == Meaning.STRING || meaning == Meaning.BINARY || meaning == Meaning.JSON;
  }

  private Way require(boolean possible, Way way) {
    if (!possible) {
      throw incompatible();
    }
    return way;
  }

  private SqlException incompatible() {
    return new SqlException(
            SqlState.DATATYPE_MISMATCH,
            "file \"%s\" has an incompatible %s schema for column \"%s\". %s"
                .formatted(file.name(), file.format(), target.name(), types()))
        .withDetail(
            SourceFile.scanError(
                "File '%s' has an incompatible %s schema for column '%s'. %s"
                    .formatted(file.name(), file.format(), target.name(), types())));
  }

  private String types() {
    return "Column type: %s, %s column \"%s\": %s"
        .formatted(
            target.type().toString().toUpperCase(java.util.Locale.ROOT),
            file.format(),
            source.name(),
            source.description());
  }

  private static long minimum(TypeKind kind) {
    return switch (kind) {
      case SMALLINT -> Short.MIN_VALUE;
      case INTEGER -> Integer.MIN_VALUE;
      case DATE -> FIRST_DAY;
      case TIMESTAMP, TIMESTAMPTZ -> FIRST_DAY * MICROS_OF_DAY;
      case TIME -> 0;
      default -> Long.MIN_VALUE;
    };
  }

  private static long maximum(TypeKind kind) {
    return switch (kind) {
      case SMALLINT -> Short.MAX_VALUE;
      case INTEGER -> Integer.MAX_VALUE;
      case DATE -> LAST_DAY;
      case TIME -> MICROS_OF_DAY;
      default -> Long.MAX_VALUE;
    };
  }

  /// Refuses a NULL the table's column does not take.
  public void requireNullable() {
    if (!target.nullable()) {
      throw new SqlException(
          SqlState.NOT_NULL_VIOLATION, "Cannot insert a NULL value into column " + target.name());
    }
  }

  /// Puts value `i` of `in` into row `rows[i]`.
  public void convert(ValueBuffer in, int count, int[] rows, Vector out) {
    if (source.meaning() == Meaning.UNSIGNED && way != Way.JSON) {
      makeUnsigned(in.longs, count);
    }
    switch (way) {
      case INT -> ints(in.longs, count, rows, ((IntVector) out).values);
      case LONG -> longs(in.longs, count, rows, ((LongVector) out).values);
      case DECIMAL -> {
        int bad =
            source.form() == Form.BYTES
                ? decimals.convertBytes(in, count, rows, out)
                : decimals.convertLongs(in.longs, count, rows, out);
        if (bad >= 0) {
          throw outOfRange("");
        }
      }
      case DOUBLE_OF_INTEGER -> {
        double[] values = ((DoubleVector) out).values;
        for (int i = 0; i < count; i++) {
          values[rows[i]] = narrowed(in.longs[i]);
        }
      }
      case DOUBLE -> doubles(in.doubles, count, rows, ((DoubleVector) out).values);
      case TIMESTAMP, TIME -> times(in.longs, count, rows, ((LongVector) out).values);
      case STRING -> strings(in, count, rows, (BytesVector) out);
      case UUID -> uuids(in, count, rows, (BytesVector) out);
      case BINARY -> binaries(in, count, rows, (BytesVector) out);
      case JSON -> json(in, count, rows, (BytesVector) out);
    }
  }

  private void makeUnsigned(long[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (source.form() == Form.INT) {
        values[i] &= 0xFFFF_FFFFL;
      } else if (values[i] < 0) {
        throw outOfRange(Long.toUnsignedString(values[i]));
      }
    }
  }

  private void ints(long[] in, int count, int[] rows, int[] out) {
    for (int i = 0; i < count; i++) {
      long value = in[i];
      if (value < min || value > max) {
        throw outOfRange(Long.toString(value));
      }
      out[rows[i]] = (int) value;
    }
  }

  private static void longs(long[] in, int count, int[] rows, long[] out) {
    for (int i = 0; i < count; i++) {
      out[rows[i]] = in[i];
    }
  }

  private double narrowed(double value) {
    if (target.type().kind() == TypeKind.DOUBLE) {
      return value;
    }
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw outOfRange(Double.toString(value));
    }
    return narrow;
  }

  private void doubles(double[] in, int count, int[] rows, double[] out) {
    for (int i = 0; i < count; i++) {
      out[rows[i]] = narrowed(in[i]);
    }
  }

  private void times(long[] in, int count, int[] rows, long[] out) {
    int digits = source.scale();
    for (int i = 0; i < count; i++) {
      long value = in[i];
      if (digits == 3) {
        if (value > Long.MAX_VALUE / 1_000 || value < Long.MIN_VALUE / 1_000) {
          throw outOfRange(Long.toString(value));
        }
        value *= 1_000;
      } else if (digits == 9) {
        value = Math.floorDiv(value, 1_000L);
      }
      if (value < min || value > max) {
        throw outOfRange(Long.toString(value));
      }
      out[rows[i]] = value;
    }
  }

  private int limit() {
    SqlType type = target.type();
    return type.precision() > 0 ? type.precision() : SqlType.MAX_VARCHAR_BYTES;
  }

  private void strings(ValueBuffer in, int count, int[] rows, BytesVector out) {
    boolean fixed = target.type().kind() == TypeKind.CHAR;
    boolean trim = fixed || conversion.trimBlanks();
    int limit = limit();
    byte[] bytes = in.bytes;
    for (int i = 0; i < count; i++) {
      int offset = in.offsets[i];
      int length = in.lengths[i];
      if (!Utf8.isAscii(bytes, offset, length)) {
        repair(bytes, offset, length);
      }
      while (trim && length > 0 && bytes[offset + length - 1] == ' ') {
        length--;
      }
      if (length > limit) {
        if (!conversion.truncateColumns()) {
          throw tooLong(length);
        }
        length = Utf8.boundary(bytes, offset, limit);
      }
      out.append(rows[i], bytes, offset, length);
    }
  }

  /// Bytes that are not UTF-8 are an error unless ACCEPTINVCHARS says what to put for them.
  private void repair(byte[] bytes, int offset, int length) {
    int bad = Utf8.firstInvalid(bytes, offset, length);
    while (bad >= 0) {
      if (conversion.acceptInvalidChars().isEmpty()) {
        throw new SqlException(
            SqlState.CHARACTER_NOT_IN_REPERTOIRE,
            ("String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: %x."
                    + " Column \"%s\" of file \"%s\"")
                .formatted(bytes[bad] & 0xFF, target.name(), file.name()));
      }
      bytes[bad] = conversion.acceptInvalidChars().get();
      bad = Utf8.firstInvalid(bytes, bad, offset + length - bad);
    }
  }

  private void uuids(ValueBuffer in, int count, int[] rows, BytesVector out) {
    for (int i = 0; i < count; i++) {
      byte[] text = JsonBytes.uuid(in, i).getBytes(StandardCharsets.US_ASCII);
      if (text.length > limit()) {
        throw tooLong(text.length);
      }
      out.append(rows[i], text, 0, text.length);
    }
  }

  private void json(ValueBuffer in, int count, int[] rows, BytesVector out) {
    for (int i = 0; i < count; i++) {
      json.clear();
      if (source.meaning() == Meaning.JSON) {
        json.compact(in.bytes, in.offsets[i], in.lengths[i]);
      } else {
        json.value(source, in, i);
      }
      out.append(rows[i], json.bytes(), 0, json.length());
    }
  }

  private void binaries(ValueBuffer in, int count, int[] rows, BytesVector out) {
    int limit = limit();
    for (int i = 0; i < count; i++) {
      int length = in.lengths[i];
      if (length > limit) {
        if (!conversion.truncateColumns()) {
          throw tooLong(length);
        }
        length = limit;
      }
      out.append(rows[i], in.bytes, in.offsets[i], length);
    }
  }

  private SqlException tooLong(int length) {
    return new SqlException(
            SqlState.STRING_DATA_RIGHT_TRUNCATION,
            ("The length of the data column %s is longer than the length defined in the table."
                    + " Table: %d, Data: %d, file \"%s\"")
                .formatted(target.name(), limit(), length, file.name()))
        .withHint("Widen the column, or cut values off with TRUNCATECOLUMNS.");
  }

  private SqlException outOfRange(String value) {
    return new SqlException(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
        "Value %sout of range for column \"%s\" (%s) in file \"%s\""
            .formatted(
                value.isEmpty() ? "" : value + " ", target.name(), target.type(), file.name()));
  }
}

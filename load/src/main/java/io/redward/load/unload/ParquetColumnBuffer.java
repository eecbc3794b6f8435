package io.redward.load.unload;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.Unloader.Column;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/// The values of a column of one row group, plainly encoded: which rows have one, and the values.
final class ParquetColumnBuffer {
  private static final int WIDE_BYTES = 16;

  private final Column column;
  private final Type type;
  private final ByteArrayOutputStream values = new ByteArrayOutputStream(1 << 12);
  private final ByteArrayOutputStream present = new ByteArrayOutputStream(1 << 10);
  private int rows;
  private int presentByte;
  private int booleans;
  private int booleanByte;

  ParquetColumnBuffer(Column column) {
    this.column = column;
    type = type(column.type());
  }

  private static Type type(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Type.BOOLEAN;
      case SMALLINT, INTEGER, DATE -> Type.INT32;
      case BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ -> Type.INT64;
      case DECIMAL -> type.physical() == Physical.LONG ? Type.INT64 : Type.FIXED_LEN_BYTE_ARRAY;
      case REAL -> Type.FLOAT;
      case DOUBLE -> Type.DOUBLE;
      default -> Type.BYTE_ARRAY;
    };
  }

  Type type() {
    return type;
  }

  String name() {
    return column.name();
  }

  SchemaElement schema() {
    SchemaElement element = new SchemaElement(column.name());
    element.setType(type);
    element.setRepetition_type(FieldRepetitionType.OPTIONAL);
    if (type == Type.FIXED_LEN_BYTE_ARRAY) {
      element.setType_length(WIDE_BYTES);
    }
    SqlType sql = column.type();
    switch (sql.kind()) {
      case SMALLINT -> annotate(element, integer(16), ConvertedType.INT_16);
      case INTEGER -> annotate(element, integer(32), ConvertedType.INT_32);
      case BIGINT -> annotate(element, integer(64), ConvertedType.INT_64);
      case DATE -> annotate(element, LogicalType.DATE(new DateType()), ConvertedType.DATE);
      case TIME -> element.setLogicalType(LogicalType.TIME(new TimeType(false, micros())));
      case TIMESTAMP ->
          element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(false, micros())));
      case TIMESTAMPTZ ->
          element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(true, micros())));
      case DECIMAL -> {
        element.setScale(sql.scale());
        element.setPrecision(sql.precision());
        DecimalType decimal = new DecimalType(sql.scale(), sql.precision());
        annotate(element, LogicalType.DECIMAL(decimal), ConvertedType.DECIMAL);
      }
      case SUPER -> annotate(element, LogicalType.JSON(new JsonType()), ConvertedType.JSON);
      case BOOLEAN, REAL, DOUBLE, VARBYTE -> {}
      default -> annotate(element, LogicalType.STRING(new StringType()), ConvertedType.UTF8);
    }
    return element;
  }

  /// Says what values mean in both of the format's ways, for many readers know only the older one.
  private static void annotate(SchemaElement element, LogicalType logical, ConvertedType older) {
    element.setLogicalType(logical);
    element.setConverted_type(older);
  }

  private static LogicalType integer(int bits) {
    return LogicalType.INTEGER(new IntType((byte) bits, true));
  }

  private static TimeUnit micros() {
    return TimeUnit.MICROS(new MicroSeconds());
  }

  /// Bytes held.
  int bytes() {
    return values.size() + present.size();
  }

  void add(Vector vector, int row, ValueText text) {
    boolean isNull = vector.isNull(row);
    presentByte |= isNull ? 0 : 1 << (rows & 7);
    rows++;
    if ((rows & 7) == 0) {
      present.write(presentByte);
      presentByte = 0;
    }
    if (!isNull) {
      value(vector, row, text);
    }
  }

  private void value(Vector vector, int row, ValueText text) {
    switch (type) {
      case BOOLEAN -> {
        booleanByte |= ((IntVector) vector).values[row] << (booleans & 7);
        booleans++;
        if ((booleans & 7) == 0) {
          values.write(booleanByte);
          booleanByte = 0;
        }
      }
      case INT32 -> little(((IntVector) vector).values[row], 4);
      case INT64 -> little(((LongVector) vector).values[row], 8);
      case FLOAT -> little(Float.floatToIntBits((float) ((DoubleVector) vector).values[row]), 4);
      case DOUBLE -> little(Double.doubleToLongBits(((DoubleVector) vector).values[row]), 8);
      case FIXED_LEN_BYTE_ARRAY -> {
        Int128Vector wide = (Int128Vector) vector;
        little(Long.reverseBytes(wide.high[row]), 8);
        little(Long.reverseBytes(wide.low[row]), 8);
      }
      case BYTE_ARRAY -> bytes(vector, row, text);
      case INT96 -> throw new IllegalStateException("INT96 is not written");
    }
  }

  private void bytes(Vector vector, int row, ValueText text) {
    if (column.type().kind() == TypeKind.VARBYTE && vector instanceof BytesVector raw) {
      little(raw.length(row), 4);
      values.write(raw.page(row), raw.offset(row), raw.length(row));
      return;
    }
    int length = text.put(column.type(), vector, row);
    little(length, 4);
    values.write(text.bytes(), 0, length);
  }

  private void little(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      values.write((int) (value >>> 8 * i));
    }
  }

  /// The page's bytes; the buffer is empty afterwards.
  byte[] takePage() {
    if ((rows & 7) != 0) {
      present.write(presentByte);
    }
    if ((booleans & 7) != 0) {
      values.write(booleanByte);
    }
    // Definition levels: one run of bits, its length in groups of eight before it.
    ByteArrayOutputStream levels = new ByteArrayOutputStream(present.size() + 8);
    int header = (rows + 7) / 8 << 1 | 1;
    while (header >= 0x80) {
      levels.write(header & 0x7F | 0x80);
      header >>>= 7;
    }
    levels.write(header);
    levels.writeBytes(present.toByteArray());
    ByteArrayOutputStream page = new ByteArrayOutputStream(values.size() + levels.size() + 4);
    int length = levels.size();
    for (int i = 0; i < 4; i++) {
      page.write(length >>> 8 * i);
    }
    page.writeBytes(levels.toByteArray());
    page.writeBytes(values.toByteArray());
    values.reset();
    present.reset();
    rows = 0;
    presentByte = 0;
    booleans = 0;
    booleanByte = 0;
    return page.toByteArray();
  }
}

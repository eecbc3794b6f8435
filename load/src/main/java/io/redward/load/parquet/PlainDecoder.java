package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.ValueBuffer;

/// PLAIN: values one after another.
final class PlainDecoder implements ValueDecoder {
  private static final int EPOCH_JULIAN_DAY = 2_440_588;
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  private final ParquetColumn column;
  private final ByteReader in;
  private int bit;

  PlainDecoder(ParquetColumn column, ByteReader in) {
    this.column = column;
    this.in = in;
  }

  @Override
  public void decode(ValueBuffer out, int count) {
    switch (column.type()) {
      case BOOLEAN -> booleans(out.longs, count);
      case INT32, INT64, INT96, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY -> fixed(out, count);
      case BYTE_ARRAY -> strings(out, count);
    }
  }

  private void booleans(long[] out, int count) {
    long first = ((long) in.at << 3) + bit;
    for (int i = 0; i < count; i++) {
      out[i] = ByteReader.bits(in.bytes, in.end, first + i, 1);
    }
    bit += count;
  }

  private void fixed(ValueBuffer out, int count) {
    int width = column.width();
    in.require((long) count * width);
    byte[] bytes = in.bytes;
    int at = in.at;
    switch (column.type()) {
      case INT32 -> ints(bytes, at, out.longs, count);
      case INT64 -> longs(bytes, at, out.longs, count);
      case INT96 -> timestamps(bytes, at, out.longs, count);
      case FLOAT -> floats(bytes, at, out.doubles, count);
      case DOUBLE -> doubles(bytes, at, out.doubles, count);
      case BOOLEAN, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> {
        out.bytes = bytes;
        for (int i = 0; i < count; i++) {
          out.offsets[i] = at + i * width;
          out.lengths[i] = width;
        }
      }
    }
    in.at = at + count * width;
  }

  private static void ints(byte[] bytes, int at, long[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = ByteReader.int32(bytes, at + i * 4);
    }
  }

  private static void longs(byte[] bytes, int at, long[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = ByteReader.int64(bytes, at + i * 8);
    }
  }

  /// Nanoseconds of the day and the Julian day.
  private static void timestamps(byte[] bytes, int at, long[] out, int count) {
    for (int i = 0; i < count; i++) {
      long nanos = ByteReader.int64(bytes, at + i * 12);
      long day = ByteReader.int32(bytes, at + i * 12 + 8) & 0xFFFF_FFFFL;
      if (nanos < 0 || nanos > MICROS_OF_DAY * 1_000 || day > 100_000_000) {
        throw new MalformedFile("an INT96 timestamp is out of range");
      }
      out[i] = (day - EPOCH_JULIAN_DAY) * MICROS_OF_DAY + nanos / 1_000;
    }
  }

  private static void floats(byte[] bytes, int at, double[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = Float.intBitsToFloat(ByteReader.int32(bytes, at + i * 4));
    }
  }

  private static void doubles(byte[] bytes, int at, double[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = Double.longBitsToDouble(ByteReader.int64(bytes, at + i * 8));
    }
  }

  private void strings(ValueBuffer out, int count) {
    out.bytes = in.bytes;
    for (int i = 0; i < count; i++) {
      int length = in.int32();
      in.require(length);
      out.offsets[i] = in.at;
      out.lengths[i] = length;
      in.at += length;
    }
  }
}

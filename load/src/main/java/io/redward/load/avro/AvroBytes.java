package io.redward.load.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values in Avro's binary form, read one after another.
final class AvroBytes {
  private final byte[] bytes;
  private final int end;
  private int at;

  AvroBytes(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  boolean atEnd() {
    return at == end;
  }

  private int next() throws IOException {
    if (at >= end) {
      throw new EOFException("an Avro block ends within a value");
    }
    return bytes[at++];
  }

  boolean truth() throws IOException {
    return next() != 0;
  }

  /// A zigzag number of up to 64 bits.
  long number() throws IOException {
    long value = 0;
    int shift = 0;
    int part;
    do {
      if (shift > 63) {
        throw new IOException("an Avro number is too long");
      }
      part = next();
      value |= (long) (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    return value >>> 1 ^ -(value & 1);
  }

  private long littleEndian(int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (next() & 0xFFL) << 8 * i;
    }
    return value;
  }

  float single() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  double wide() throws IOException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  byte[] take(long count) throws IOException {
    if (count < 0 || count > end - at) {
      throw new EOFException("an Avro block ends within a value");
    }
    at += (int) count;
    return Arrays.copyOfRange(bytes, at - (int) count, at);
  }

  byte[] sized() throws IOException {
    return take(number());
  }

  String string() throws IOException {
    return new String(sized(), StandardCharsets.UTF_8);
  }

  /// How many items of an array or map come next; 0 at its end.
  long items() throws IOException {
    long count = number();
    if (count < 0) {
      // The size of the items in bytes follows, for those who want to skip them.
      long unused = number();
      return -count;
    }
    return count;
  }
}

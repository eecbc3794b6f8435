package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A place in a page's bytes. Every read is checked against the end.
final class ByteReader {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] bytes;
  final int end;
  int at;

  ByteReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int remaining() {
    return end - at;
  }

  /// Checks that `count` more bytes are there.
  void require(long count) {
    if (count < 0 || count > end - at) {
      throw new MalformedFile("a page ends early");
    }
  }

  /// A reader of the next `count` bytes, which this one skips.
  ByteReader slice(int count) {
    require(count);
    ByteReader slice = new ByteReader(bytes, at, at + count);
    at += count;
    return slice;
  }

  int unsignedByte() {
    require(1);
    return bytes[at++] & 0xFF;
  }

  int int32() {
    require(4);
    int value = int32(bytes, at);
    at += 4;
    return value;
  }

  /// A varint of up to 64 bits.
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = unsignedByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedFile("an integer is longer than 64 bits");
  }

  /// A varint that must be a plausible count.
  int count() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedFile("a count is out of range");
    }
    return (int) value;
  }

  long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  static int int32(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static long int64(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /// The `width` (0 to 64) bits at bit `position` of `bytes`, least significant first.
  static long bits(byte[] bytes, int end, long position, int width) {
    if (width == 0) {
      return 0;
    }
    int at = (int) (position >>> 3);
    int shift = (int) position & 7;
    if (position + width > (long) end << 3) {
      throw new MalformedFile("bit-packed values end early");
    }
    long word = at + 8 <= end ? int64(bytes, at) : partialWord(bytes, at, end);
    long value = word >>> shift;
    if (shift + width > 64) {
      value |= (long) (bytes[at + 8] & 0xFF) << 64 - shift;
    }
    return width == 64 ? value : value & (1L << width) - 1;
  }

  private static long partialWord(byte[] bytes, int at, int end) {
    long word = 0;
    for (int i = at; i < end; i++) {
      word |= (long) (bytes[i] & 0xFF) << (i - at) * 8;
    }
    return word;
  }
}

package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import java.math.BigInteger;

/// A place in a stream's bytes. Every read is checked against the end.
final class OrcBytes {
  final byte[] bytes;
  int at;

  OrcBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  void require(long count) {
    if (count < 0 || count > bytes.length - at) {
      throw new MalformedFile("a stream ends early");
    }
  }

  int unsignedByte() {
    require(1);
    return bytes[at++] & 0xFF;
  }

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

  static long unzigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  /// A varint of any length, as decimals are.
  BigInteger wide() {
    BigInteger value = BigInteger.ZERO;
    int next;
    int shift = 0;
    do {
      next = unsignedByte();
      value = value.or(BigInteger.valueOf(next & 0x7F).shiftLeft(shift));
      shift += 7;
      if (shift > 140) {
        throw new MalformedFile("a decimal is too long");
      }
    } while (next >= 0x80);
    BigInteger half = value.shiftRight(1);
    return value.testBit(0) ? half.not() : half;
  }

  /// The next bytes, most significant first.
  long bigEndian(int count) {
    require(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at++] & 0xFF;
    }
    return value;
  }

  /// The next bytes, least significant first.
  long littleEndian(int count) {
    require(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) (bytes[at++] & 0xFF) << 8 * i;
    }
    return value;
  }

  /// Reads values of `width` bits, most significant bit first; they begin and end at whole bytes.
  void packed(long[] out, int from, int count, int width) {
    long bits = (long) count * width;
    require((bits + 7) / 8);
    long bit = (long) at << 3;
    for (int i = from; i < from + count; i++) {
      long value = 0;
      int left = width;
      while (left > 0) {
        int inByte = 8 - (int) (bit & 7);
        int take = Math.min(left, inByte);
        int part = bytes[(int) (bit >>> 3)] >> inByte - take & (1 << take) - 1;
        value = value << take | part;
        left -= take;
        bit += take;
      }
      out[i] = value;
    }
    at += (int) ((bits + 7) / 8);
  }
}

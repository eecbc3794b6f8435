package io.redward.cluster.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// Numbers in as many bytes as they need: seven bits each, the lowest first, the sign in the lowest
/// of all.
final class Compact {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private Compact() {}

  static void write(long number, DataOutputStream out) throws IOException {
    long left = number << 1 ^ number >> Long.SIZE - 1;
    while ((left & -MORE) != 0) {
      out.writeByte((int) (left & MORE - 1) | MORE);
      left >>>= BITS;
    }
    out.writeByte((int) left);
  }

  static long readLong(DataInputStream in) throws IOException {
    long number = 0;
    int shift = 0;
    int next = in.readUnsignedByte();
    while (next >= MORE) {
      number |= (long) (next - MORE) << shift;
      shift += BITS;
      if (shift >= Long.SIZE) {
        throw new IOException("a number of more than 64 bits");
      }
      next = in.readUnsignedByte();
    }
    number |= (long) next << shift;
    return number >>> 1 ^ -(number & 1);
  }

  static int readInt(DataInputStream in) throws IOException {
    return Math.toIntExact(readLong(in));
  }

  /// How many elements follow, each of at least one byte.
  static int readCount(DataInputStream in) throws IOException {
    long count = readLong(in);
    if (count < 0 || count > in.available()) {
      throw new IOException(count + " elements");
    }
    return (int) count;
  }

  static void write(byte[] bytes, DataOutputStream out) throws IOException {
    write(bytes.length, out);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[readCount(in)];
    in.readFully(bytes);
    return bytes;
  }
}

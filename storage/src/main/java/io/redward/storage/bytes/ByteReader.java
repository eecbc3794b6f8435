package io.redward.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [ByteWriter] wrote, front to back. Every length is checked against the bytes that are
/// left, so that damaged input ends in a [MalformedBytesException], never in a wrong read or a huge
/// allocation. One thread at a time.
public final class ByteReader {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteReader(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new MalformedBytesException("a part lies outside of its object");
    }
    this.bytes = bytes;
    position = offset;
    end = offset + length;
  }

  public int remaining() {
    return end - position;
  }

  public int position() {
    return position;
  }

  /// The array behind; positions refer to it.
  public byte[] array() {
    return bytes;
  }

  /// Fails unless everything has been read.
  public void expectEnd() {
    if (position != end) {
      throw new MalformedBytesException((end - position) + " bytes too many");
    }
  }

  public int readByte() {
    return bytes[advance(1)] & 0xFF;
  }

  public int readShort() {
    return (short) SHORTS.get(bytes, advance(2)) & 0xFFFF;
  }

  public int readInt() {
    return (int) INTS.get(bytes, advance(4));
  }

  public long readLong() {
    return (long) LONGS.get(bytes, advance(8));
  }

  /// A number of things that each take at least `bytesEach` of the bytes left.
  public int readCount(int bytesEach) {
    int count = readInt();
    if (count < 0 || (long) count * bytesEach > remaining()) {
      throw new MalformedBytesException(
          "a count of " + count + " is more than there are bytes for");
    }
    return count;
  }

  public byte[] readBytes(int length) {
    int from = advance(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /// Passes over `length` bytes and returns where they start.
  public int skip(int length) {
    return advance(length);
  }

  public byte[] readBlob() {
    return readBytes(readInt());
  }

  public String readText() {
    int length = readInt();
    return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
  }

  public int[] readInts(int count) {
    int from = advance(scaled(count, 4));
    int[] values = new int[count];
    ByteBuffer.wrap(bytes, from, count * 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(values);
    return values;
  }

  public long[] readLongs(int count) {
    int from = advance(scaled(count, 8));
    long[] values = new long[count];
    ByteBuffer.wrap(bytes, from, count * 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(values);
    return values;
  }

  public double[] readDoubles(int count) {
    int from = advance(scaled(count, 8));
    double[] values = new double[count];
    ByteBuffer.wrap(bytes, from, count * 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    return values;
  }

  public float[] readFloats(int count) {
    int from = advance(scaled(count, 4));
    float[] values = new float[count];
    ByteBuffer.wrap(bytes, from, count * 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private int scaled(int count, int bytesEach) {
    if (count < 0 || (long) count * bytesEach > remaining()) {
      throw new MalformedBytesException(
          "a count of " + count + " is more than there are bytes for");
    }
    return count * bytesEach;
  }

  private int advance(int length) {
    if (length < 0 || length > end - position) {
      throw new MalformedBytesException("the bytes end early");
    }
    int from = position;
    position += length;
    return from;
  }
}

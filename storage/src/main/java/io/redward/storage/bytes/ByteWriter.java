package io.redward.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Appends values in little-endian order to a byte array that grows. One thread at a time.
public final class ByteWriter {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /// Fills an array of the caller's, which knows how long it will be.
  public ByteWriter(byte[] exact) {
    bytes = exact;
  }

  public int size() {
    return size;
  }

  /// Begins anew in the same array.
  public void clear() {
    size = 0;
  }

  /// The array behind; valid up to `size()` until the next write.
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  public void writeShort(int value) {
    reserve(2);
    SHORTS.set(bytes, size, (short) value);
    size += 2;
  }

  public void writeInt(int value) {
    reserve(4);
    INTS.set(bytes, size, value);
    size += 4;
  }

  public void writeLong(long value) {
    reserve(8);
    LONGS.set(bytes, size, value);
    size += 8;
  }

  /// Overwrites the four bytes at `offset`, written before.
  public void setInt(int offset, int value) {
    INTS.set(bytes, offset, value);
  }

  public void writeBytes(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /// Room for `length` bytes that the caller writes into [#array()] itself.
  ///
  /// @return where they begin
  public int leave(int length) {
    reserve(length);
    int start = size;
    size += length;
    return start;
  }

  /// An `int` length and the bytes.
  public void writeBlob(byte[] value) {
    writeInt(value.length);
    writeBytes(value, 0, value.length);
  }

  /// A blob of UTF-8.
  public void writeText(String value) {
    writeBlob(value.getBytes(StandardCharsets.UTF_8));
  }

  public void writeInts(int[] values, int count) {
    reserve(Math.multiplyExact(count, 4));
    ByteBuffer.wrap(bytes, size, count * 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .put(values, 0, count);
    size += count * 4;
  }

  public void writeLongs(long[] values, int count) {
    reserve(Math.multiplyExact(count, 8));
    ByteBuffer.wrap(bytes, size, count * 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(values, 0, count);
    size += count * 8;
  }

  public void writeDoubles(double[] values, int count) {
    reserve(Math.multiplyExact(count, 8));
    ByteBuffer.wrap(bytes, size, count * 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .put(values, 0, count);
    size += count * 8;
  }

  /// Makes room for `more` bytes in one go.
  public void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      long doubled = Math.min(Integer.MAX_VALUE - 16L, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}

package io.redward.gateway.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array of bytes. Formatters ask for room, write into the array and say how far they
/// came, so that a value costs no object.
public class ByteBuilder {
  private byte[] buffer;
  private int size;

  public ByteBuilder(int capacity) {
    buffer = new byte[capacity];
  }

  /// Room for `bytes` more; returns the buffer, to be written from [#position] on.
  public final byte[] reserve(int bytes) {
    if (buffer.length - size < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
    }
    return buffer;
  }

  public final int position() {
    return size;
  }

  /// Moves on after bytes were written into the reserved room, or back.
  public final void advanceTo(int position) {
    size = position;
  }

  public final void int8(int value) {
    reserve(1)[size++] = (byte) value;
  }

  public final void bytes(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, buffer, size, length);
    size += length;
  }

  /// Appends ASCII characters.
  public final void ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    bytes(bytes, 0, bytes.length);
  }

  /// A copy of what was written.
  public final byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /// What was written from an offset on, as UTF-8 text.
  public final String utf8(int from) {
    return new String(buffer, from, size - from, StandardCharsets.UTF_8);
  }

  /// Forgets all, and gives a buffer over `largest` bytes back.
  protected final void restart(int largest, int capacity) {
    size = 0;
    if (buffer.length > largest) {
      buffer = new byte[capacity];
    }
  }
}

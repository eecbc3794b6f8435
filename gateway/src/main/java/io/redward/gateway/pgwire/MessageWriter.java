package io.redward.gateway.pgwire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Builds backend messages in one buffer and writes it out when it is large or flushed. A message
/// begins with [#begin] and ends with [#end], which fills in its length. Back-pressure is the
/// socket's: a write to a slow reader blocks, and with it the query.
final class MessageWriter {
  private static final int FLUSH_BYTES = 1 << 16;

  private final OutputStream out;
  private byte[] buffer = new byte[FLUSH_BYTES + 4096];
  private int size;
  private int messageStart;

  MessageWriter(OutputStream out) {
    this.out = out;
  }

  void begin(char type) {
    reserve(5);
    buffer[size] = (byte) type;
    messageStart = size;
    size += 5;
  }

  void end() throws IOException {
    setInt32(messageStart + 1, size - messageStart - 1);
    if (size >= FLUSH_BYTES) {
      writeOut();
    }
  }

  void flush() throws IOException {
    writeOut();
    out.flush();
  }

  private void writeOut() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
    if (buffer.length > 16 * FLUSH_BYTES) {
      buffer = new byte[FLUSH_BYTES + 4096];
    }
  }

  /// Forgets the message begun last, after an error while it was built.
  void abandon() {
    size = messageStart;
  }

  /// Room for `bytes` more; returns the buffer, to be written from [#position] on.
  byte[] reserve(int bytes) {
    if (buffer.length - size < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
    }
    return buffer;
  }

  int position() {
    return size;
  }

  /// Moves on after bytes were written into the reserved room.
  void advanceTo(int position) {
    size = position;
  }

  void int8(int value) {
    reserve(1)[size++] = (byte) value;
  }

  void int16(int value) {
    reserve(2);
    buffer[size++] = (byte) (value >> 8);
    buffer[size++] = (byte) value;
  }

  void int32(int value) {
    reserve(4);
    setInt32(size, value);
    size += 4;
  }

  void int64(long value) {
    int32((int) (value >> 32));
    int32((int) value);
  }

  void setInt32(int at, int value) {
    buffer[at] = (byte) (value >> 24);
    buffer[at + 1] = (byte) (value >> 16);
    buffer[at + 2] = (byte) (value >> 8);
    buffer[at + 3] = (byte) value;
  }

  void bytes(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, buffer, size, length);
    size += length;
  }

  /// A zero-terminated UTF-8 string; a zero inside would end it early, so it is cut there.
  void string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    bytes(bytes, 0, length);
    int8(0);
  }
}

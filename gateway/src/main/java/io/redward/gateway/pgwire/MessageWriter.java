package io.redward.gateway.pgwire;

import io.redward.gateway.text.ByteBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Builds backend messages in one buffer and writes it out when it is large or flushed; then the
/// buffer is small again, since most connections do nothing most of the time. A message
/// begins with [#begin] and ends with [#end], which fills in its length. Back-pressure is the
/// socket's: a write to a slow reader blocks, and with it the query.
final class MessageWriter extends ByteBuilder {
  private static final int FLUSH_BYTES = 1 << 16;
  private static final int CAPACITY = FLUSH_BYTES + 4096;

  /// What a connection holds that waits for its client.
  private static final int IDLE_BYTES = 1 << 10;

  private final OutputStream out;
  private int messageStart;

  /// When the write at hand began, 0 if none is.
  private volatile long writingSince;

  MessageWriter(OutputStream out) {
    super(IDLE_BYTES);
    this.out = out;
  }

  void begin(char type) {
    reserve(5)[position()] = (byte) type;
    messageStart = position();
    advanceTo(messageStart + 5);
  }

  void end() throws IOException {
    setInt32(messageStart + 1, position() - messageStart - 1);
    if (position() >= FLUSH_BYTES) {
      writeOut();
      restart(16 * FLUSH_BYTES, CAPACITY);
    }
  }

  void flush() throws IOException {
    writeOut();
    out.flush();
    restart(4 * IDLE_BYTES, IDLE_BYTES);
  }

  /// How long the client has taken nothing of what is being sent; 0 if nothing is. From any thread.
  long stalledNanos(long now) {
    long since = writingSince;
    return since == 0 ? 0 : Math.max(0, now - since);
  }

  private void writeOut() throws IOException {
    writingSince = System.nanoTime() | 1;
    out.write(reserve(0), 0, position());
    writingSince = 0;
  }

  /// Forgets the message begun last, after an error while it was built.
  void abandon() {
    advanceTo(messageStart);
  }

  void int16(int value) {
    int at = position();
    byte[] buffer = reserve(2);
    buffer[at] = (byte) (value >> 8);
    buffer[at + 1] = (byte) value;
    advanceTo(at + 2);
  }

  void int32(int value) {
    reserve(4);
    setInt32(position(), value);
    advanceTo(position() + 4);
  }

  void int64(long value) {
    int32((int) (value >> 32));
    int32((int) value);
  }

  void setInt32(int at, int value) {
    byte[] buffer = reserve(0);
    buffer[at] = (byte) (value >> 24);
    buffer[at + 1] = (byte) (value >> 16);
    buffer[at + 2] = (byte) (value >> 8);
    buffer[at + 3] = (byte) value;
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

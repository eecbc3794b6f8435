package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads frontend messages: a type byte, a four-byte length that counts itself, a body. The body of
/// the current message is read through the typed getters, all of which check bounds.
final class MessageReader {
  private static final int BUFFER_BYTES = 1 << 14;
  private static final int FIRST_CHUNK_BYTES = 1 << 16;

  private final DataInputStream in;
  private final int maxMessageBytes;
  private byte[] body = new byte[1024];
  private int length;
  private int position;

  MessageReader(InputStream in, int maxMessageBytes) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    this.maxMessageBytes = maxMessageBytes;
  }

  /// Reads the next message and returns its type, or -1 at the end of the stream.
  int next() throws IOException {
    int type = in.read();
    if (type < 0) {
      return -1;
    }
    readBody(maxMessageBytes);
    return type;
  }

  /// Whether the next message is known to be a Sync.
  boolean syncFollows() throws IOException {
    if (!in.markSupported() || in.available() < 1) {
      return false;
    }
    in.mark(1);
    int type = in.read();
    in.reset();
    return type == 'S';
  }

  /// Reads a message without a type byte, as a connection begins with.
  void nextStartup() throws IOException {
    readBody(Startup.MAX_STARTUP_BYTES);
  }

  private void readBody(int limit) throws IOException {
    int announced = in.readInt() - 4;
    if (announced < 0 || announced > limit) {
      throw new ProtocolException("invalid message length");
    }
    // Grow as bytes really arrive: a lying length must not make us allocate it.
    int read = 0;
    while (read < announced) {
      int want = Math.min(announced - read, Math.max(FIRST_CHUNK_BYTES, read));
      if (body.length < read + want) {
        body = java.util.Arrays.copyOf(body, read + want);
      }
      int got = in.read(body, read, want);
      if (got < 0) {
        throw new EOFException("connection closed inside a message");
      }
      read += got;
    }
    length = announced;
    position = 0;
  }

  int remaining() {
    return length - position;
  }

  byte int8() {
    need(1);
    return body[position++];
  }

  int int16() {
    need(2);
    int value = (short) ((body[position] & 0xFF) << 8 | body[position + 1] & 0xFF);
    position += 2;
    return value;
  }

  int int32() {
    need(4);
    int value =
        (body[position] & 0xFF) << 24
            | (body[position + 1] & 0xFF) << 16
            | (body[position + 2] & 0xFF) << 8
            | body[position + 3] & 0xFF;
    position += 4;
    return value;
  }

  byte[] bytes(int count) {
    need(count);
    byte[] bytes = java.util.Arrays.copyOfRange(body, position, position + count);
    position += count;
    return bytes;
  }

  /// A zero-terminated UTF-8 string.
  String string() {
    int end = position;
    while (end < length && body[end] != 0) {
      end++;
    }
    if (end == length) {
      throw malformed("invalid string in message");
    }
    String value = decode(position, end - position);
    position = end + 1;
    return value;
  }

  /// Checks that the message has been read to its end.
  void end() {
    if (position != length) {
      throw malformed("invalid message format");
    }
  }

  private String decode(int offset, int count) {
    return decode(body, offset, count);
  }

  /// A text that comes as bytes of UTF-8.
  static String decode(byte[] bytes, int offset, int count) {
    int end = offset;
    while (end < offset + count && bytes[end] >= 0) {
      end++;
    }
    if (end == offset + count) {
      return new String(bytes, offset, count, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(java.nio.ByteBuffer.wrap(bytes, offset, count))
          .toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new SqlException(
          SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\"", e);
    }
  }

  private void need(int count) {
    if (count < 0 || length - position < count) {
      throw malformed("insufficient data left in message");
    }
  }

  private static SqlException malformed(String message) {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, message);
  }
}

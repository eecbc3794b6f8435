package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads frontend messages: a type byte, a four-byte length that counts itself, a body. The body of
/// the current message is read through the typed getters, all of which check bounds. It is read
/// where it was received, together with those that came with it.
final class MessageReader {
  private static final int BUFFER_BYTES = 1 << 13;

  /// What a connection begins with, and stays with while its messages are short.
  private static final int SMALL_BYTES = 1 << 9;

  /// A buffer that has grown beyond is given back.
  private static final int LARGE_BYTES = 1 << 20;

  private static final int LENGTH_BYTES = 4;

  private final InputStream in;
  private final int maxMessageBytes;
  private byte[] body = new byte[SMALL_BYTES];

  /// The end of what has been received.
  private int received;

  /// The end of the current message.
  private int end;

  private int position;

  MessageReader(InputStream in, int maxMessageBytes) {
    this.in = in;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// Reads the next message and returns its type, or -1 at the end of the stream.
  int next() throws IOException {
    leave();
    if (!receive(1)) {
      return -1;
    }
    int type = body[position++] & 0xFF;
    readBody(maxMessageBytes);
    return type;
  }

  /// Whether the next message is known to be a Sync.
  boolean syncFollows() throws IOException {
    if (end == received && (in.available() < 1 || !receive(end - position + 1))) {
      return false;
    }
    return body[end] == 'S';
  }

  /// Reads a message without a type byte, as a connection begins with.
  void nextStartup() throws IOException {
    leave();
    readBody(Startup.MAX_STARTUP_BYTES);
  }

  /// Passes over what is left of the current message.
  private void leave() {
    position = end;
    if (position == received) {
      if (received == body.length && body.length < BUFFER_BYTES) {
        body = new byte[BUFFER_BYTES];
      }
      position = 0;
      received = 0;
      end = 0;
      if (body.length > LARGE_BYTES) {
        body = new byte[BUFFER_BYTES];
      }
    }
  }

  private void readBody(int limit) throws IOException {
    require(LENGTH_BYTES);
    end = position + LENGTH_BYTES;
    int announced = int32() - LENGTH_BYTES;
    if (announced < 0 || announced > limit) {
      throw new ProtocolException("invalid message length");
    }
    require(announced);
    end = position + announced;
  }

  private void require(int count) throws IOException {
    if (!receive(count)) {
      throw new EOFException("connection closed inside a message");
    }
  }

  /// Has so many bytes from `position` on received; false if the stream ends before. The buffer
  /// grows as bytes really arrive: a lying length must not make us allocate it.
  private boolean receive(int count) throws IOException {
    while (received - position < count) {
      if (received == body.length) {
        makeRoom(count);
      }
      int got = in.read(body, received, body.length - received);
      if (got < 0) {
        return false;
      }
      received += got;
    }
    return true;
  }

  private void makeRoom(int count) {
    if (position > 0) {
      System.arraycopy(body, position, body, 0, received - position);
      received -= position;
      end -= position;
      position = 0;
    } else {
      long doubled = Math.min(2L * body.length, Math.max(count, body.length + 1));
      body = Arrays.copyOf(body, Math.max(BUFFER_BYTES, (int) doubled));
    }
  }

  int remaining() {
    return end - position;
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
    byte[] bytes = Arrays.copyOfRange(body, position, position + count);
    position += count;
    return bytes;
  }

  /// A zero-terminated UTF-8 string.
  String string() {
    int zero = position;
    while (zero < end && body[zero] != 0) {
      zero++;
    }
    if (zero == end) {
      throw malformed("invalid string in message");
    }
    String value = decode(body, position, zero - position);
    position = zero + 1;
    return value;
  }

  /// Checks that the message has been read to its end.
  void end() {
    if (position != end) {
      throw malformed("invalid message format");
    }
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
    if (count < 0 || end - position < count) {
      throw malformed("insufficient data left in message");
    }
  }

  private static SqlException malformed(String message) {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, message);
  }
}

package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.Arrays;

/// Big-endian reads from one binary parameter, all checked against its length.
final class MessageBytes {
  private final byte[] bytes;
  private int position;

  MessageBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  int int8() {
    return (int) read(1);
  }

  int int16() {
    return (int) read(2);
  }

  int int32() {
    return (int) read(4);
  }

  long int64() {
    return read(8);
  }

  /// All bytes as one signed integer of 1, 2, 4 or 8 bytes.
  long integer() {
    int length = bytes.length - position;
    if (length != 1 && length != 2 && length != 4 && length != 8) {
      throw incorrect();
    }
    return read(length);
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
    position = bytes.length;
    return rest;
  }

  void end() {
    if (position != bytes.length) {
      throw incorrect();
    }
  }

  private long read(int count) {
    if (bytes.length - position < count) {
      throw incorrect();
    }
    long value = bytes[position++];
    for (int i = 1; i < count; i++) {
      value = value << 8 | bytes[position++] & 0xFF;
    }
    return value;
  }

  private static SqlException incorrect() {
    return new SqlException(
        SqlState.PROTOCOL_VIOLATION, "incorrect binary data format in bind parameter");
  }
}

package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A message of Protocol Buffers, field after field: call [#next] and then what reads the field.
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int wire;

  ProtoReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// The number of the next field, or 0 at the end.
  int next() {
    if (at >= end) {
      return 0;
    }
    long tag = varint();
    wire = (int) tag & 7;
    return (int) (tag >>> 3);
  }

  long number() {
    require(VARINT);
    return varint();
  }

  int count() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedFile("a count is out of range");
    }
    return (int) value;
  }

  String text() {
    ProtoReader part = message();
    return new String(part.bytes, part.at, part.end - part.at, StandardCharsets.UTF_8);
  }

  ProtoReader message() {
    require(BYTES);
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new MalformedFile("its footer is cut off");
    }
    ProtoReader part = new ProtoReader(bytes, at, at + (int) length);
    at += (int) length;
    return part;
  }

  /// Numbers that are packed or come one by one.
  List<Integer> counts() {
    if (wire == VARINT) {
      return List.of(count());
    }
    ProtoReader part = message();
    List<Integer> counts = new ArrayList<>();
    while (part.at < part.end) {
      counts.add((int) part.varint());
    }
    return counts;
  }

  void skip() {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> at += 8;
      case BYTES -> message();
      case FIXED32 -> at += 4;
      default -> throw new MalformedFile("its footer cannot be read");
    }
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  private void require(int expected) {
    if (wire != expected) {
      throw new MalformedFile("its footer cannot be read");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw new MalformedFile("its footer is cut off");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedFile("an integer is longer than 64 bits");
  }
}

package io.redward.storage.objectstore.s3;

import java.io.InputStream;
import java.util.List;

/// A range of the concatenation of byte arrays, as a stream.
final class PartsInputStream extends InputStream {
  private final List<byte[]> parts;
  private long left;
  private int part;
  private int at;

  PartsInputStream(List<byte[]> parts, long from, long length) {
    this.parts = parts;
    left = length;
    long skipped = from;
    while (part < parts.size() && skipped >= parts.get(part).length) {
      skipped -= parts.get(part++).length;
    }
    at = (int) skipped;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    while (at == parts.get(part).length) {
      part++;
      at = 0;
    }
    byte[] source = parts.get(part);
    int count = (int) Math.min(Math.min(length, source.length - at), left);
    System.arraycopy(source, at, target, offset, count);
    at += count;
    left -= count;
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}

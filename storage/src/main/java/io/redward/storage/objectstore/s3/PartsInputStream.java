package io.redward.storage.objectstore.s3;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/// A range of the concatenation of byte arrays, as a stream. Asks the list for each array once, as
/// it may be made for the asking.
final class PartsInputStream extends InputStream {
  private final Iterator<byte[]> parts;
  private byte[] part = new byte[0];
  private long left;
  private int at;

  PartsInputStream(List<byte[]> parts, long from, long length) {
    this.parts = parts.iterator();
    left = length;
    long skipped = from;
    while (this.parts.hasNext() && skipped >= part.length) {
      skipped -= part.length;
      part = this.parts.next();
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
    while (at == part.length) {
      part = parts.next();
      at = 0;
    }
    int count = (int) Math.min(Math.min(length, part.length - at), left);
    System.arraycopy(part, at, target, offset, count);
    at += count;
    left -= count;
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}

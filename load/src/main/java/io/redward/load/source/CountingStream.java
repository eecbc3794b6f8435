package io.redward.load.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reports how many bytes have been read, for progress.
final class CountingStream extends FilterInputStream {
  /// Hears of bytes read.
  @FunctionalInterface
  interface Counter {
    void add(long bytes);
  }

  private final Counter counter;

  CountingStream(InputStream in, Counter counter) {
    super(in);
    this.counter = counter;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      counter.add(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      counter.add(count);
    }
    return count;
  }
}

package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;
import java.util.Arrays;

/// Reads the hybrid of run-length and bit-packed runs that levels, dictionary indices and booleans
/// are written in.
final class RunLengthReader {
  private final ByteReader in;
  private final int width;
  private boolean packed;
  private long left;
  private int repeated;
  private long bit;

  RunLengthReader(ByteReader in, int width) {
    if (width > 32) {
      throw new MalformedFile("a bit width of " + width);
    }
    this.in = in;
    this.width = width;
  }

  void read(int[] out, int count) {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        nextRun();
        continue;
      }
      int step = (int) Math.min(left, count - done);
      if (packed) {
        unpack(out, done, step);
      } else {
        Arrays.fill(out, done, done + step, repeated);
      }
      left -= step;
      done += step;
    }
  }

  private void unpack(int[] out, int from, int count) {
    byte[] bytes = in.bytes;
    int end = in.end;
    long position = bit;
    for (int i = from; i < from + count; i++) {
      out[i] = (int) ByteReader.bits(bytes, end, position, width);
      position += width;
    }
    bit = position;
  }

  private void nextRun() {
    int header = in.count();
    packed = (header & 1) != 0;
    if (packed) {
      int groups = header >>> 1;
      left = groups * 8L;
      bit = (long) in.at << 3;
      // The last group of a page may lack the bytes that would only be padding.
      in.at += (int) Math.min((long) groups * width, in.remaining());
      return;
    }
    int repeats = header >>> 1;
    left = repeats;
    int value = 0;
    for (int i = 0; i < (width + 7) / 8; i++) {
      value |= in.unsignedByte() << i * 8;
    }
    repeated = value;
  }
}

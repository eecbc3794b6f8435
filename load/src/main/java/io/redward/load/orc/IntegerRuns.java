package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import java.util.Arrays;

/// Integers in runs, of the first or the second version.
final class IntegerRuns {
  private static final int LONGEST_RUN = 512;
  private static final int LEAST_REPEAT = 3;
  private static final int[] WIDTHS = {26, 28, 30, 32, 40, 48, 56, 64};

  private final OrcBytes in;
  private final boolean signed;
  private final boolean second;
  private final long[] run = new long[LONGEST_RUN];
  private int count;
  private int at;

  /// @param signed values are in zigzag
  /// @param second of the second version
  IntegerRuns(OrcBytes in, boolean signed, boolean second) {
    this.in = in;
    this.signed = signed;
    this.second = second;
  }

  long next() {
    if (at == count) {
      at = 0;
      if (second) {
        nextRun2();
      } else {
        nextRun1();
      }
    }
    return run[at++];
  }

  void read(long[] out, int wanted) {
    for (int i = 0; i < wanted; i++) {
      out[i] = next();
    }
  }

  private long varint() {
    long value = in.varint();
    return signed ? OrcBytes.unzigzag(value) : value;
  }

  private void nextRun1() {
    byte control = (byte) in.unsignedByte();
    if (control >= 0) {
      count = control + LEAST_REPEAT;
      byte delta = (byte) in.unsignedByte();
      long value = varint();
      for (int i = 0; i < count; i++) {
        run[i] = value + (long) i * delta;
      }
      return;
    }
    count = -control;
    for (int i = 0; i < count; i++) {
      run[i] = varint();
    }
  }

  private void nextRun2() {
    int head = in.unsignedByte();
    switch (head >> 6) {
      case 0 -> {
        count = (head & 7) + LEAST_REPEAT;
        long value = in.bigEndian((head >> 3 & 7) + 1);
        Arrays.fill(run, 0, count, signed ? OrcBytes.unzigzag(value) : value);
      }
      case 1 -> {
        count = length(head);
        in.packed(run, 0, count, width(head >> 1 & 31));
        for (int i = 0; signed && i < count; i++) {
          run[i] = OrcBytes.unzigzag(run[i]);
        }
      }
      case 2 -> patched(head);
      default -> deltas(head);
    }
  }

  private int length(int head) {
    return ((head & 1) << 8 | in.unsignedByte()) + 1;
  }

  /// The bits that a code of five bits stands for.
  private static int width(int code) {
    return code < 24 ? code + 1 : WIDTHS[code - 24];
  }

  /// Small values, and the high bits of the few that are greater.
  private void patched(int head) {
    count = length(head);
    int width = width(head >> 1 & 31);
    int third = in.unsignedByte();
    int fourth = in.unsignedByte();
    int baseBytes = (third >> 5) + 1;
    int patchWidth = width(third & 31);
    int gapWidth = (fourth >> 5) + 1;
    int patches = fourth & 31;
    long sign = 1L << baseBytes * 8 - 1;
    long base = in.bigEndian(baseBytes);
    base = (base & sign) == 0 ? base : -(base & ~sign);
    in.packed(run, 0, count, width);
    if (gapWidth + patchWidth > 64) {
      throw new MalformedFile("a run's patches are too wide");
    }
    long[] list = new long[patches];
    in.packed(list, 0, patches, fixed(gapWidth + patchWidth));
    int place = 0;
    for (long entry : list) {
      long patch = patchWidth == 64 ? entry : entry & (1L << patchWidth) - 1;
      place += (int) (entry >>> patchWidth);
      if (patch != 0) {
        if (place >= count) {
          throw new MalformedFile("a run's patch lies outside of it");
        }
        run[place] |= patch << width;
      }
    }
    for (int i = 0; i < count; i++) {
      run[i] += base;
    }
  }

  /// The width that so many bits are written in.
  private static int fixed(int bits) {
    if (bits <= 24) {
      return bits;
    }
    for (int width : WIDTHS) {
      if (bits <= width) {
        return width;
      }
    }
    return 64;
  }

  private void deltas(int head) {
    int code = head >> 1 & 31;
    count = length(head);
    run[0] = varint();
    long delta = OrcBytes.unzigzag(in.varint());
    if (count > 1) {
      run[1] = run[0] + delta;
    }
    if (count > 2 && code != 0) {
      in.packed(run, 2, count - 2, width(code));
    }
    for (int i = 2; i < count; i++) {
      long step = code == 0 ? delta : delta < 0 ? -run[i] : run[i];
      run[i] = run[i - 1] + step;
    }
  }
}

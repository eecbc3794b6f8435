package io.redward.load.orc;

/// Bytes in runs, and bits in them.
final class ByteRuns {
  private static final int LEAST_REPEAT = 3;

  private final OrcBytes in;
  private int left;
  private boolean repeats;
  private int repeated;
  private int bits;
  private int bitsLeft;

  ByteRuns(OrcBytes in) {
    this.in = in;
  }

  /// The next byte, from -128 to 127.
  int next() {
    if (left == 0) {
      byte control = (byte) in.unsignedByte();
      repeats = control >= 0;
      left = repeats ? control + LEAST_REPEAT : -control;
      repeated = repeats ? in.unsignedByte() : 0;
    }
    left--;
    return (byte) (repeats ? repeated : in.unsignedByte());
  }

  boolean nextBit() {
    if (bitsLeft == 0) {
      bits = next();
      bitsLeft = 8;
    }
    bitsLeft--;
    return (bits >> bitsLeft & 1) != 0;
  }
}

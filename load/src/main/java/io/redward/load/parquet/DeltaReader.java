package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;

/// Reads integers in DELTA_BINARY_PACKED: blocks of bit-packed differences.
final class DeltaReader {
  private final ByteReader in;
  private final int blocksOfMini;
  private final int valuesOfMini;
  private final int total;
  private final byte[] widths;
  private int left;
  private long value;
  private boolean first = true;
  private long minimum;
  private int mini;
  private int leftInMini;
  private int width;
  private long bit;

  DeltaReader(ByteReader in) {
    this.in = in;
    int block = in.count();
    this.blocksOfMini = in.count();
    this.total = in.count();
    this.value = in.zigzag();
    if (blocksOfMini == 0 || block == 0 || block % blocksOfMini != 0) {
      throw new MalformedFile("a block of " + block + " deltas in " + blocksOfMini + " parts");
    }
    this.valuesOfMini = block / blocksOfMini;
    if (valuesOfMini % 8 != 0) {
      throw new MalformedFile("a part of " + valuesOfMini + " deltas");
    }
    if (total > 1) {
      in.require(blocksOfMini);
    }
    this.widths = new byte[total > 1 ? blocksOfMini : 0];
    this.mini = blocksOfMini;
    this.left = total;
  }

  int total() {
    return total;
  }

  void read(long[] out, int count) {
    if (count > left) {
      throw new MalformedFile("fewer values than the page's header says");
    }
    for (int i = 0; i < count; i++) {
      if (first) {
        first = false;
      } else {
        if (leftInMini == 0) {
          nextMini();
        }
        value += minimum + ByteReader.bits(in.bytes, in.end, bit, width);
        bit += width;
        leftInMini--;
      }
      out[i] = value;
    }
    left -= count;
  }

  private void nextMini() {
    if (mini == blocksOfMini) {
      minimum = in.zigzag();
      in.require(blocksOfMini);
      System.arraycopy(in.bytes, in.at, widths, 0, blocksOfMini);
      in.at += blocksOfMini;
      mini = 0;
    }
    width = widths[mini++] & 0xFF;
    if (width > 64) {
      throw new MalformedFile("a bit width of " + width);
    }
    long size = (long) valuesOfMini * width / 8;
    in.require(size);
    bit = (long) in.at << 3;
    in.at += (int) size;
    leftInMini = valuesOfMini;
  }
}

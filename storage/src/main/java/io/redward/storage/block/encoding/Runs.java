package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Arrays;

/// Where runs of equal values end. Bytes: `int` count, `int` ends, then the values.
final class Runs {
  private Runs() {}

  static int count(long[] values, int rowCount) {
    int runs = 1;
    for (int i = 1; i < rowCount; i++) {
      runs += values[i] != values[i - 1] ? 1 : 0;
    }
    return runs;
  }

  static int[] ends(long[] values, int rowCount, int runs) {
    int[] ends = new int[runs];
    int run = 0;
    for (int i = 1; i < rowCount; i++) {
      if (values[i] != values[i - 1]) {
        ends[run++] = i;
      }
    }
    ends[run] = rowCount;
    return ends;
  }

  static void writeEnds(ByteWriter out, int[] ends) {
    out.writeInt(ends.length);
    out.writeInts(ends, ends.length);
  }

  static int[] readEnds(ByteReader in, int rowCount) {
    int[] ends = in.readInts(in.readCount(4));
    int before = 0;
    for (int end : ends) {
      if (end <= before) {
        throw new MalformedBytesException("a run ends before it starts");
      }
      before = end;
    }
    if (before != rowCount) {
      throw new MalformedBytesException("runs of " + before + " rows in a block of " + rowCount);
    }
    return ends;
  }

  /// The run that holds `row`.
  static int find(int[] ends, int row) {
    int found = Arrays.binarySearch(ends, row);
    return found >= 0 ? found + 1 : -found - 1;
  }
}

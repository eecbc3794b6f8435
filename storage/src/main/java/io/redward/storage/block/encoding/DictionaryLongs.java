package io.redward.storage.block.encoding;

import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;

/// Codes into distinct 8-byte integers.
record DictionaryLongs(long[] entries, IntBody codes)
    implements LongBody, DictionaryBody, RangeBody {
  private static final int STRIDE = 1024;

  @Override
  public long heldBytes() {
    return entries.length * 8L + codes.heldBytes();
  }

  @Override
  public void decode(int from, int count, long[] out) {
    int[] decoded = new int[Math.min(STRIDE, count)];
    long[] table = entries;
    for (int at = 0; at < count; at += STRIDE) {
      int run = Math.min(STRIDE, count - at);
      codes.decode(from + at, run, decoded);
      for (int i = 0; i < run; i++) {
        out[at + i] = table[decoded[i]];
      }
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, long[] out) {
    int[] decoded = new int[Spans.of(selection, selectedCount)];
    codes.decodeSelected(from, selection, selectedCount, decoded);
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = entries[decoded[selection[i]]];
    }
  }

  @Override
  public int dictionarySize() {
    return entries.length;
  }

  @Override
  public void decodeDictionary(Vector out) {
    System.arraycopy(entries, 0, ((LongVector) out).values, 0, entries.length);
  }

  @Override
  public void decodeCodes(int from, int count, int[] out) {
    codes.decode(from, count, out);
  }

  /// The entries ascend, so that a range of values is one of codes.
  @Override
  public int select(int from, int count, long low, long high, int[] selection) {
    if (!(codes instanceof RangeBody packed)) {
      return -1;
    }
    int first = 0;
    while (first < entries.length && entries[first] < low) {
      first++;
    }
    int last = first;
    while (last < entries.length && entries[last] <= high) {
      last++;
    }
    return first == last ? 0 : packed.select(from, count, first, last - 1L, selection);
  }
}

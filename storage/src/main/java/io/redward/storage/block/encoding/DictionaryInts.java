package io.redward.storage.block.encoding;

import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.Vector;

/// Codes into distinct 4-byte integers.
record DictionaryInts(int[] entries, IntBody codes) implements IntBody, DictionaryBody, RangeBody {
  @Override
  public long heldBytes() {
    return entries.length * 4L + codes.heldBytes();
  }

  @Override
  public void decode(int from, int count, int[] out) {
    codes.decode(from, count, out);
    int[] table = entries;
    for (int i = 0; i < count; i++) {
      out[i] = table[out[i]];
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, int[] out) {
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
    System.arraycopy(entries, 0, ((IntVector) out).values, 0, entries.length);
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

package io.redward.storage.block.encoding;

import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Vector;

/// Codes into distinct doubles.
record DictionaryDoubles(double[] entries, IntBody codes) implements DoubleBody, DictionaryBody {
  private static final int STRIDE = 1024;

  @Override
  public long heldBytes() {
    return entries.length * 8L + codes.heldBytes();
  }

  @Override
  public void decode(int from, int count, double[] out) {
    int[] decoded = new int[Math.min(STRIDE, count)];
    double[] table = entries;
    for (int at = 0; at < count; at += STRIDE) {
      int run = Math.min(STRIDE, count - at);
      codes.decode(from + at, run, decoded);
      for (int i = 0; i < run; i++) {
        out[at + i] = table[decoded[i]];
      }
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
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
    System.arraycopy(entries, 0, ((DoubleVector) out).values, 0, entries.length);
  }

  @Override
  public void decodeCodes(int from, int count, int[] out) {
    codes.decode(from, count, out);
  }
}

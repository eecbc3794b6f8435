package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;

/// Codes into distinct strings.
record DictionaryBytes(StringBytes entries, IntBody codes) implements BytesBody, DictionaryBody {
  private static final int STRIDE = 1024;

  @Override
  public long heldBytes() {
    return entries.heldBytes() + codes.heldBytes();
  }

  @Override
  public byte[][] pages() {
    return entries.pages();
  }

  @Override
  public void decode(int from, int count, long[] out) {
    int[] decoded = new int[Math.min(STRIDE, count)];
    long[] table = entries.views();
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
    long[] table = entries.views();
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = table[decoded[selection[i]]];
    }
  }

  @Override
  public int dictionarySize() {
    return entries.views().length;
  }

  @Override
  public void decodeDictionary(Vector out) {
    BytesVector bytes = (BytesVector) out;
    System.arraycopy(entries.views(), 0, bytes.views, 0, entries.views().length);
    bytes.pages = entries.pages();
  }

  @Override
  public void decodeCodes(int from, int count, int[] out) {
    codes.decode(from, count, out);
  }
}

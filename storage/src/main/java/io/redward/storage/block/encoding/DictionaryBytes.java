package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import java.util.Arrays;

/// Codes into distinct strings.
///
/// @param table the entries' views, padded to a power of two, so that masking a code proves it to
///     be in bounds
record DictionaryBytes(StringBytes entries, long[] table, IntBody codes)
    implements BytesBody, DictionaryBody {
  private static final int STRIDE = 1024;

  DictionaryBytes(StringBytes entries, IntBody codes) {
    this(entries, padded(entries.views()), codes);
  }

  @Override
  public long heldBytes() {
    return entries.heldBytes() + table.length * 8L + codes.heldBytes();
  }

  private static long[] padded(long[] views) {
    int slots = Integer.highestOneBit(Math.max(1, views.length * 2 - 1));
    return Arrays.copyOf(views, slots);
  }

  @Override
  public byte[][] pages() {
    return entries.pages();
  }

  @Override
  public void decode(int from, int count, long[] out) {
    int[] decoded = new int[Math.min(STRIDE, count)];
    for (int at = 0; at < count; at += STRIDE) {
      int run = Math.min(STRIDE, count - at);
      codes.decode(from + at, run, decoded);
      lookUp(table, decoded, run, out, at);
    }
  }

  @Override
  public int decode(int from, int count, long[] views, int[] out) {
    codes.decode(from, count, out);
    lookUp(table, out, count, views, 0);
    return entries.views().length;
  }

  private static void lookUp(long[] table, int[] codes, int count, long[] out, int to) {
    for (int i = 0; i < count; i++) {
      out[to + i] = table[codes[i] & table.length - 1];
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, long[] out) {
    int[] decoded = new int[Spans.of(selection, selectedCount)];
    codes.decodeSelected(from, selection, selectedCount, decoded);
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = table[decoded[selection[i]] & table.length - 1];
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

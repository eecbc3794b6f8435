package io.redward.storage.block;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.encoding.Body;
import io.redward.storage.block.encoding.BytesBody;
import io.redward.storage.block.encoding.DictionaryBody;
import io.redward.storage.block.encoding.DoubleBody;
import io.redward.storage.block.encoding.IntBody;
import io.redward.storage.block.encoding.LongBody;
import io.redward.storage.block.encoding.RangeBody;
import io.redward.storage.block.encoding.WideBody;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowSpan;

/// A block as the cache keeps it: a body and, if any row is null, validity words.
final class StoredBlock implements Block {
  private static final int OVERHEAD_BYTES = 128;

  private final int rowCount;
  private final long[] validity;
  private final Body body;

  StoredBlock(int rowCount, long[] validity, Body body) {
    this.rowCount = rowCount;
    this.validity = validity;
    this.body = body;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public boolean hasNulls() {
    return validity.length > 0;
  }

  @Override
  public void decode(int from, int count, Vector out) {
    switch (body) {
      case IntBody ints -> ints.decode(from, count, ((IntVector) out).values);
      case LongBody longs -> longs.decode(from, count, ((LongVector) out).values);
      case DoubleBody doubles -> doubles.decode(from, count, ((DoubleVector) out).values);
      case WideBody wide ->
          wide.decode(from, count, ((Int128Vector) out).high, ((Int128Vector) out).low);
      case BytesBody bytes -> {
        BytesVector target = (BytesVector) out;
        if (target.wantsCodes()) {
          target.codeCount = bytes.decode(from, count, target.views, target.codes);
        } else {
          bytes.decode(from, count, target.views);
        }
        target.pages = bytes.pages();
      }
    }
    decodeValidity(from, count, out);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, Vector out) {
    switch (body) {
      case IntBody ints ->
          ints.decodeSelected(from, selection, selectedCount, ((IntVector) out).values);
      case LongBody longs ->
          longs.decodeSelected(from, selection, selectedCount, ((LongVector) out).values);
      case DoubleBody doubles ->
          doubles.decodeSelected(from, selection, selectedCount, ((DoubleVector) out).values);
      case WideBody wide ->
          wide.decodeSelected(
              from, selection, selectedCount, ((Int128Vector) out).high, ((Int128Vector) out).low);
      case BytesBody bytes -> {
        BytesVector target = (BytesVector) out;
        target.codeCount = 0;
        bytes.decodeSelected(from, selection, selectedCount, target.views);
        target.pages = bytes.pages();
      }
    }
    if (selectedCount > 0) {
      decodeValidity(from, selection[selectedCount - 1] + 1, out);
    } else {
      out.hasNulls = false;
    }
  }

  @Override
  public int selectBetween(int from, int count, long low, long high, int[] selection) {
    if (!(body instanceof RangeBody ranges)) {
      return -1;
    }
    int found = ranges.select(from, count, low, high, selection);
    return validity.length == 0 || found <= 0 ? found : keepPresent(from, selection, found);
  }

  @Override
  public RowSpan spanBetween(long low, long high) {
    RowSpan all = new RowSpan(0, rowCount);
    return body instanceof RangeBody ranges ? ranges.span(low, high, all) : all;
  }

  @Override
  public int keepPresent(int from, int[] selection, int count) {
    if (validity.length == 0) {
      return count;
    }
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = from + selection[i];
      selection[n] = selection[i];
      n += (int) (validity[row >> 6] >>> row & 1);
    }
    return n;
  }

  @Override
  public int dictionarySize() {
    return body instanceof DictionaryBody dictionary ? dictionary.dictionarySize() : 0;
  }

  @Override
  public void decodeDictionary(Vector out) {
    dictionary().decodeDictionary(out);
    out.hasNulls = false;
  }

  @Override
  public void decodeCodes(int from, int count, int[] codes) {
    dictionary().decodeCodes(from, count, codes);
  }

  @Override
  public long heldBytes() {
    return OVERHEAD_BYTES + validity.length * 8L + body.heldBytes();
  }

  private DictionaryBody dictionary() {
    if (body instanceof DictionaryBody dictionary) {
      return dictionary;
    }
    throw new IllegalStateException("the block has no dictionary");
  }

  private void decodeValidity(int from, int count, Vector out) {
    if (validity.length == 0) {
      out.hasNulls = false;
      return;
    }
    int words = count + 63 >> 6;
    int first = from >> 6;
    int shift = from & 63;
    long all = -1L;
    for (int i = 0; i < words; i++) {
      long word = validity[first + i] >>> shift;
      if (shift != 0 && first + i + 1 < validity.length) {
        word |= validity[first + i + 1] << 64 - shift;
      }
      out.validity[i] = word;
      int rows = Math.min(64, count - (i << 6));
      all &= word | ~(-1L >>> 64 - rows);
    }
    out.hasNulls = all != -1L;
  }
}

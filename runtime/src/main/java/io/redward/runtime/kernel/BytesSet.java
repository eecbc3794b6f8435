package io.redward.runtime.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An immutable set of strings for IN lists, trailing blanks left out: an open-addressing table, at
/// most half full.
public final class BytesSet {
  private final byte[] @Nullable [] table;
  private final int minLength;

  private BytesSet(byte[] @Nullable [] table, int minLength) {
    this.table = table;
    this.minLength = minLength;
  }

  public static BytesSet of(List<byte[]> members) {
    int slots = Integer.highestOneBit(Math.max(1, members.size())) * 4;
    byte[] @Nullable [] table = new byte[slots][];
    int minLength = Integer.MAX_VALUE;
    for (byte[] member : members) {
      byte[] trimmed = BytesOrder.trimmed(member);
      minLength = Math.min(minLength, trimmed.length);
      int slot = slot(trimmed, 0, trimmed.length, slots - 1);
      while (table[slot] != null) {
        slot = slot + 1 & slots - 1;
      }
      table[slot] = trimmed;
    }
    return new BytesSet(table, minLength);
  }

  public boolean contains(byte[] page, int offset, int length) {
    if (length < minLength) {
      return false;
    }
    int mask = table.length - 1;
    int slot = slot(page, offset, length, mask);
    byte[] held = table[slot];
    while (held != null) {
      if (BytesOrder.equalsTrimmed(page, offset, length, held)) {
        return true;
      }
      slot = slot + 1 & mask;
      held = table[slot];
    }
    return false;
  }

  private static int slot(byte[] page, int offset, int length, int mask) {
    return BytesOrder.hash(page, offset, length) >>> 8 & mask;
  }
}

package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.runtime.kernel.BytesOrder;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.StringKeys;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// Distinct strings, trailing blanks not counting; only their number can be asked for.
final class DistinctBytes extends Collector {
  private static final int FIRST_SLOTS = 8;
  private static final int OBJECT_BYTES = 24;

  private final MemoryBudget budget;
  private byte[][] slots = new byte[FIRST_SLOTS][];
  private long[] hashes = new long[FIRST_SLOTS];
  private int size;
  private long reserved;

  DistinctBytes(MemoryBudget budget) {
    this.budget = budget;
    reserve(FIRST_SLOTS * 16L);
  }

  private void reserve(long bytes) {
    budget.reserve(bytes);
    reserved += bytes;
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    out.writeInt(size);
    for (byte[] value : slots) {
      if (value != null) {
        out.writeInt(value.length);
        out.write(value);
      }
    }
  }

  @Override
  void read(DataInputStream in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      byte[] value = in.readNBytes(in.readInt());
      add(value, 0, value.length);
    }
  }

  @Override
  void close() {
    budget.release(reserved);
    reserved = 0;
    slots = new byte[0][];
  }

  @Override
  public void add(byte[] page, int offset, int length) {
    int trimmed = BytesOrder.trimmedLength(page, offset, length);
    long hash = Hashes.finish(StringKeys.hashWord(page, offset, length));
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != null) {
      byte[] kept = slots[slot];
      if (hashes[slot] == hash
          && Arrays.equals(kept, 0, kept.length, page, offset, offset + trimmed)) {
        return;
      }
      slot = slot + 1 & slots.length - 1;
    }
    reserve(OBJECT_BYTES + trimmed);
    slots[slot] = Arrays.copyOfRange(page, offset, offset + trimmed);
    hashes[slot] = hash;
    if (++size * 2 > slots.length) {
      grow();
    }
  }

  private void grow() {
    byte[][] oldSlots = slots;
    long[] oldHashes = hashes;
    reserve(16L * oldSlots.length);
    slots = new byte[oldSlots.length * 2][];
    hashes = new long[slots.length];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != null) {
        int slot = (int) oldHashes[i] & slots.length - 1;
        while (slots[slot] != null) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = oldSlots[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  @Override
  void merge(Collector other) {
    for (byte[] value : ((DistinctBytes) other).slots) {
      if (value != null) {
        add(value, 0, value.length);
      }
    }
  }

  @Override
  void finish(ResultWriter result) {
    result.words(size, 0);
  }
}

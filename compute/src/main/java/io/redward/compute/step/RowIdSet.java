package io.redward.compute.step;

import java.util.Arrays;

/// A growing set of row ids. Ids are never negative; free slots hold -1.
final class RowIdSet {
  private long[] slots = emptySlots(1 << 10);
  private int size;

  /// False if the id was there already.
  boolean add(long id) {
    if (2 * size >= slots.length) {
      grow();
    }
    int slot = find(slots, id);
    if (slots[slot] == id) {
      return false;
    }
    slots[slot] = id;
    size++;
    return true;
  }

  /// The ids in ascending order.
  long[] toArray() {
    long[] ids = Arrays.stream(slots).filter(id -> id >= 0).toArray();
    Arrays.sort(ids);
    return ids;
  }

  private void grow() {
    long[] larger = emptySlots(slots.length * 2);
    for (long id : slots) {
      if (id >= 0) {
        larger[find(larger, id)] = id;
      }
    }
    slots = larger;
  }

  private static int find(long[] slots, long id) {
    int mask = slots.length - 1;
    int slot = (int) (id * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
    while (slots[slot] >= 0 && slots[slot] != id) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static long[] emptySlots(int count) {
    long[] slots = new long[count];
    Arrays.fill(slots, -1);
    return slots;
  }
}

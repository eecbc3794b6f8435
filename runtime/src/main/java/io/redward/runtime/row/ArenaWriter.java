package io.redward.runtime.row;

import io.redward.foundation.batch.BytesView;
import java.util.Arrays;

/// One worker's end of a [BytesArena]: appends to pages of its own, small ones first.
public final class ArenaWriter {
  private static final int FIRST_PAGE_BYTES = 1 << 12;
  private static final int LAST_PAGE_BYTES = 1 << 20;

  private final BytesArena arena;
  private byte[] page = new byte[0];
  private int[] own = new int[4];
  private int ownCount;
  private int number;
  private int used;

  public ArenaWriter(BytesArena arena) {
    this.arena = arena;
  }

  /// Copies a string into the arena and returns its view.
  public long append(byte[] source, int offset, int length) {
    int start = reserve(length);
    System.arraycopy(source, offset, page, start, length);
    return BytesView.of(number, start, length);
  }

  /// The arena's pages, those of this writer among them.
  public byte[][] pages() {
    return arena.pages();
  }

  /// Gives the pages of this writer back.
  void discard() {
    for (int i = 0; i < ownCount; i++) {
      arena.free(own[i]);
    }
    ownCount = 0;
    page = new byte[0];
    used = 0;
  }

  /// Room for `length` bytes in the current page; returns where it starts. An empty string, too, is
  /// in a page that is there: readers take the page before they look at the length.
  private int reserve(int length) {
    if (ownCount == 0 || page.length - used < length) {
      int size = Math.clamp(page.length * 4L, FIRST_PAGE_BYTES, LAST_PAGE_BYTES);
      number = arena.add(Math.max(size, length));
      if (ownCount == own.length) {
        own = Arrays.copyOf(own, 2 * ownCount);
      }
      own[ownCount++] = number;
      page = arena.pages()[number];
      used = 0;
    }
    int start = used;
    used += length;
    return start;
  }
}

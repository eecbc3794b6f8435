package io.redward.runtime.row;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.MemoryBudget;
import java.util.Arrays;

/// The strings of one state, in pages named by [BytesView]s. Page numbers stay below 2^15, so that
/// a view is never negative.
public final class BytesArena {
  private static final int MAX_PAGES = 1 << 15;
  private static final byte[] NO_BYTES = new byte[0];

  private final MemoryBudget budget;
  private volatile byte[][] pages = new byte[4][];
  private int pageCount;
  private int[] free = new int[0];
  private int freeCount;
  private long bytes;

  public BytesArena(MemoryBudget budget) {
    this.budget = budget;
  }

  /// The pages by number; a thread sees those that it has added itself, and all once the state is
  /// sealed.
  public byte[][] pages() {
    return pages;
  }

  public synchronized long bytes() {
    return bytes;
  }

  public synchronized void close() {
    budget.release(bytes);
    bytes = 0;
    for (int page = 0; page < pageCount; page++) {
      ArrayPool.BYTES.give(pages[page], pages[page].length);
    }
    pageCount = 0;
    freeCount = 0;
    pages = new byte[0][];
  }

  /// Takes a page back whose strings nobody reads any more.
  synchronized void free(int page) {
    byte[] old = pages[page];
    budget.release(old.length);
    bytes -= old.length;
    ArrayPool.BYTES.give(old, old.length);
    pages[page] = NO_BYTES;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(8, 2 * freeCount));
    }
    free[freeCount++] = page;
  }

  /// Adds a page of at least `wanted` bytes and returns its number.
  synchronized int add(int wanted) {
    int size = Math.min(ArrayPool.length(wanted), BytesView.MAX_PAGE_BYTES);
    if (freeCount > 0 && wanted <= size) {
      budget.reserve(size);
      bytes += size;
      int number = free[--freeCount];
      byte[][] shown = pages;
      shown[number] = ArrayPool.BYTES.take(size);
      pages = shown;
      return number;
    }
    if (pageCount == MAX_PAGES || wanted > size) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "the strings of a query's state take too much space");
    }
    budget.reserve(size);
    bytes += size;
    byte[][] current = pages;
    if (pageCount == current.length) {
      current = Arrays.copyOf(current, pageCount * 2);
    }
    current[pageCount] = ArrayPool.BYTES.take(size);
    pages = current;
    return pageCount++;
  }
}

package io.redward.runtime.row;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.MemoryBudget;
import java.util.Arrays;

/// The pages of rows of one state. A row's name is an `int`: page number in the upper bits, row
/// within the page in the lower [#shift()].
///
/// Workers add pages under a lock, seldom, and fill them without one. A worker sees all pages that
/// it has added itself; after the state is sealed everybody sees all.
public final class RowPages {
  private static final int PAGE_WORDS = 1 << 17;
  private static final int MIN_SHIFT = 6;
  private static final long[] NO_ROWS = new long[0];

  private final int rowWords;
  private final int shift;
  private final MemoryBudget budget;

  private volatile long[][] pages = new long[4][];
  private int[] rowsInPage = new int[4];
  private int pageCount;
  private int[] free = new int[0];
  private int freeCount;
  private long bytes;

  public RowPages(int rowWords, MemoryBudget budget) {
    this.rowWords = rowWords;
    this.budget = budget;
    shift = shift(rowWords);
  }

  /// The bits of a row's name that count within the page, for rows of so many words.
  public static int shift(int rowWords) {
    int rows = Math.max(1 << MIN_SHIFT, PAGE_WORDS / rowWords);
    return 31 - Integer.numberOfLeadingZeros(rows);
  }

  public int rowWords() {
    return rowWords;
  }

  /// The bits of a row's name that count within the page.
  public int shift() {
    return shift;
  }

  /// The pages by number; entries beyond [#pageCount()] are null.
  public long[][] pages() {
    return pages;
  }

  public int pageCount() {
    return pageCount;
  }

  /// Rows in use of page `page`, which are its first. Right only after writers have ended.
  public int rowsInPage(int page) {
    return rowsInPage[page];
  }

  /// The page that holds row `ref`.
  public long[] page(int ref) {
    return pages[ref >>> shift];
  }

  /// The first word of row `ref` within its page.
  public int word(int ref) {
    return (ref & (1 << shift) - 1) * rowWords;
  }

  /// Rows over all pages. Right only after writers have ended.
  public long rowCount() {
    long rows = 0;
    for (int page = 0; page < pageCount; page++) {
      rows += rowsInPage[page];
    }
    return rows;
  }

  public synchronized long bytes() {
    return bytes;
  }

  public synchronized void close() {
    budget.release(bytes);
    bytes = 0;
    for (int page = 0; page < pageCount; page++) {
      ArrayPool.LONGS.give(pages[page], pages[page].length);
    }
    pageCount = 0;
    freeCount = 0;
    pages = new long[0][];
  }

  /// Adds an empty page for `rows` rows and returns its number.
  synchronized int add(int rows) {
    if (freeCount > 0) {
      int number = free[--freeCount];
      pages[number] = allocate(rows);
      return number;
    }
    if (pageCount == 1 << 31 - shift) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "a state of a query holds more than 2^31 rows");
    }
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, pageCount * 2);
      rowsInPage = Arrays.copyOf(rowsInPage, pageCount * 2);
    }
    pages[pageCount] = allocate(rows);
    return pageCount++;
  }

  /// Makes page `page` hold `rows` rows, keeping those it has.
  synchronized long[] widen(int page, int rows) {
    long[] old = pages[page];
    long[] wide = allocate(rows);
    System.arraycopy(old, 0, wide, 0, old.length);
    pages[page] = wide;
    long spared = 8L * old.length;
    bytes -= spared;
    budget.release(spared);
    ArrayPool.LONGS.give(old, old.length);
    return wide;
  }

  /// Takes a page back whose rows nobody wants any more.
  synchronized void free(int page) {
    long[] old = pages[page];
    long spared = 8L * old.length;
    bytes -= spared;
    budget.release(spared);
    ArrayPool.LONGS.give(old, old.length);
    pages[page] = NO_ROWS;
    rowsInPage[page] = 0;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(8, 2 * freeCount));
    }
    free[freeCount++] = page;
  }

  synchronized void count(int page, int rows) {
    rowsInPage[page] = rows;
  }

  /// A page for at least so many rows.
  private long[] allocate(int rows) {
    int words = ArrayPool.length(rows * rowWords);
    budget.reserve(8L * words);
    bytes += 8L * words;
    return ArrayPool.LONGS.take(words);
  }
}

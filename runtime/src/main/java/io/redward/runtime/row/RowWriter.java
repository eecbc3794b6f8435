package io.redward.runtime.row;

import java.util.Arrays;

/// One worker's end of a state's rows: starts rows in pages of its own and puts strings into the
/// state's arena. Used by one thread; generated code reads `page` after every [#next()].
public final class RowWriter {
  private static final int FIRST_ROWS = 64;

  /// The page of the row started last.
  public long[] page = new long[0];

  private final RowPages pages;
  private final ArenaWriter arena;
  private RecentStrings recent = new RecentStrings();
  private final int rowWords;
  private final int fullRows;

  private int[] own = new int[4];
  private int ownCount;
  private int number = -1;
  private int used;
  private int limit;
  private long fullPagesRows;

  public RowWriter(RowPages pages, BytesArena arena) {
    this.pages = pages;
    this.arena = new ArenaWriter(arena);
    rowWords = pages.rowWords();
    fullRows = 1 << pages.shift();
  }

  /// Starts a row and returns its first word in [#page], which may be another array than before.
  /// All words are zero.
  public int next() {
    if (used == limit) {
      grow();
    }
    int word = used;
    used = word + rowWords;
    return word;
  }

  /// The name of the row started last.
  public int ref() {
    return number << pages.shift() | used / rowWords - 1;
  }

  /// Copies a string into the arena and returns its view, which is the caller's to change.
  public long append(byte[] source, int offset, int length) {
    return arena.append(source, offset, length);
  }

  /// The view of a string in the arena that other rows may share.
  public long share(byte[] source, int offset, int length) {
    return recent.append(source, offset, length, arena);
  }

  /// The state's strings, to read back what this writer wrote.
  public byte[][] bytesPages() {
    return arena.pages();
  }

  /// Pages by number, to read back what this writer wrote.
  public long[][] rowPages() {
    return pages.pages();
  }

  /// The bits of a row's name that count within the page.
  public int shift() {
    return pages.shift();
  }

  /// Rows started so far.
  public long rows() {
    return fullPagesRows + used / rowWords;
  }

  /// Takes back the row started last.
  public void undo() {
    used -= rowWords;
    Arrays.fill(page, used, used + rowWords, 0);
  }

  /// Says how far the pages are filled. Called once, after the last row.
  public void finish() {
    if (number >= 0) {
      pages.count(number, used / rowWords);
    }
  }

  /// The names of the rows that this writer has started.
  public int[] refs() {
    int[] refs = new int[Math.toIntExact(rows())];
    int at = 0;
    for (int i = 0; i < ownCount; i++) {
      int first = own[i] << pages.shift();
      int count = i + 1 < ownCount ? fullRows : used / rowWords;
      for (int row = 0; row < count; row++) {
        refs[at++] = first + row;
      }
    }
    return refs;
  }

  /// Gives all rows and strings of this writer back; it is of no use afterwards.
  public void discard() {
    for (int i = 0; i < ownCount; i++) {
      pages.free(own[i]);
    }
    arena.discard();
    recent = new RecentStrings();
    ownCount = 0;
    number = -1;
    used = 0;
    limit = 0;
    fullPagesRows = 0;
    page = new long[0];
  }

  private void grow() {
    int rows = limit / rowWords;
    if (number >= 0 && rows < fullRows) {
      rows = Math.min(fullRows, rows * 4);
      page = pages.widen(number, rows);
      limit = rows * rowWords;
      return;
    }
    rows = FIRST_ROWS;
    if (number >= 0) {
      pages.count(number, fullRows);
      fullPagesRows += fullRows;
      rows = fullRows;
    }
    number = pages.add(rows);
    if (ownCount == own.length) {
      own = Arrays.copyOf(own, 2 * ownCount);
    }
    own[ownCount++] = number;
    page = pages.pages()[number];
    used = 0;
    limit = rows * rowWords;
  }
}

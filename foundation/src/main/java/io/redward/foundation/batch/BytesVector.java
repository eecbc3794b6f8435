package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A column of byte strings: `views[row]` is a [BytesView] into `pages`. Many rows may share bytes
/// (dictionary entries, views into an arena); a batch never owns or changes the bytes it was given.
///
/// A vector that is written row by row copies into pages of its own with [#append].
///
/// Whoever wants to know which rows share an entry of a dictionary says so with [#keepCodes]; from
/// the next rows on a source that has a dictionary tells. `pages` is another array for another
/// dictionary.
public final class BytesVector extends Vector {
  /// Pages grow up to the second size, since most batches of a few rows need little.
  private static final int FIRST_PAGE_BYTES = 1 << 10;
  private static final int OWN_PAGE_BYTES = 1 << 16;

  private static final int[] NO_CODES = new int[0];

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  public long[] views;
  public byte[][] pages;

  /// By row its entry of the dictionary, below [#codeCount]; unspecified under nulls.
  public int[] codes = NO_CODES;

  /// Entries of the dictionary, 0 where there is none or nobody wanted to know.
  public int codeCount;

  private int ownPages;
  private int ownUsed;

  public BytesVector(int capacity) {
    super(capacity);
    views = new long[capacity];
    pages = new byte[0][];
  }

  @Override
  public Physical physical() {
    return Physical.BYTES;
  }

  @Override
  public int capacity() {
    return views.length;
  }

  /// Has sources fill [#codes] from the next rows on.
  public void keepCodes() {
    if (codes.length == 0) {
      codes = new int[views.length];
    }
  }

  /// Whether somebody reads [#codes].
  public boolean wantsCodes() {
    return codes.length > 0;
  }

  public byte[] page(int row) {
    return pages[BytesView.page(views[row])];
  }

  public int offset(int row) {
    return BytesView.offset(views[row]);
  }

  public int length(int row) {
    return BytesView.length(views[row]);
  }

  /// A fresh array with the row's bytes; not for hot loops.
  public byte[] copy(int row) {
    int offset = offset(row);
    return Arrays.copyOfRange(page(row), offset, offset + length(row));
  }

  /// Copies a string into this vector's own pages and points `row` at it. Not to be mixed with
  /// pages set from outside.
  public void append(int row, byte[] source, int offset, int length) {
    if (ownPages == 0 || pages[ownPages - 1].length - ownUsed < length) {
      nextOwnPage(length);
    }
    byte[] page = pages[ownPages - 1];
    if (length <= Long.BYTES
        && offset + Long.BYTES <= source.length
        && ownUsed + Long.BYTES <= page.length) {
      // One store; what it writes too much is written over by the next string.
      LONGS.set(page, ownUsed, (long) LONGS.get(source, offset));
    } else {
      System.arraycopy(source, offset, page, ownUsed, length);
    }
    views[row] = BytesView.of(ownPages - 1, ownUsed, length);
    ownUsed += length;
  }

  /// Forgets all rows and keeps the own pages for the next ones.
  @Override
  public void reset() {
    super.reset();
    codeCount = 0;
    ownPages = 0;
    ownUsed = 0;
  }

  private void nextOwnPage(int length) {
    int usual = ownPages >= 6 ? OWN_PAGE_BYTES : FIRST_PAGE_BYTES << ownPages;
    int wanted = Math.max(usual, length);
    if (ownPages == pages.length) {
      pages = Arrays.copyOf(pages, Math.max(4, pages.length * 2));
    }
    if (pages[ownPages] == null || pages[ownPages].length < wanted) {
      pages[ownPages] = new byte[wanted];
    }
    ownPages++;
    ownUsed = 0;
  }
}

package io.redward.runtime.join;

import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.segment.Parallel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/// Links the rows of a join table into the chains of its directory, page by page, several pages at
/// once.
final class JoinDirectory {
  /// Below so many rows one thread does it, without atomic instructions.
  private static final int PARALLEL_ROWS = 1 << 15;

  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final JoinLayout layout;
  private final RowPages pages;
  private final Parallel parallel;
  private final boolean shared;

  JoinDirectory(JoinLayout layout, RowPages pages, Parallel parallel) {
    this.layout = layout;
    this.pages = pages;
    shared = pages.rowCount() > PARALLEL_ROWS && parallel.workers() > 1;
    this.parallel = shared ? parallel : Parallel.SEQUENTIAL;
  }

  /// The range of the first key, an integer one.
  KeyRange keyRange() {
    return keyRange(0);
  }

  KeyRange keyRange(int key) {
    KeyRange[] ranges = new KeyRange[pages.pageCount()];
    parallel.run(ranges.length, page -> ranges[page] = pageRange(page, layout.key(key)));
    KeyRange range = new KeyRange(Long.MAX_VALUE, Long.MIN_VALUE);
    for (KeyRange each : ranges) {
      range = range.with(each);
    }
    return range;
  }

  private KeyRange pageRange(int number, Slot key) {
    long[] page = pages.pages()[number];
    int words = pages.rowWords();
    int end = pages.rowsInPage(number) * words;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = 0; row < end; row += words) {
      if (!key.isNull(page, row)) {
        long value = page[row + key.word()];
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new KeyRange(min, max);
  }

  /// Fills a direct directory; true if no two rows share a key.
  boolean linkDirect(int[] heads, long min) {
    AtomicBoolean repeated = new AtomicBoolean();
    parallel.run(
        pages.pageCount(),
        page -> {
          boolean found =
              shared ? linkDirectShared(page, heads, min) : linkDirectAlone(page, heads, min);
          if (found) {
            repeated.set(true);
          }
        });
    return !repeated.get();
  }

  private boolean linkDirectAlone(int number, int[] heads, long min) {
    long[] page = pages.pages()[number];
    Slot key = layout.key(0);
    int words = pages.rowWords();
    int rows = pages.rowsInPage(number);
    int name = (number << pages.shift()) + 1;
    boolean repeated = false;
    for (int i = 0; i < rows; i++) {
      int row = i * words;
      if (key.isNull(page, row)) {
        continue;
      }
      int entry = (int) (page[row + key.word()] - min);
      int head = heads[entry];
      repeated |= head != 0;
      page[row] = head & JoinLayout.NEXT;
      heads[entry] = name + i;
    }
    return repeated;
  }

  private boolean linkDirectShared(int number, int[] heads, long min) {
    long[] page = pages.pages()[number];
    Slot key = layout.key(0);
    int words = pages.rowWords();
    int rows = pages.rowsInPage(number);
    int name = (number << pages.shift()) + 1;
    boolean repeated = false;
    for (int i = 0; i < rows; i++) {
      int row = i * words;
      if (key.isNull(page, row)) {
        continue;
      }
      int head = (int) INTS.getAndSet(heads, (int) (page[row + key.word()] - min), name + i);
      repeated |= head != 0;
      page[row] = head & JoinLayout.NEXT;
    }
    return repeated;
  }

  /// Fills a hashed directory.
  void linkHashed(long[] buckets) {
    parallel.run(pages.pageCount(), page -> linkHashed(page, buckets));
  }

  private void linkHashed(int number, long[] buckets) {
    long[] page = pages.pages()[number];
    int words = pages.rowWords();
    int rows = pages.rowsInPage(number);
    int name = (number << pages.shift()) + 1;
    int keyWord = layout.keyCount() == 0 ? 0 : layout.key(0).word();
    for (int i = 0; i < rows; i++) {
      int row = i * words;
      if (skipped(page, row)) {
        page[row] = 0;
        continue;
      }
      long hash = layout.integerKey() ? Hashes.mix(page[row + keyWord]) : page[row];
      int bucket = (int) (hash >>> 32) & buckets.length - 1;
      long tag = 1L << 48 + (hash & 15);
      if (shared) {
        linkShared(buckets, bucket, tag | name + i, page, row);
      } else {
        long head = buckets[bucket];
        page[row] = head & JoinLayout.NEXT;
        buckets[bucket] = head & ~JoinLayout.NEXT | tag | name + i;
      }
    }
  }

  private static void linkShared(long[] buckets, int bucket, long entry, long[] page, int row) {
    while (true) {
      long head = (long) LONGS.getVolatile(buckets, bucket);
      page[row] = head & JoinLayout.NEXT;
      if (LONGS.compareAndSet(buckets, bucket, head, head & ~JoinLayout.NEXT | entry)) {
        return;
      }
    }
  }

  private boolean skipped(long[] page, int row) {
    long[] masks = layout.skipMasks();
    for (int i = 0; i < masks.length; i++) {
      if ((page[row + 1 + i] & masks[i]) != 0) {
        return true;
      }
    }
    return false;
  }
}

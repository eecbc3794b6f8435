package io.redward.foundation.batch;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one query may allocate for its states: hash tables, row buffers, arenas. Thread-safe. Asked
/// once a page, never per row.
public final class MemoryBudget {
  private final long limitBytes;
  private final @Nullable MemoryBudget whole;
  private final AtomicLong usedBytes = new AtomicLong();

  public MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
    whole = null;
  }

  /// A budget within another: what is taken here is taken there too.
  public MemoryBudget(long limitBytes, MemoryBudget whole) {
    this.limitBytes = limitBytes;
    this.whole = whole;
  }

  /// Takes `bytes` from the budget.
  ///
  /// @throws SqlException OUT_OF_MEMORY if that is more than is left; nothing is taken then
  public void reserve(long bytes) {
    long used = usedBytes.addAndGet(bytes);
    if (used > limitBytes) {
      usedBytes.addAndGet(-bytes);
      throw new SqlException(
              SqlState.OUT_OF_MEMORY,
              "out of memory: the query needs more than its " + megabytes(limitBytes) + " MB")
          .withDetail(
              megabytes(used - bytes)
                  + " MB are in use and "
                  + bytes
                  + " more bytes were asked for.")
          .withHint("Give the warehouse more memory or let the query keep fewer rows.");
    }
    if (whole != null) {
      try {
        whole.reserve(bytes);
      } catch (SqlException e) {
        usedBytes.addAndGet(-bytes);
        throw e;
      }
    }
  }

  /// Gives back what was reserved.
  public void release(long bytes) {
    usedBytes.addAndGet(-bytes);
    if (whole != null) {
      whole.release(bytes);
    }
  }

  public long usedBytes() {
    return usedBytes.get();
  }

  public long limitBytes() {
    return limitBytes;
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }
}

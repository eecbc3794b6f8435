package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Hands out rowset ids, each once in the life of a namespace. Thread-safe.
///
/// Where several processes write, each claims ranges of ids by putting `ids/<10 digits>.claim`, the
/// number of the range, if absent. A claim whose answer is lost wastes a range and does no harm.
final class RowsetIds {
  private static final int RANGE = 4096;

  private final ObjectStore store;
  private final boolean shared;
  private final byte[] claim =
      ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
  private long nextRange;
  private long last;
  private long end;

  /// @param used the largest id in use
  RowsetIds(ObjectStore store, CommitPolicy policy, int used) {
    this.store = store;
    shared = policy.shared();
    last = used;
    end = shared ? used : Integer.MAX_VALUE;
    nextRange = (used + RANGE - 1L) / RANGE;
  }

  synchronized int next() {
    if (last == end) {
      claimRange();
    }
    return (int) ++last;
  }

  private void claimRange() {
    long range = nextRange;
    while (range < Integer.MAX_VALUE / RANGE && !store.putIfAbsent(key(range), claim)) {
      range++;
    }
    if (!shared || range >= Integer.MAX_VALUE / RANGE) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "all rowset ids of the namespace are used up");
    }
    nextRange = range + 1;
    last = range * RANGE;
    end = last + RANGE;
  }

  private static String key(long range) {
    return "ids/" + String.format(Locale.ROOT, "%010d", range) + ".claim";
  }
}

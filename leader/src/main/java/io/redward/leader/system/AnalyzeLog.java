package io.redward.leader.system;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The last ANALYZE statements, for `stl_analyze`. Thread-safe.
public final class AnalyzeLog {
  private static final int KEPT = 1_000;

  private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();

  /// One table's turn.
  ///
  /// @param predicateColumns how many of the columns only
  public record Entry(
      int userOid, int tableOid, long rows, int predicateColumns, Instant start, Instant end) {}

  public void add(Entry entry) {
    entries.add(entry);
    if (entries.size() > KEPT) {
      entries.poll();
    }
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}

package io.redward.leader.system;

import io.redward.leader.catalog.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The last refreshes of materialized views, for `svl_mv_refresh_status`. Thread-safe.
public final class RefreshLog {
  private static final int KEPT = 10_000;

  private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();

  /// One view's turn.
  ///
  /// @param automatic whether nobody asked for it
  /// @param status as documented
  /// @param because why all rows were computed; empty if they were not
  public record Entry(
      QueryLog.Issuer issuer,
      long transactionId,
      TableDefinition view,
      boolean automatic,
      String status,
      String because,
      Instant start,
      Instant end) {}

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

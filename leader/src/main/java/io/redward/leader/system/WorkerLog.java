package io.redward.leader.system;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/// What has been done to tables in the background, for `svl_auto_worker_action`. Thread-safe.
public final class WorkerLog {
  private static final int KEPT = 1_000;

  private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();

  /// A step.
  ///
  /// @param type sortkey, distkey or encode
  /// @param sequence of the step within the action
  /// @param previous how the table was before
  public record Entry(
      int table, String type, String status, Instant at, int sequence, String previous) {}

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

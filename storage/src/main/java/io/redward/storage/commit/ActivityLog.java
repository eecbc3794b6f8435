package io.redward.storage.commit;

import io.redward.storage.table.CommitActivity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The newest commits and conflicts, in memory. Thread-safe.
final class ActivityLog implements CommitActivity {
  private static final int KEPT = 2_000;

  private final Deque<Commit> commits = new ArrayDeque<>();
  private final Deque<Conflict> conflicts = new ArrayDeque<>();

  synchronized void add(Commit commit) {
    add(commits, commit);
  }

  synchronized void add(Conflict conflict) {
    add(conflicts, conflict);
  }

  private static <T> void add(Deque<T> kept, T newest) {
    kept.addLast(newest);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  @Override
  public synchronized List<Commit> commits() {
    return new ArrayList<>(commits);
  }

  @Override
  public synchronized List<Conflict> conflicts() {
    return new ArrayList<>(conflicts);
  }
}

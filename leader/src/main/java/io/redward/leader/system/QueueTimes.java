package io.redward.leader.system;

import io.redward.foundation.trace.Progress;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.Outcome;
import io.redward.leader.system.SystemView.ProgressEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How long statements have waited for their turn on this machine's cores, and which of those that
/// run wait at this moment.
final class QueueTimes {
  /// What is true of a statement at the moment.
  private record Wait(int position, long micros) {}

  private static final Wait NONE = new Wait(-1, 0);

  private final Map<Integer, Wait> byQuery = new HashMap<>();

  private QueueTimes() {}

  /// Those of the statements at work, all seen at about the same time.
  static QueueTimes now(SystemView view) {
    QueueTimes times = new QueueTimes();
    for (ProgressEntry entry : view.progress()) {
      Progress progress = entry.progress();
      times.byQuery.put(
          entry.queryId(), new Wait(progress.position(), progress.waitedNanos() / 1_000));
    }
    return times;
  }

  /// Whether a running statement waits.
  boolean waits(Entry entry) {
    return position(entry) >= 0;
  }

  /// How many wait before a statement, -1 if it does not wait.
  int position(Entry entry) {
    return byQuery.getOrDefault(entry.queryId(), NONE).position();
  }

  /// How long a statement has waited, in microseconds.
  long micros(Entry entry) {
    return entry.outcome().isPresent()
        ? of(entry)
        : byQuery.getOrDefault(entry.queryId(), NONE).micros();
  }

  /// How long a statement that has ended waited, in microseconds.
  static long of(Entry entry) {
    Optional<Outcome> outcome = entry.outcome();
    return outcome.map(Outcome::queueMicros).orElse(0L);
  }
}

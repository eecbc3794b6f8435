package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/// What the background threads cannot do, in the server's log: a line for each task and cause, and
/// no other one for the same in ten minutes, for they try again at every occasion. Thread-safe.
final class Complaints {
  private static final long INTERVAL_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int REMEMBERED = 1_000;

  private final Logger logger;
  private final Map<String, Long> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  Complaints(Logger logger) {
    this.logger = logger;
  }

  /// Does something; what goes wrong is told of, unless somebody else was only faster.
  ///
  /// @param task what is being done, as in "vacuum of table 7"
  void attempt(String task, Runnable work) {
    try {
      work.run();
    } catch (SqlException e) {
      if (e.state() != SqlState.SERIALIZATION_FAILURE
          && e.state() != SqlState.ADMIN_SHUTDOWN
          && isNew(task + ": " + e.message(), System.nanoTime())) {
        logger.warn("{} put off: {}", task, e.message());
      }
    } catch (RuntimeException e) {
      if (isNew(task + ": " + e, System.nanoTime())) {
        logger.error("{} failed", task, e);
      }
    }
  }

  /// Whether this has not been told in the last ten minutes.
  synchronized boolean isNew(String complaint, long nanos) {
    Long before = told.get(complaint);
    if (before != null && nanos - before < INTERVAL_NANOS) {
      return false;
    }
    told.remove(complaint);
    told.put(complaint, nanos);
    return true;
  }
}

package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A cursor of DECLARE: a portal that FETCH reads forward.
final class Cursor {
  private final SessionPortal portal;
  private final Instant openedAt;

  /// Read from other sessions by system views.
  private final AtomicLong fetched = new AtomicLong();

  Cursor(SessionPortal portal, Instant openedAt) {
    this.portal = portal;
    this.openedAt = openedAt;
  }

  Instant openedAt() {
    return openedAt;
  }

  /// Rows that FETCH and MOVE have passed so far.
  long fetched() {
    return fetched.get();
  }

  Portal portal() {
    return portal;
  }

  List<ResultColumn> columns() {
    return portal.prepared().columns();
  }

  /// Reads up to `count` rows forward.
  ///
  /// @return how many there were
  long fetch(long count, ResultConsumer results) {
    Counting counting = new Counting(results);
    if (count > 0) {
      portal.fetch((int) Math.min(count, Integer.MAX_VALUE), counting);
    }
    fetched.addAndGet(counting.rows);
    return counting.rows;
  }

  void close() {
    portal.close();
  }

  /// Passes rows on and keeps the query's own tag to itself.
  private static final class Counting implements QuietConsumer {
    private final ResultConsumer results;
    private long rows;

    Counting(ResultConsumer results) {
      this.results = results;
    }

    @Override
    public void rows(Batch batch) {
      rows += batch.selectedCount;
      results.rows(batch);
    }

    @Override
    public void notice(String severity, String sqlState, String message) {
      results.notice(severity, sqlState, message);
    }

    @Override
    public void parameterChanged(String name, String value) {
      results.parameterChanged(name, value);
    }
  }
}

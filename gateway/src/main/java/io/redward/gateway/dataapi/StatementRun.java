package io.redward.gateway.dataapi;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.gateway.aws.ApiException;
import io.redward.leader.session.Portal;
import io.redward.leader.session.Prepared;
import io.redward.leader.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One submission from its arrival to the end of its retention. Run by a thread of its own; watched
/// and cancelled by others.
final class StatementRun {
  private static final Logger LOG = LoggerFactory.getLogger(StatementRun.class);

  private static final int CANCEL_INTERVAL_MILLIS = 50;

  private final String id;
  private final Submission submission;
  private final Instant createdAt;
  private final InstantSource clock;
  private final List<Part> parts = new ArrayList<>();
  private StatementStatus status = StatementStatus.SUBMITTED;
  private Instant updatedAt;
  private @Nullable Session session;
  private boolean cancelled;

  StatementRun(String id, Submission submission, InstantSource clock) {
    this.id = id;
    this.submission = submission;
    this.clock = clock;
    createdAt = clock.instant();
    updatedAt = createdAt;
    submission.statements().forEach(sql -> parts.add(Part.submitted(sql, createdAt)));
  }

  /// Runs the statements over a session that is this run's for the time.
  ///
  /// @param directory for result files
  void run(Session over, Path directory, DataApiOptions.Limits limits) {
    synchronized (this) {
      session = over;
      if (cancelled) {
        abortRest(0);
        return;
      }
    }
    advance(StatementStatus.STARTED);
    boolean together = submission.batch() && submission.oneTransaction();
    boolean failed = false;
    try {
      if (together) {
        over.executeScript(
            "begin", new ResultCollector(limits, ResultForm.JSON, over.timeZone(), this::none));
      }
      for (int i = 0; i < parts.size() && !failed; i++) {
        failed = !runPart(i, over, directory, limits) && (together || !submission.batch());
        if (failed) {
          abortRest(i + 1);
        }
      }
      if (together) {
        over.executeScript(
            failed ? "rollback" : "commit",
            new ResultCollector(limits, ResultForm.JSON, over.timeZone(), this::none));
      }
    } catch (SqlException e) {
      replace(parts.size() - 1, parts.getLast().failed(clock.instant(), describe(e)));
    }
    finish();
  }

  private ResultFile none() {
    throw new IllegalStateException("transaction statements return no rows");
  }

  private boolean runPart(int index, Session over, Path directory, DataApiOptions.Limits limits) {
    replace(index, part(index).started(clock.instant()));
    ResultCollector collector =
        new ResultCollector(
            limits,
            submission.form(),
            over.timeZone(),
            () -> new ResultFile(directory.resolve(id + "-" + index)));
    try {
      NamedParameters text = NamedParameters.replace(part(index).sql(), submission.parameters());
      Prepared prepared = over.prepare(text.text(), List.of());
      try (Portal portal = over.bind(prepared, text.values())) {
        portal.fetch(0, collector);
      }
      over.sync(false);
      replace(index, part(index).finished(clock.instant(), collector));
      return true;
    } catch (SqlException e) {
      fail(index, collector, over, e.state() == SqlState.QUERY_CANCELED, describe(e));
    } catch (ApiException e) {
      fail(index, collector, over, false, e.text());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("statement {} failed", id, e);
      fail(index, collector, over, false, "internal error: " + e);
    }
    return false;
  }

  private void fail(
      int index, ResultCollector collector, Session over, boolean stopped, String message) {
    collector.file().ifPresent(ResultFile::close);
    over.sync(true);
    Part part = part(index);
    replace(
        index,
        stopped && isCancelled()
            ? part.aborted(clock.instant(), "Query aborted by user")
            : part.failed(clock.instant(), message));
  }

  private static String describe(SqlException error) {
    StringBuilder text = new StringBuilder("ERROR: ").append(error.message());
    error.position().ifPresent(position -> text.append("\n  Position: ").append(position));
    error.detail().ifPresent(detail -> text.append("\n  Detail: ").append(detail));
    error.hint().ifPresent(hint -> text.append("\n  Hint: ").append(hint));
    return text.toString();
  }

  /// A session could not be had at all.
  synchronized void refuse(String message) {
    replace(0, parts.getFirst().failed(clock.instant(), message));
    abortRest(1);
    finish();
  }

  private synchronized void abortRest(int from) {
    for (int i = from; i < parts.size(); i++) {
      parts.set(i, parts.get(i).aborted(clock.instant(), "Query not run"));
    }
    if (from == 0) {
      finish();
    }
  }

  private synchronized void finish() {
    StatementStatus end = StatementStatus.FINISHED;
    for (Part part : parts) {
      if (part.status() == StatementStatus.FAILED) {
        end = StatementStatus.FAILED;
      } else if (part.status() == StatementStatus.ABORTED && end == StatementStatus.FINISHED) {
        end = StatementStatus.ABORTED;
      }
    }
    session = null;
    advance(end);
  }

  private synchronized void advance(StatementStatus next) {
    status = next;
    updatedAt = clock.instant();
    notifyAll();
  }

  private synchronized void replace(int index, Part part) {
    parts.set(index, part);
    updatedAt = part.updatedAt();
  }

  private synchronized Part part(int index) {
    return parts.get(index);
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /// Stops it.
  ///
  /// @return false if it has ended already
  synchronized boolean cancel() {
    if (status.ended()) {
      return false;
    }
    if (!cancelled) {
      cancelled = true;
      Thread.ofVirtual().name("data-api-cancel-" + id).start(this::cancelUntilEnded);
    }
    return true;
  }

  /// A session forgets a cancel that comes between two steps of a statement, so it is said again
  /// until the statement has heard.
  private synchronized void cancelUntilEnded() {
    try {
      while (!status.ended()) {
        if (session != null) {
          session.cancel();
        }
        wait(CANCEL_INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns when it has ended, or after `most`.
  synchronized void await(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!status.ended()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  String id() {
    return id;
  }

  Submission submission() {
    return submission;
  }

  Instant createdAt() {
    return createdAt;
  }

  synchronized Instant updatedAt() {
    return updatedAt;
  }

  synchronized StatementStatus status() {
    return status;
  }

  synchronized List<Part> parts() {
    return List.copyOf(parts);
  }

  /// The leader's process id while it runs.
  synchronized Optional<Integer> processId() {
    return Optional.ofNullable(session).map(Session::processId);
  }

  /// Deletes what it returned.
  void discard() {
    parts().forEach(part -> part.result().ifPresent(ResultFile::close));
  }
}

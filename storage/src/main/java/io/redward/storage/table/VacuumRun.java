package io.redward.storage.table;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A vacuum that runs or has run, for system tables. Written by the thread that does it, read by
/// any.
public final class VacuumRun {
  /// What it is at.
  public enum Stage {
    DELETE("Delete"),
    SORT("Sort"),
    MERGE("Merge"),
    COMPLETE("Complete"),
    SKIPPED("Skipped"),
    FAILED("Failed");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /// What the table held.
  ///
  /// @param rows live ones
  /// @param deletedRows that still take room
  /// @param sortedRows rows but those that lie out of order
  public record Measure(long rows, long deletedRows, long sortedRows, long bytes, int rowsets) {}

  private final long id;
  private final long tableId;
  private final VacuumRequest request;
  private final Instant startedAt;
  private final Measure before;
  private volatile Stage stage = Stage.DELETE;
  private volatile Optional<Instant> endedAt = Optional.empty();
  private volatile Measure after;
  private final AtomicLong rewrittenRows = new AtomicLong();
  private final AtomicInteger merges = new AtomicInteger();

  public VacuumRun(
      long id, long tableId, VacuumRequest request, Instant startedAt, Measure before) {
    this.id = id;
    this.tableId = tableId;
    this.request = request;
    this.startedAt = startedAt;
    this.before = before;
    after = before;
  }

  public long id() {
    return id;
  }

  public long tableId() {
    return tableId;
  }

  public VacuumRequest request() {
    return request;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /// Empty while it runs.
  public Optional<Instant> endedAt() {
    return endedAt;
  }

  public Measure before() {
    return before;
  }

  /// As of its end.
  public Measure after() {
    return after;
  }

  public Stage stage() {
    return stage;
  }

  public long rewrittenRows() {
    return rewrittenRows.get();
  }

  /// How much of it is done, from 0 to 1: rows that were there against rows rewritten, once or, if
  /// they are merged too, twice.
  public double progress() {
    if (endedAt.isPresent()) {
      return 1;
    }
    boolean merging = stage == Stage.SORT || stage == Stage.MERGE;
    double whole = Math.max(1, before.rows()) * (merging ? 2.0 : 1.0);
    return Math.min(1, rewrittenRows.get() / whole);
  }

  /// How often rowsets were merged or rewritten.
  public int merges() {
    return merges.get();
  }

  /// Told by the one thread that does it.
  public void enter(Stage next) {
    stage = next;
  }

  public void rewrote(long rows) {
    rewrittenRows.addAndGet(rows);
    merges.incrementAndGet();
  }

  public void end(Stage last, Measure measured, Instant at) {
    after = measured;
    stage = last;
    endedAt = Optional.of(at);
  }
}

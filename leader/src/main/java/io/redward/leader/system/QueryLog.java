package io.redward.leader.system;

import io.redward.plan.run.SegmentProfile;
import io.redward.spi.LoadError;
import io.redward.spi.Unloader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What statements have run, run now, and what went wrong while loading: the source of `stl_query`,
/// `svl_query_summary`, `stv_recents`, `stl_load_errors` and their kin. Keeps the newest;
/// thread-safe.
public final class QueryLog {
  private static final int KEPT_QUERIES = 10_000;
  private static final int KEPT_LOAD_ERRORS = 10_000;
  private static final int KEPT_UNLOADS = 10_000;

  /// A statement.
  ///
  /// @param end empty while it runs
  /// @param rows returned or changed
  /// @param error empty if it succeeded
  /// @param segments what its segments did, with the labels the plan gave them
  /// @param sourceQuery the query whose cached result it got, 0 if it was computed
  public record Entry(
      int queryId,
      int processId,
      int userOid,
      String user,
      String database,
      String queryGroup,
      String text,
      Instant start,
      Optional<Instant> end,
      long rows,
      String error,
      List<SegmentRun> segments,
      int sourceQuery) {}

  /// How a statement ended; see [Entry].
  public record Outcome(
      Instant at, long rows, String error, List<SegmentRun> segments, int sourceQuery) {}

  /// A segment's counters and label.
  public record SegmentRun(SegmentProfile profile, String label) {}

  /// A bad row of a COPY.
  public record LoadErrorEntry(
      int queryId, int userOid, int tableOid, Instant at, LoadError error) {}

  /// A file that UNLOAD has written.
  public record UnloadEntry(
      int queryId, int processId, int userOid, Instant at, Unloader.Written file) {}

  /// How far a running COPY has come.
  public record LoadState(int queryId, String table, long rows, long bytesRead, long bytesTotal) {}

  private final AtomicInteger nextId = new AtomicInteger(100);
  private final Map<Integer, Entry> running = new ConcurrentHashMap<>();
  private final Map<Integer, LoadState> loads = new ConcurrentHashMap<>();
  private final Deque<Entry> ended = new ArrayDeque<>();
  private final Deque<LoadErrorEntry> loadErrors = new ArrayDeque<>();
  private final Deque<UnloadEntry> unloads = new ArrayDeque<>();

  public int begin(Entry entry) {
    running.put(entry.queryId(), entry);
    return entry.queryId();
  }

  public int nextId() {
    return nextId.incrementAndGet();
  }

  public void end(int queryId, Outcome outcome) {
    loads.remove(queryId);
    Entry entry = running.remove(queryId);
    if (entry == null) {
      return;
    }
    Entry done =
        new Entry(
            queryId,
            entry.processId(),
            entry.userOid(),
            entry.user(),
            entry.database(),
            entry.queryGroup(),
            entry.text(),
            entry.start(),
            Optional.of(outcome.at()),
            outcome.rows(),
            outcome.error(),
            List.copyOf(outcome.segments()),
            outcome.sourceQuery());
    synchronized (ended) {
      ended.addLast(done);
      if (ended.size() > KEPT_QUERIES) {
        ended.removeFirst();
      }
    }
  }

  public void loadErrors(List<LoadErrorEntry> errors) {
    synchronized (loadErrors) {
      loadErrors.addAll(errors);
      while (loadErrors.size() > KEPT_LOAD_ERRORS) {
        loadErrors.removeFirst();
      }
    }
  }

  public void unloaded(UnloadEntry file) {
    synchronized (unloads) {
      unloads.addLast(file);
      if (unloads.size() > KEPT_UNLOADS) {
        unloads.removeFirst();
      }
    }
  }

  /// Files that UNLOAD has written, oldest first.
  public List<UnloadEntry> unloads() {
    synchronized (unloads) {
      return new ArrayList<>(unloads);
    }
  }

  public void loadState(LoadState state) {
    loads.put(state.queryId(), state);
  }

  /// COPY statements that run now.
  public List<LoadState> loads() {
    return List.copyOf(loads.values());
  }

  /// Statements that run now.
  public List<Entry> running() {
    return List.copyOf(running.values());
  }

  /// Statements that have ended, oldest first.
  public List<Entry> ended() {
    synchronized (ended) {
      return new ArrayList<>(ended);
    }
  }

  /// Bad rows, oldest first.
  public List<LoadErrorEntry> loadErrors() {
    synchronized (loadErrors) {
      return new ArrayList<>(loadErrors);
    }
  }
}

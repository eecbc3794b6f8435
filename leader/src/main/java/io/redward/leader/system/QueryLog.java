package io.redward.leader.system;

import io.redward.plan.run.Routing;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.LoadError;
import io.redward.spi.LoadedFile;
import io.redward.spi.Unloader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What statements have run, run now, and what went wrong while loading: the source of `stl_query`,
/// `sys_query_history`, `stl_load_errors` and their kin. Keeps the newest; thread-safe.
public final class QueryLog {
  private static final int KEPT = 10_000;

  /// Plans kept as plans; those of earlier statements are written out, which takes less memory.
  private static final int KEPT_PLANS = 500;

  /// Something that has happened.
  public sealed interface Event
      permits Entry,
          LoadErrorEntry,
          LoadFileEntry,
          UnloadEntry,
          Incident,
          SessionEnd,
          ProcedureMessage,
          ViewRefresh,
          ViewState {
    Instant at();
  }

  /// A statement.
  ///
  /// @param outcome empty while it runs
  public record Entry(
      int queryId,
      long transactionId,
      Issuer issuer,
      String queryGroup,
      StatementType type,
      String text,
      Instant start,
      Optional<Outcome> outcome)
      implements Event {
    @Override
    public Instant at() {
      return outcome.map(Outcome::at).orElse(start);
    }

    boolean failed() {
      return outcome.isPresent() && !outcome.get().error().isEmpty();
    }

    Instant end() {
      return outcome.orElseThrow().at();
    }

    /// The same each time it is asked for, and no other statement's.
    UUID uuid() {
      String name = queryId + "@" + start + "#" + issuer.processId();
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Who sent a statement, and from where.
  public record Issuer(int processId, int userOid, String user, String database) {}

  /// How a statement ended.
  ///
  /// @param transactionId the transaction it ran in
  /// @param rows returned or changed
  /// @param error empty if it succeeded
  /// @param planMicros from its arrival to the start of its execution
  /// @param queueMicros how long it waited for its turn while it was executed
  /// @param lockMicros how long it waited for tables that other transactions held
  /// @param returnedBytes of the values of the rows that the client got
  /// @param segments what its segments did
  /// @param sourceQuery the query whose cached result it got, 0 if it was computed
  /// @param load what COPY has loaded
  /// @param routing the cluster that it ran on
  public record Outcome(
      Instant at,
      long transactionId,
      long rows,
      String error,
      boolean canceled,
      long planMicros,
      long queueMicros,
      long lockMicros,
      long returnedBytes,
      List<SegmentRun> segments,
      PlanText plan,
      int sourceQuery,
      Optional<LoadState> load,
      Routing routing) {
    public Outcome {
      segments = List.copyOf(segments);
    }
  }

  /// A segment's counters, label and steps.
  ///
  /// @param shares of machines, where there are several
  public record SegmentRun(
      SegmentProfile profile, String label, List<StepRun> steps, List<SegmentShare> shares) {
    public SegmentRun {
      steps = List.copyOf(steps);
      shares = List.copyOf(shares);
    }

    /// Of a segment that one machine ran.
    public SegmentRun(SegmentProfile profile, String label, List<StepRun> steps) {
      this(profile, label, steps, List.of());
    }
  }

  /// What a segment did on one machine.
  ///
  /// @param slice see [io.redward.plan.run.ExecutionResult.Part]
  /// @param rows by step
  public record SegmentShare(
      int slice,
      long rowsIn,
      long elapsedNanos,
      long bytes,
      List<Long> rows,
      SegmentProfile.Blocks blocks) {
    public SegmentShare {
      rows = List.copyOf(rows);
    }
  }

  /// A bad row of a COPY.
  public record LoadErrorEntry(
      int queryId, long transactionId, Issuer issuer, int tableOid, Instant at, LoadError error)
      implements Event {}

  /// A file that COPY has loaded.
  ///
  /// @param job the number of the COPY job, 0 if it is none
  public record LoadFileEntry(
      int queryId, long transactionId, Issuer issuer, long job, Instant at, LoadedFile file)
      implements Event {}

  /// A file that UNLOAD has written.
  public record UnloadEntry(
      int queryId, long transactionId, Issuer issuer, Instant at, Unloader.Written file)
      implements Event {}

  /// How far a COPY has come.
  public record LoadState(int queryId, String table, long rows, long bytesRead, long bytesTotal) {}

  /// A session that has ended.
  ///
  /// @param timeoutSeconds how long it was allowed to do nothing; 0 without limit
  /// @param timedOut whether it ended because of that
  public record SessionEnd(
      Issuer issuer, Instant start, Instant end, int timeoutSeconds, boolean timedOut)
      implements Event {
    @Override
    public Instant at() {
      return end;
    }
  }

  private final AtomicInteger nextId = new AtomicInteger(100);
  private final Map<Integer, Entry> running = new ConcurrentHashMap<>();
  private final Map<Integer, PhysicalPlan> executing = new ConcurrentHashMap<>();
  private final Map<Integer, LoadState> loads = new ConcurrentHashMap<>();
  private final Newest<Entry> ended = new Newest<>();
  private final Newest<LoadErrorEntry> loadErrors = new Newest<>();
  private final Newest<LoadFileEntry> loadFiles = new Newest<>();
  private final Newest<ProcedureMessage> messages = new Newest<>();
  private final Newest<UnloadEntry> unloads = new Newest<>();
  private final Newest<Incident> incidents = new Newest<>();
  private final Newest<SessionEnd> sessions = new Newest<>();
  private final Newest<ViewRefresh> refreshes = new Newest<>();
  private final Newest<ViewState> viewStates = new Newest<>();
  private final Deque<PlanText> plans = new ArrayDeque<>();
  private final Priorities priorities = new Priorities();
  private volatile Consumer<Event> keeper = _ -> {};
  private volatile CompletableFuture<Void> restored = CompletableFuture.completedFuture(null);

  /// The newest of what happened, oldest first.
  private static final class Newest<T> {
    private final Deque<T> kept = new ArrayDeque<>();

    synchronized void add(T one) {
      kept.addLast(one);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }

    /// Puts what happened before all that is kept at its place.
    synchronized void before(List<T> older) {
      for (int i = older.size() - 1; i >= 0 && kept.size() < KEPT; i--) {
        kept.addFirst(older.get(i));
      }
    }

    synchronized List<T> all() {
      return new ArrayList<>(kept);
    }
  }

  /// From now on events go to `keeper`, too, and numbers begin after `lastQuery`. What happened
  /// before comes from `earlier`, on a thread of its own.
  public void keep(Consumer<Event> keeper, int lastQuery, Supplier<List<Event>> earlier) {
    nextId.updateAndGet(id -> Math.max(id, lastQuery));
    this.keeper = keeper;
    restored = new CompletableFuture<>();
    CompletableFuture<Void> done = restored;
    Thread.ofPlatform()
        .daemon()
        .name("history-reader")
        .start(
            () -> {
              try {
                restore(earlier.get());
              } finally {
                done.complete(null);
              }
            });
  }

  /// From now on events go to somebody else, too.
  public void alsoTell(Consumer<Event> listener) {
    keeper = keeper.andThen(listener);
  }

  private void restore(List<Event> events) {
    ended.before(of(events, Entry.class));
    loadErrors.before(of(events, LoadErrorEntry.class));
    loadFiles.before(of(events, LoadFileEntry.class));
    messages.before(of(events, ProcedureMessage.class));
    unloads.before(of(events, UnloadEntry.class));
    incidents.before(of(events, Incident.class));
    sessions.before(of(events, SessionEnd.class));
    refreshes.before(of(events, ViewRefresh.class));
    viewStates.before(of(events, ViewState.class));
  }

  private static <T extends Event> List<T> of(List<Event> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private <T> List<T> all(Newest<T> newest) {
    restored.join();
    return newest.all();
  }

  public int begin(Entry entry) {
    running.put(entry.queryId(), entry);
    return entry.queryId();
  }

  /// A statement carries out a plan, after others perhaps.
  public void executing(int queryId, PhysicalPlan plan) {
    if (running.containsKey(queryId)) {
      executing.put(queryId, plan);
    }
  }

  /// The plan that a statement carries out now.
  Optional<PhysicalPlan> planOf(int queryId) {
    return Optional.ofNullable(executing.get(queryId));
  }

  public Priorities priorities() {
    return priorities;
  }

  public int nextId() {
    return nextId.incrementAndGet();
  }

  public void end(int queryId, Outcome outcome) {
    loads.remove(queryId);
    executing.remove(queryId);
    Entry entry = running.remove(queryId);
    if (entry != null) {
      Entry done =
          new Entry(
              queryId,
              outcome.transactionId(),
              entry.issuer(),
              entry.queryGroup(),
              entry.type(),
              entry.text(),
              entry.start(),
              Optional.of(outcome));
      priorities.ended(done);
      writeOut(outcome.plan());
      ended.add(done);
      keeper.accept(done);
    }
  }

  /// Has the plan of an earlier statement written, if nobody has asked for it since.
  private void writeOut(PlanText plan) {
    PlanText earlier = null;
    synchronized (plans) {
      plans.addLast(plan);
      if (plans.size() > KEPT_PLANS) {
        earlier = plans.removeFirst();
      }
    }
    if (earlier != null) {
      earlier.lines();
    }
  }

  public void loadErrors(List<LoadErrorEntry> errors) {
    errors.forEach(loadErrors::add);
    errors.forEach(keeper);
  }

  public void loaded(List<LoadFileEntry> files) {
    files.forEach(loadFiles::add);
    files.forEach(keeper);
  }

  /// Files that COPY has loaded, oldest first.
  public List<LoadFileEntry> loadFiles() {
    return all(loadFiles);
  }

  public void said(ProcedureMessage message) {
    messages.add(message);
    keeper.accept(message);
  }

  public void unloaded(UnloadEntry file) {
    unloads.add(file);
    keeper.accept(file);
  }

  public void happened(Incident incident) {
    incidents.add(incident);
    keeper.accept(incident);
  }

  /// Incidents of a kind, oldest first.
  List<Incident> incidents(Incident.Kind kind) {
    return all(incidents).stream().filter(incident -> incident.kind() == kind).toList();
  }

  public void sessionEnded(SessionEnd session) {
    priorities.sessionEnded(session.issuer().processId());
    sessions.add(session);
    keeper.accept(session);
  }

  public void refreshed(ViewRefresh refresh) {
    refreshes.add(refresh);
    keeper.accept(refresh);
  }

  public void viewChanged(ViewState state) {
    viewStates.add(state);
    keeper.accept(state);
  }

  /// Refreshes of materialized views, oldest first.
  public List<ViewRefresh> refreshes() {
    return all(refreshes);
  }

  /// Changes of what can be done to materialized views, oldest first.
  public List<ViewState> viewStates() {
    return all(viewStates);
  }

  /// Messages of stored procedures, oldest first.
  public List<ProcedureMessage> messages() {
    return all(messages);
  }

  /// Files that UNLOAD has written, oldest first.
  public List<UnloadEntry> unloads() {
    return all(unloads);
  }

  public void loadState(LoadState state) {
    loads.put(state.queryId(), state);
  }

  /// COPY statements that run now.
  public List<LoadState> loads() {
    return List.copyOf(loads.values());
  }

  /// How far a running COPY has come.
  public Optional<LoadState> load(int queryId) {
    return Optional.ofNullable(loads.get(queryId));
  }

  /// Statements that run now.
  public List<Entry> running() {
    return List.copyOf(running.values());
  }

  /// Statements that have ended, oldest first.
  public List<Entry> ended() {
    return all(ended);
  }

  /// Bad rows, oldest first.
  public List<LoadErrorEntry> loadErrors() {
    return all(loadErrors);
  }

  /// Sessions that have ended, oldest first.
  public List<SessionEnd> sessions() {
    return all(sessions);
  }
}

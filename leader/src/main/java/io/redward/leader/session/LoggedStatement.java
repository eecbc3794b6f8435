package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.trace.Stage;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.system.Incident;
import io.redward.leader.system.PlanText;
import io.redward.leader.system.QueryLog;
import io.redward.leader.system.StepRun;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.Routing;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.spi.LoadError;
import io.redward.spi.LoadedFile;
import io.redward.spi.Unloader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A statement's entry in the log while it runs.
final class LoggedStatement {
  /// Words that a secret stands behind, as in COPY, UNLOAD and CREATE USER.
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b((?:credentials|secret_access_key|session_token|token|password"
              + "|master_symmetric_key)(?:\\s+as)?)"
              + "\\s*'(?:[^']|'')*'",
          Pattern.CASE_INSENSITIVE);

  private final QueryLog log;
  private final LeaderSession session;
  private final int queryId;
  private final long began = System.nanoTime();
  private final long transactionId;
  private final List<QueryLog.SegmentRun> segments = new ArrayList<>();
  private boolean readsTables;
  private PlanText plan = PlanText.NONE;
  private long planMicros;

  /// What the session's statement had waited when this one, which may be a procedure's, began.
  private final long waitedBefore;

  private final long lockedBefore;
  private long returnedBytes;

  private final String kind;
  private final String text;
  private final Instant startedAt;
  private long rows;
  private int sourceQuery;
  private Routing routing = Routing.MAIN;

  private LoggedStatement(
      LeaderSession session, int queryId, long transactionId, String kind, String text) {
    this.log = session.warehouse().log();
    this.session = session;
    this.queryId = queryId;
    this.transactionId = transactionId;
    this.kind = kind;
    this.text = text;
    this.startedAt = now(session);
    this.waitedBefore = session.stages().progress().waitedNanos();
    this.lockedBefore = session.stages().nanos(Stage.QUEUE);
  }

  static LoggedStatement begin(LeaderSession session, Statement statement, String text) {
    QueryLog log = session.warehouse().log();
    LoggedStatement logged =
        new LoggedStatement(
            session,
            log.nextId(),
            session.transaction().statementNumber(),
            StatementReport.kind(statement),
            withoutSecrets(text));
    session.stages().query(logged.queryId);
    log.begin(
        new QueryLog.Entry(
            logged.queryId,
            logged.transactionId,
            issuer(session),
            session.settings().queryGroup(),
            StatementTypes.of(statement),
            logged.text,
            logged.startedAt,
            Optional.empty()));
    return logged;
  }

  /// The text to be kept; where nothing is quoted there is nothing to hide.
  private static String withoutSecrets(String text) {
    return text.indexOf('\'') < 0 ? text : SECRET.matcher(text).replaceAll("$1 '***'");
  }

  static QueryLog.Issuer issuer(LeaderSession session) {
    return new QueryLog.Issuer(
        session.processId(),
        session.user().oid(),
        session.user().name(),
        session.database().name());
  }

  /// For work that is no statement of its own.
  static LoggedStatement none(LeaderSession session) {
    return new LoggedStatement(session, 0, 0, "", "");
  }

  private static Instant now(LeaderSession session) {
    return session.warehouse().clock().instant();
  }

  int queryId() {
    return queryId;
  }

  /// An execution begins.
  void executing(StatementPlan statement) {
    log.executing(queryId, statement.planned().plan());
    if (planMicros == 0) {
      planMicros = (System.nanoTime() - began) / 1_000;
      new Audit(session).policies(statement.bound(), queryId);
      plan = SecuredExplain.text(session, statement);
    }
  }

  /// What an execution of the statement came to.
  void executed(PhysicalPlan plan, ExecutionResult result) {
    for (SegmentProfile profile : result.profiles()) {
      Segment segment = segment(plan, profile.segment());
      if (segment != null) {
        segments.add(
            new QueryLog.SegmentRun(
                profile,
                segment.label(),
                StepRun.of(segment, profile),
                SegmentShares.of(segment, result)));
        for (int i = 0; i < result.moves().size(); i++) {
          ExecutionResult.Move move = result.moves().get(i);
          if (move.segment() == segment.id()) {
            segments.add(moved(profile, segment, move, SegmentShares.ofMove(i, result)));
          }
        }
      }
    }
    readsTables |= readsTables(plan);
    rows += result.rows();
    routing = result.routing();
  }

  private static @Nullable Segment segment(PhysicalPlan plan, int id) {
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        if (segment.id() == id) {
          return segment;
        }
      }
    }
    return null;
  }

  private static boolean readsTables(PhysicalPlan plan) {
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        if (segment.source() instanceof SourceStep.TableScan
            || segment.source() instanceof SourceStep.MergeJoin) {
          return true;
        }
      }
    }
    return false;
  }

  /// A segment's rows on their way to other machines, as a run of one step.
  private static QueryLog.SegmentRun moved(
      SegmentProfile profile,
      Segment segment,
      ExecutionResult.Move move,
      List<QueryLog.SegmentShare> shares) {
    SegmentProfile way =
        new SegmentProfile(
            profile.stream(),
            profile.segment(),
            move.rows(),
            move.rows(),
            move.bytes(),
            0,
            profile.elapsedNanos(),
            SegmentProfile.Code.CACHED,
            0,
            SegmentProfile.Blocks.NONE);
    return new QueryLog.SegmentRun(way, segment.label(), List.of(StepRun.of(move)), shares);
  }

  /// The segments that have run so far.
  List<QueryLog.SegmentRun> segments() {
    return List.copyOf(segments);
  }

  /// The statement was answered with the rows of an earlier one.
  void reused(int sourceQuery, long rows) {
    this.sourceQuery = sourceQuery;
    this.rows += rows;
  }

  /// Counts what goes to the client.
  BatchConsumer counted(BatchConsumer rows) {
    return batch -> {
      returnedBytes += batch.valueBytes();
      rows.accept(batch);
    };
  }

  /// Rows that were changed without a plan.
  void changed(long rows) {
    this.rows += rows;
  }

  void loading(String table, long rows, long bytesRead, long bytesTotal) {
    log.loadState(new QueryLog.LoadState(queryId, table, rows, bytesRead, bytesTotal));
  }

  void unloaded(List<Unloader.Written> files) {
    QueryLog.Issuer issuer = issuer(session);
    files.forEach(
        file ->
            log.unloaded(
                new QueryLog.UnloadEntry(queryId, transactionId(), issuer, now(session), file)));
    long written = files.stream().mapToLong(Unloader.Written::rows).sum();
    session.lastRuns().unloaded(queryId, written);
  }

  void loaded(long rows) {
    session.lastRuns().copied(queryId, rows);
    this.rows += rows;
  }

  /// Files went into a table.
  void copied(TableDefinition table, List<LoadedFile> files) {
    long loaded = files.stream().mapToLong(LoadedFile::rows).sum();
    long read = loaded + files.stream().mapToLong(LoadedFile::errors).sum();
    SegmentProfile profile =
        new SegmentProfile(
            0,
            0,
            read,
            loaded,
            files.stream().mapToLong(LoadedFile::bytes).sum(),
            0,
            System.nanoTime() - began,
            SegmentProfile.Code.CACHED,
            0,
            SegmentProfile.Blocks.NONE);
    segments.add(
        new QueryLog.SegmentRun(
            profile, "copy", StepRun.ofLoad(table.oid(), table.name(), read, loaded), List.of()));
  }

  /// @param job the number of the COPY job, 0 if it is none
  void loadedFiles(List<LoadedFile> files, long job) {
    Instant at = now(session);
    QueryLog.Issuer issuer = issuer(session);
    log.loaded(
        files.stream()
            .map(
                file -> new QueryLog.LoadFileEntry(queryId, transactionId(), issuer, job, at, file))
            .toList());
  }

  void loadErrors(int tableOid, List<LoadError> errors) {
    Instant at = now(session);
    QueryLog.Issuer issuer = issuer(session);
    log.loadErrors(
        errors.stream()
            .map(
                error ->
                    new QueryLog.LoadErrorEntry(
                        queryId, transactionId(), issuer, tableOid, at, error))
            .toList());
  }

  private long spilledBytes() {
    return session.stages().progress().memory().spilled().getAsLong();
  }

  /// The statement has met something.
  ///
  /// @param values as the kind says
  void happened(Incident.Kind kind, List<String> values) {
    log.happened(
        new Incident(kind, queryId, transactionId(), issuer(session), now(session), values));
  }

  /// The transaction's number, which it may have got while the statement ran.
  private long transactionId() {
    return session.transaction().number().orElse(transactionId);
  }

  void end(Optional<SqlException> failure) {
    if (readsTables) {
      session.lastRuns().queried(queryId);
    }
    failure
        .flatMap(error -> FailureNotes.of(error, spilledBytes()))
        .ifPresent(note -> happened(note.kind(), note.values()));
    log.end(
        queryId,
        new QueryLog.Outcome(
            now(session),
            transactionId(),
            rows,
            failure.map(SqlException::message).orElse(""),
            failure.map(SqlException::state).equals(Optional.of(SqlState.QUERY_CANCELED)),
            planMicros,
            (session.stages().progress().waitedNanos() - waitedBefore) / 1_000,
            Math.max(0, session.stages().nanos(Stage.QUEUE) - lockedBefore) / 1_000,
            returnedBytes,
            segments,
            plan,
            sourceQuery,
            log.load(queryId),
            routing));
    session
        .warehouse()
        .observer()
        .ended(
            new StatementReport(
                queryId,
                session.processId(),
                session.user().name(),
                session.database().name(),
                kind,
                text,
                startedAt,
                System.nanoTime() - began,
                failure.map(SqlException::state),
                rows,
                sourceQuery != 0,
                segments.stream().map(QueryLog.SegmentRun::profile).toList(),
                session.endStages()));
  }
}

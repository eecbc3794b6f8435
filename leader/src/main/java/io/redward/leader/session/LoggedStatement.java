package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.system.QueryLog;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SourceStep;
import io.redward.spi.LoadError;
import io.redward.spi.Unloader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A statement's entry in the log while it runs.
final class LoggedStatement {
  /// Words that a secret stands behind, as in COPY, UNLOAD and CREATE USER.
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b((?:credentials|secret_access_key|session_token|token|password)(?:\\s+as)?)"
              + "\\s*'(?:[^']|'')*'",
          Pattern.CASE_INSENSITIVE);

  private final QueryLog log;
  private final LeaderSession session;
  private final int queryId;
  private final List<QueryLog.SegmentRun> segments = new ArrayList<>();
  private boolean readsTables;
  private final String kind;
  private final String text;
  private final Instant startedAt;
  private final long startNanos = System.nanoTime();
  private long rows;
  private int sourceQuery;

  private LoggedStatement(LeaderSession session, int queryId, String kind, String text) {
    this.log = session.warehouse().log();
    this.session = session;
    this.queryId = queryId;
    this.kind = kind;
    this.text = text;
    this.startedAt = now(session);
  }

  static LoggedStatement begin(LeaderSession session, Statement statement, String text) {
    QueryLog log = session.warehouse().log();
    LoggedStatement logged =
        new LoggedStatement(
            session,
            log.nextId(),
            StatementReport.kind(statement),
            SECRET.matcher(text).replaceAll("$1 '***'"));
    session.stages().query(logged.queryId);
    log.begin(
        new QueryLog.Entry(
            logged.queryId,
            session.processId(),
            session.user().oid(),
            session.user().name(),
            session.database().name(),
            session.settings().get("query_group"),
            logged.text,
            logged.startedAt,
            Optional.empty(),
            0,
            "",
            List.of(),
            0));
    return logged;
  }

  /// For work that is no statement of its own.
  static LoggedStatement none(LeaderSession session) {
    return new LoggedStatement(session, 0, "", "");
  }

  private static Instant now(LeaderSession session) {
    return session.warehouse().clock().instant();
  }

  int queryId() {
    return queryId;
  }

  /// What an execution of the statement came to.
  void executed(PhysicalPlan plan, ExecutionResult result) {
    Map<Integer, String> labels = new HashMap<>();
    plan.streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .forEach((Segment segment) -> labels.put(segment.id(), segment.label()));
    for (SegmentProfile profile : result.profiles()) {
      segments.add(new QueryLog.SegmentRun(profile, labels.getOrDefault(profile.segment(), "")));
    }
    readsTables |=
        plan.streams().stream()
            .flatMap(stream -> stream.segments().stream())
            .anyMatch(
                segment ->
                    segment.source() instanceof SourceStep.TableScan
                        || segment.source() instanceof SourceStep.MergeJoin);
    rows += result.rows();
  }

  /// The statement was answered with the rows of an earlier one.
  void reused(int sourceQuery, long rows) {
    this.sourceQuery = sourceQuery;
    this.rows += rows;
  }

  /// Rows that were changed without a plan.
  void changed(long rows) {
    this.rows += rows;
  }

  void loading(String table, long rows, long bytesRead, long bytesTotal) {
    log.loadState(new QueryLog.LoadState(queryId, table, rows, bytesRead, bytesTotal));
  }

  void unloaded(List<Unloader.Written> files) {
    files.forEach(
        file ->
            log.unloaded(
                new QueryLog.UnloadEntry(
                    queryId, session.processId(), session.user().oid(), now(session), file)));
    long written = files.stream().mapToLong(Unloader.Written::rows).sum();
    session.lastRuns().unloaded(queryId, written);
  }

  void loaded(long rows) {
    session.lastRuns().copied(queryId, rows);
    this.rows += rows;
  }

  void loadErrors(int tableOid, List<LoadError> errors) {
    Instant at = now(session);
    log.loadErrors(
        errors.stream()
            .map(
                error ->
                    new QueryLog.LoadErrorEntry(queryId, session.user().oid(), tableOid, at, error))
            .toList());
  }

  void end(Optional<SqlException> failure) {
    if (readsTables) {
      session.lastRuns().queried(queryId);
    }
    String error = failure.map(SqlException::message).orElse("");
    log.end(queryId, new QueryLog.Outcome(now(session), rows, error, segments, sourceQuery));
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
                System.nanoTime() - startNanos,
                failure.map(SqlException::state),
                rows,
                sourceQuery != 0,
                segments.stream().map(QueryLog.SegmentRun::profile).toList(),
                session.endStages()));
  }
}

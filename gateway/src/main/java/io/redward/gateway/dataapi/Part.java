package io.redward.gateway.dataapi;

import io.redward.leader.session.ResultColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far one statement of a submission has come. A value: the run replaces it step by step.
///
/// @param rows returned or changed, -1 if neither
/// @param result where the rows are, if it returned any columns
record Part(
    String sql,
    StatementStatus status,
    Instant createdAt,
    Instant updatedAt,
    Duration duration,
    Optional<String> error,
    long rows,
    List<ResultColumn> columns,
    Optional<ResultFile> result) {
  static Part submitted(String sql, Instant now) {
    return new Part(
        sql,
        StatementStatus.SUBMITTED,
        now,
        now,
        Duration.ZERO,
        Optional.empty(),
        -1,
        List.of(),
        Optional.empty());
  }

  Part started(Instant now) {
    return with(StatementStatus.STARTED, now, Duration.ZERO, Optional.empty());
  }

  Part failed(Instant now, String message) {
    return with(
        StatementStatus.FAILED, now, Duration.between(updatedAt, now), Optional.of(message));
  }

  Part aborted(Instant now, String message) {
    return with(
        StatementStatus.ABORTED, now, Duration.between(updatedAt, now), Optional.of(message));
  }

  Part finished(Instant now, ResultCollector collected) {
    return new Part(
        sql,
        StatementStatus.FINISHED,
        createdAt,
        now,
        Duration.between(updatedAt, now),
        Optional.empty(),
        collected.rowCount(),
        collected.columns(),
        collected.file());
  }

  private Part with(
      StatementStatus next, Instant now, Duration duration, Optional<String> message) {
    return new Part(sql, next, createdAt, now, duration, message, rows, columns, result);
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.trace.StageTimes;
import io.redward.leader.sql.ast.Statement;
import io.redward.plan.run.SegmentProfile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a statement that has ended came to, for those who keep metrics and traces.
///
/// @param kind which statement it was, such as `query` or `create table`: one of a fixed set
/// @param text its text without secrets
/// @param nanos from its begin to its end
/// @param failure the error it ended with
/// @param reused whether its rows were those of an earlier one
/// @param stages where the time went; parsing, and planning of a prepared statement, lie before
///     `startedAt`
public record StatementReport(
    int queryId,
    int processId,
    String user,
    String database,
    String kind,
    String text,
    Instant startedAt,
    long nanos,
    Optional<SqlState> failure,
    long rows,
    boolean reused,
    List<SegmentProfile> segments,
    StageTimes stages) {
  private static final ClassValue<String> KINDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return StatementRunner.words(type).toLowerCase(Locale.ROOT);
        }
      };

  /// The name of a statement's class as words.
  static String kind(Statement statement) {
    return KINDS.get(statement.getClass());
  }
}

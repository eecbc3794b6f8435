package io.redward.gateway.observe;

import io.redward.foundation.base.SqlState;
import io.redward.leader.session.StatementObserver;
import io.redward.leader.session.StatementReport;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes statements that took long into the log, one line each with its figures as fields.
///
/// @param atLeast statements quicker than that are left out; zero keeps all
public record StatementLog(Duration atLeast) implements StatementObserver {
  private static final Logger LOG = LoggerFactory.getLogger("redward.statement");

  @Override
  public void ended(StatementReport report) {
    if (report.nanos() >= atLeast.toNanos()) {
      LOG.atInfo()
          .addKeyValue("query", report.queryId())
          .addKeyValue("process", report.processId())
          .addKeyValue("user", report.user())
          .addKeyValue("database", report.database())
          .addKeyValue("kind", report.kind())
          .addKeyValue("millis", report.nanos() / 1_000_000)
          .addKeyValue("rows", report.rows())
          .addKeyValue("sqlstate", report.failure().map(SqlState::code).orElse("00000"))
          .addKeyValue("text", report.text())
          .log("statement");
    }
  }
}

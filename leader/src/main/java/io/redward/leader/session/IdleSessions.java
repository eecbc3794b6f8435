package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.system.QueryLog.SessionEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// Ends sessions that have done nothing for longer than their user's SESSION TIMEOUT, or than the
/// server's where the user has none.
final class IdleSessions implements Runnable {
  static final int INTERVAL_SECONDS = 5;

  private static final String TOO_LONG = "terminating connection due to idle-session timeout";

  private final LeaderWarehouse warehouse;

  IdleSessions(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public void run() {
    Instant now = warehouse.clock().instant();
    for (LeaderSession session : warehouse.sessions()) {
      OptionalInt seconds = limit(session, warehouse);
      if (seconds.isPresent()
          && !session.isRunning()
          && isOver(session.lastActive(), seconds.getAsInt(), now)) {
        session.terminate(new SqlException(SqlState.ADMIN_SHUTDOWN, TOO_LONG));
      }
    }
  }

  /// How long a session may do nothing.
  static OptionalInt limit(LeaderSession session, LeaderWarehouse warehouse) {
    OptionalInt own = session.timeoutSeconds();
    return own.isPresent() ? own : warehouse.idleTimeout();
  }

  /// What is to be told of a session that ends.
  static SessionEnd ended(LeaderSession session) {
    LeaderWarehouse warehouse = session.warehouse();
    return new SessionEnd(
        LoggedStatement.issuer(session),
        session.startedAt(),
        warehouse.clock().instant(),
        limit(session, warehouse).orElse(0),
        session.terminated().filter(reason -> reason.message().equals(TOO_LONG)).isPresent());
  }

  static boolean isOver(Instant lastActive, int seconds, Instant now) {
    return Duration.between(lastActive, now).compareTo(Duration.ofSeconds(seconds)) >= 0;
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// Ends sessions that have done nothing for longer than their user's SESSION TIMEOUT, or than the
/// server's where the user has none.
final class IdleSessions implements Runnable {
  static final int INTERVAL_SECONDS = 5;

  private final LeaderWarehouse warehouse;

  IdleSessions(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public void run() {
    Instant now = warehouse.clock().instant();
    for (LeaderSession session : warehouse.sessions()) {
      OptionalInt own = session.timeoutSeconds();
      OptionalInt seconds = own.isPresent() ? own : warehouse.idleTimeout();
      if (seconds.isPresent()
          && !session.isRunning()
          && isOver(session.lastActive(), seconds.getAsInt(), now)) {
        session.terminate(
            new SqlException(
                SqlState.ADMIN_SHUTDOWN, "terminating connection due to idle-session timeout"));
      }
    }
  }

  static boolean isOver(Instant lastActive, int seconds, Instant now) {
    return Duration.between(lastActive, now).compareTo(Duration.ofSeconds(seconds)) >= 0;
  }
}

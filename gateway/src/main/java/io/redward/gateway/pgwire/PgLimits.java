package io.redward.gateway.pgwire;

import java.time.Duration;

/// What clients are held to.
///
/// @param maxConnections connections over this are refused with 53300
/// @param maxMessageBytes the longest frontend message, Redshift's statement limit of 16 MB and
///     room for parameters
/// @param login a connection that has not logged in after this is closed
/// @param stalled a connection that has taken nothing of what is sent to it for this long is closed
public record PgLimits(int maxConnections, int maxMessageBytes, Duration login, Duration stalled) {
  public static final int DEFAULT_MAX_CONNECTIONS = 2_000;

  public static final PgLimits DEFAULT =
      new PgLimits(
          DEFAULT_MAX_CONNECTIONS, 64 << 20, Duration.ofSeconds(60), Duration.ofMinutes(10));

  public PgLimits withMaxConnections(int connections) {
    return new PgLimits(connections, maxMessageBytes, login, stalled);
  }

  public PgLimits withLogin(Duration login) {
    return new PgLimits(maxConnections, maxMessageBytes, login, stalled);
  }

  public PgLimits withStalled(Duration stalled) {
    return new PgLimits(maxConnections, maxMessageBytes, login, stalled);
  }
}

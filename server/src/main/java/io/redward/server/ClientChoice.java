package io.redward.server;

import io.redward.gateway.pgwire.PgLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// What a server holds its clients to.
final class ClientChoice {
  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "" + PgLimits.DEFAULT_MAX_CONNECTIONS,
      description = "Connections over this are refused with 53300 (${DEFAULT-VALUE}).")
  private int maxConnections = PgLimits.DEFAULT_MAX_CONNECTIONS;

  @Option(
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      description =
          "End sessions that do nothing for so long, unless their user's SESSION TIMEOUT says"
              + " otherwise (default: never).")
  private Optional<Integer> idleTimeout = Optional.empty();

  @Option(
      names = "--login-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Close connections that have not logged in by then (${DEFAULT-VALUE}).")
  private int loginTimeout = 60;

  @Option(
      names = "--stalled-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "Close connections whose client takes nothing of what is sent for so long"
              + " (${DEFAULT-VALUE}).")
  private int stalledTimeout = 600;

  @Option(
      names = "--audit-log",
      paramLabel = "DIR",
      description =
          "Write connections, changes of users and statements to text files in this directory, a"
              + " file each day (default: system views only).")
  private Optional<Path> auditLog = Optional.empty();

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "At the end, running statements and open transactions may go on for so long"
              + " (${DEFAULT-VALUE}).")
  private int grace = 10;

  void apply(EmbeddedWarehouse warehouse) {
    warehouse.limitClients(
        PgLimits.DEFAULT
            .withMaxConnections(maxConnections)
            .withLogin(Duration.ofSeconds(loginTimeout))
            .withStalled(Duration.ofSeconds(stalledTimeout)));
    auditLog.ifPresent(
        directory -> {
          try {
            warehouse.leader().writeAudit(directory);
          } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be written to " + directory, e);
          }
        });
    idleTimeout.ifPresent(seconds -> warehouse.leader().idleTimeout(OptionalInt.of(seconds)));
  }

  Duration grace() {
    return Duration.ofSeconds(grace);
  }
}

package io.redward.server;

import io.redward.gateway.observe.StatementLog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a server tells those who watch it.
final class WatchChoice {
  /// The form of log lines.
  enum LogFormat {
    TEXT,
    JSON
  }

  @Option(
      names = "--log-format",
      defaultValue = "text",
      description = "text or json, one object a line on standard error (${DEFAULT-VALUE}).")
  private LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = "--log-statements",
      paramLabel = "MILLIS",
      description = "Log statements that took at least so long; 0 logs all.")
  private Optional<Long> logStatements = Optional.empty();

  @Option(
      names = "--traces",
      paramLabel = "URL",
      description =
          "Collector that statements are sent to as OpenTelemetry traces (OTLP over HTTP), such as"
              + " http://127.0.0.1:4318 (default: $OTEL_EXPORTER_OTLP_ENDPOINT, else none).")
  private Optional<String> traces = Optional.empty();

  /// To be called before anything logs.
  void chooseLogFormat() {
    if (logFormat == LogFormat.JSON) {
      System.setProperty("redward.log.format", "json");
    }
  }

  void apply(EmbeddedWarehouse warehouse) {
    Map<String, String> environment = System.getenv();
    traces
        .or(() -> Optional.ofNullable(environment.get("OTEL_EXPORTER_OTLP_ENDPOINT")))
        .filter(endpoint -> !endpoint.isEmpty())
        .ifPresent(
            endpoint ->
                warehouse.trace(
                    endpoint, environment.getOrDefault("OTEL_SERVICE_NAME", "redward")));
    logStatements.ifPresent(
        millis -> warehouse.observe(new StatementLog(Duration.ofMillis(millis))));
  }
}

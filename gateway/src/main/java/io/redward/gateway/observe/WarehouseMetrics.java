package io.redward.gateway.observe;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.trace.Stage;
import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import io.redward.leader.session.StatementObserver;
import io.redward.leader.session.StatementReport;
import io.redward.plan.run.SegmentProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// A server's metrics, in a registry of its own: several servers in one process do not mix. The
/// page is Prometheus's text form.
public final class WarehouseMetrics implements StatementObserver, HttpPage {
  private static final double NANOS = 1e9;
  private static final Stage[] STAGES = Stage.values();

  /// What every good statement of a kind adds to.
  private record Kind(CounterDataPoint ok, DistributionDataPoint seconds) {}

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter statements =
      Counter.builder()
          .name("redward_statements_total")
          .help("Statements that have ended, by kind and outcome.")
          .labelNames("kind", "outcome")
          .register(registry);
  private final Histogram statementSeconds =
      Histogram.builder()
          .name("redward_statement_seconds")
          .help("Time from a statement's begin to its end.")
          .unit(Unit.SECONDS)
          .labelNames("kind")
          .classicOnly()
          .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600)
          .register(registry);
  private final Histogram stageSeconds =
      Histogram.builder()
          .name("redward_stage_seconds")
          .help("Time of a statement in a stage; compile lies within execute.")
          .unit(Unit.SECONDS)
          .labelNames("stage")
          .classicOnly()
          .classicUpperBounds(0.0001, 0.0005, 0.002, 0.01, 0.05, 0.2, 1, 10, 100)
          .register(registry);
  private final Counter errors =
      Counter.builder()
          .name("redward_errors_total")
          .help("Statements that failed, by SQLSTATE.")
          .labelNames("sqlstate")
          .register(registry);
  private final Counter rows =
      counter("redward_rows_total", "Rows returned, inserted, deleted or updated.");
  private final Counter spilled =
      counter("redward_spilled_bytes_total", "Bytes that statements wrote to temporary files.");
  private final Counter reused =
      counter("redward_result_cache_hits_total", "Statements answered with an earlier result.");

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final DistributionDataPoint[] stages =
      Arrays.stream(STAGES)
          .map(stage -> stageSeconds.labelValues(stage.label()))
          .toArray(DistributionDataPoint[]::new);

  private Counter counter(String name, String help) {
    return Counter.builder().name(name).help(help).register(registry);
  }

  /// Adds a figure that goes up and down, asked for when it is wanted.
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// Adds a figure that only grows; its name ends with `_total`.
  public void total(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  @Override
  public void ended(StatementReport report) {
    Kind kind = kinds.computeIfAbsent(report.kind(), this::kind);
    if (report.failure().isEmpty()) {
      kind.ok().inc();
    } else {
      SqlState state = report.failure().get();
      String outcome = state == SqlState.QUERY_CANCELED ? "cancelled" : "error";
      statements.labelValues(report.kind(), outcome).inc();
      errors.labelValues(state.code()).inc();
    }
    kind.seconds().observe(report.nanos() / NANOS);
    for (int stage = 0; stage < stages.length; stage++) {
      long nanos = report.stages().nanos(STAGES[stage]);
      if (nanos > 0) {
        stages[stage].observe(nanos / NANOS);
      }
    }
    rows.inc(report.rows());
    long bytes = 0;
    for (SegmentProfile segment : report.segments()) {
      bytes += segment.spilledBytes();
    }
    add(spilled, bytes);
    add(reused, report.reused() ? 1 : 0);
  }

  private Kind kind(String name) {
    return new Kind(statements.labelValues(name, "ok"), statementSeconds.labelValues(name));
  }

  private static void add(CounterDataPoint counter, long amount) {
    if (amount > 0) {
      counter.inc(amount);
    }
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter writer =
        PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HttpAnswer(200, writer.getContentType(), Map.of(), out.toByteArray());
  }
}

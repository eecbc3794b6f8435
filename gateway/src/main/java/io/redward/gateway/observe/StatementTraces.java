package io.redward.gateway.observe;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.redward.foundation.trace.StageTimes;
import io.redward.leader.session.StatementObserver;
import io.redward.leader.session.StatementReport;
import io.redward.plan.run.SegmentProfile;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends every statement as a trace to a collector: the statement, a span a stage, and the segments
/// as events with their rows. A comment in the statement of the form that SQLCommenter writes,
/// `/*traceparent='00-…-…-01'*/`, makes it part of the caller's trace.
public final class StatementTraces implements StatementObserver, AutoCloseable {
  private static final Pattern PARENT =
      Pattern.compile("traceparent='00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})'");
  private static final int MAX_TEXT = 4_000;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private StatementTraces(SdkTracerProvider provider) {
    this.provider = provider;
    tracer = provider.get("io.redward");
  }

  /// @param endpoint the collector's base address, such as `http://127.0.0.1:4318`
  public static StatementTraces sendingTo(String endpoint, String serviceName) {
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build();
    return new StatementTraces(
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.builder().put("service.name", serviceName).build())))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  @Override
  public void ended(StatementReport report) {
    long endNanos = System.nanoTime();
    long endEpoch = epochNanos(report.startedAt()) + report.nanos();
    long shift = endEpoch - endNanos;
    long begin =
        report.stages().spans().stream()
            .mapToLong(span -> span.startNanos() + shift)
            .reduce(epochNanos(report.startedAt()), Math::min);
    Span statement = statement(report, begin);
    Context inside = Context.root().with(statement);
    for (StageTimes.Span stage : report.stages().spans()) {
      long started = stage.startNanos() + shift;
      tracer
          .spanBuilder(stage.stage().label())
          .setParent(inside)
          .setStartTimestamp(started, TimeUnit.NANOSECONDS)
          .startSpan()
          .end(started + stage.nanos(), TimeUnit.NANOSECONDS);
    }
    for (SegmentProfile segment : report.segments()) {
      statement.addEvent("segment", attributes(segment), endEpoch, TimeUnit.NANOSECONDS);
    }
    report
        .failure()
        .ifPresent(
            state -> {
              statement.setStatus(StatusCode.ERROR);
              statement.setAttribute("db.response.status_code", state.code());
            });
    statement.end(endEpoch, TimeUnit.NANOSECONDS);
  }

  private Span statement(StatementReport report, long begin) {
    String text = report.text();
    SpanBuilder builder =
        tracer
            .spanBuilder(report.kind())
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(begin, TimeUnit.NANOSECONDS)
            .setAttribute("db.system.name", "redward")
            .setAttribute("db.namespace", report.database())
            .setAttribute("db.operation.name", report.kind())
            .setAttribute(
                "db.query.text", text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text)
            .setAttribute("db.response.returned_rows", report.rows())
            .setAttribute("enduser.id", report.user())
            .setAttribute("redward.query", report.queryId())
            .setAttribute("redward.process", report.processId());
    Matcher parent = PARENT.matcher(report.stages().text());
    return parent.find()
        ? builder.setParent(caller(parent)).startSpan()
        : builder.setNoParent().startSpan();
  }

  private static Context caller(Matcher parent) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parent.group(1),
                    parent.group(2),
                    TraceFlags.fromHex(parent.group(3), 0),
                    TraceState.getDefault())));
  }

  private static Attributes attributes(SegmentProfile segment) {
    return Attributes.builder()
        .put("stream", segment.stream())
        .put("segment", segment.segment())
        .put("rows.in", segment.sourceRows())
        .put("rows.out", segment.sinkRows())
        .put("spilled.bytes", segment.spilledBytes())
        .put("seconds", segment.elapsedNanos() / 1e9)
        .build();
  }

  private static long epochNanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }

  /// Sends what has not been sent.
  @Override
  public void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }
}

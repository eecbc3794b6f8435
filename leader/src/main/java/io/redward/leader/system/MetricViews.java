package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.Outcome;
import io.redward.leader.system.QueryLog.SegmentRun;
import io.redward.leader.system.StepRun.Kind;
import io.redward.plan.run.ExecutionResult;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Counters of queries, their segments and steps: `stl_query_metrics`, `svl_query_metrics` and
/// their kin. One node keeps no counters of processor time, so these are NULL.
final class MetricViews {
  private static final int ALL = -1;

  private MetricViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_query_metrics", MetricViews::levels);
    readers.put("svl_query_metrics", MetricViews::dimensions);
    readers.put("svl_query_metrics_summary", MetricViews::summary);
    readers.put(
        "stv_query_metrics",
        out ->
            StatementViews.running(out)
                .forEach(
                    e ->
                        out.add(
                            row ->
                                counters(row, e, ALL)
                                    .set("query_queue_time", QueueTimes.now(out.view()).micros(e))
                                    .set("run_time", StatementViews.micros(e, out))
                                    .set("max_run_time", StatementViews.micros(e, out)))));
  }

  private static ViewRow counters(ViewRow row, Entry e, int segment) {
    return StatementViews.common(row, e)
        .set("service_class", WorkloadViews.DEFAULT_CLASS)
        .set("segment", segment)
        .set("step_type", ALL)
        .set("step", ALL)
        .set("slices", WorkloadViews.slices())
        .set("query_priority", 2)
        .set("query_queue_time", QueueTimes.of(e))
        .setIfThere("service_class_name", WorkloadViews.DEFAULT_NAME);
  }

  private static void levels(ViewRows out) {
    for (Entry e : StatementViews.queries(out)) {
      Outcome outcome = e.outcome().orElseThrow();
      out.add(
          row ->
              rows(counters(row, e, ALL), outcome.rows())
                  .set("run_time", StatementViews.micros(e, out))
                  .set("max_run_time", longest(outcome))
                  .set("blocks_read", read(outcome))
                  .set("max_blocks_read", mostRead(outcome))
                  .set("query_scan_size", scanned(outcome))
                  .set("max_query_scan_size", scanned(outcome))
                  .set("blocks_to_disk", spilled(outcome))
                  .set("max_blocks_to_disk", spilled(outcome)));
      for (SegmentRun run : outcome.segments()) {
        int segment = run.profile().segment();
        long micros = run.profile().elapsedNanos() / 1_000;
        out.add(
            row ->
                rows(counters(row, e, segment), run.profile().sinkRows())
                    .set("blocks_read", read(run))
                    .set("max_blocks_read", read(run))
                    .set("run_time", micros)
                    .set("max_run_time", micros));
        for (int i = 0; i < run.steps().size(); i++) {
          int number = i;
          StepRun step = run.steps().get(i);
          out.add(
              row ->
                  rows(counters(row, e, segment), step.rows())
                      .set("step", number)
                      .set("step_type", step.kind().number()));
        }
      }
    }
  }

  private static ViewRow rows(ViewRow row, long rows) {
    return row.set("rows", rows).set("max_rows", rows);
  }

  private static void dimensions(ViewRows out) {
    for (Entry e : StatementViews.queries(out)) {
      Outcome outcome = e.outcome().orElseThrow();
      out.add(
          row ->
              dimension(row, e, "query")
                  .set("query_execution_time", seconds(e, out))
                  .set("query_blocks_read", read(outcome))
                  .set("query_temp_blocks_to_disk", spilled(outcome)));
      for (SegmentRun run : outcome.segments()) {
        out.add(
            row ->
                dimension(row, e, "segment")
                    .set("segment", run.profile().segment())
                    .set("io_skew", shown(ioSkew(run)))
                    .set("segment_execution_time", run.profile().elapsedNanos() / 1_000_000_000));
        for (int i = 0; i < run.steps().size(); i++) {
          int number = i;
          StepRun step = run.steps().get(i);
          out.add(
              row -> {
                dimension(row, e, "step")
                    .set("segment", run.profile().segment())
                    .set("step", number)
                    .set("step_label", step.kind().word());
                counted(row, new StepViews.Place(e, run, number, step));
              });
        }
      }
    }
  }

  private static ViewRow dimension(ViewRow row, Entry e, String dimension) {
    return StatementViews.common(row, e)
        .set("service_class", WorkloadViews.DEFAULT_CLASS)
        .set("service_class_name", WorkloadViews.DEFAULT_NAME)
        .set("query_queue_time", QueueTimes.of(e) / 1_000_000)
        .set("dimension", dimension);
  }

  private static void counted(ViewRow row, StepViews.Place place) {
    StepRun step = place.step();
    switch (step.kind()) {
      case SCAN -> row.set("scan_row_count", place.rowsBeforeFilter());
      case HASHJOIN, MERGEJOIN -> row.set("join_row_count", step.rows());
      case NESTLOOP -> row.set("nested_loop_join_row_count", step.rows());
      case RETURN -> row.set("return_row_count", step.rows());
      default -> {}
    }
  }

  private static void summary(ViewRows out) {
    for (Entry e : StatementViews.queries(out)) {
      Outcome outcome = e.outcome().orElseThrow();
      out.add(
          row ->
              StatementViews.common(row, e)
                  .set("service_class", WorkloadViews.DEFAULT_CLASS)
                  .set("service_class_name", WorkloadViews.DEFAULT_NAME)
                  .set("query_queue_time", QueueTimes.of(e) / 1_000_000)
                  .set("query_execution_time", seconds(e, out))
                  .set("query_blocks_read", read(outcome))
                  .set("query_temp_blocks_to_disk", spilled(outcome))
                  .set("io_skew", shown(worstSkew(outcome)))
                  .set("segment_execution_time", longest(outcome) / 1_000_000)
                  .set("scan_row_count", most(e, Kind.SCAN))
                  .set("join_row_count", Math.max(most(e, Kind.HASHJOIN), most(e, Kind.MERGEJOIN)))
                  .set("nested_loop_join_row_count", most(e, Kind.NESTLOOP))
                  .set("return_row_count", most(e, Kind.RETURN)));
    }
  }

  private static long seconds(Entry e, ViewRows out) {
    return StatementViews.micros(e, out) / 1_000_000;
  }

  private static long read(SegmentRun run) {
    return run.profile().blocks().cached() + run.profile().blocks().loaded();
  }

  private static long longest(Outcome outcome) {
    return outcome.segments().stream().mapToLong(s -> s.profile().elapsedNanos()).max().orElse(0)
        / 1_000;
  }

  private static long spilled(Outcome outcome) {
    return outcome.segments().stream().mapToLong(s -> s.profile().spilledBytes()).sum() >> 20;
  }

  /// The most rows of a step of a kind, of scans before anything was left out.
  private static long most(Entry e, Kind kind) {
    long most = 0;
    for (SegmentRun run : e.outcome().orElseThrow().segments()) {
      for (int i = 0; i < run.steps().size(); i++) {
        StepRun step = run.steps().get(i);
        if (step.kind() == kind) {
          StepViews.Place place = new StepViews.Place(e, run, i, step);
          most = Math.max(most, kind == Kind.SCAN ? place.rowsBeforeFilter() : step.rows());
        }
      }
    }
    return most;
  }

  private static long read(Outcome outcome) {
    return outcome.segments().stream().mapToLong(MetricViews::read).sum();
  }

  private static long mostRead(Outcome outcome) {
    return outcome.segments().stream().mapToLong(MetricViews::read).max().orElse(0);
  }

  /// Megabytes of the blocks read.
  private static long scanned(Outcome outcome) {
    return outcome.segments().stream()
            .map(run -> run.profile().blocks())
            .mapToLong(blocks -> blocks.cachedBytes() + blocks.loadedBytes())
            .sum()
        >> 20;
  }

  /// What the machine read that read most, as a multiple of the average; empty if a machine is
  /// alone or none has read a block.
  private static OptionalDouble ioSkew(SegmentRun run) {
    long[] blocks =
        run.shares().stream()
            .filter(share -> share.slice() != ExecutionResult.LEADER_SLICE)
            .mapToLong(share -> share.blocks().cached() + share.blocks().loaded())
            .toArray();
    long sum = Arrays.stream(blocks).sum();
    return sum == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(blocks).max().orElse(0) * (double) blocks.length / sum);
  }

  private static OptionalDouble worstSkew(Outcome outcome) {
    return outcome.segments().stream()
        .map(MetricViews::ioSkew)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .max();
  }

  private static @Nullable Double shown(OptionalDouble skew) {
    return skew.isPresent() ? skew.getAsDouble() : null;
  }
}

package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.SegmentRun;
import io.redward.leader.system.QueryLog.SegmentShare;
import io.redward.leader.system.StepRun.Kind;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What the segments and steps of queries did, by the counters that segments keep.
final class StepViews {
  /// The number of a scan of a stored table, in `stl_scan`.
  private static final int STORED = 2;

  /// The number of a scan of rows that a segment before has left.
  private static final int TRANSIENT = 3;

  /// The number of a scan of files that COPY reads.
  private static final int FILES = 21;

  private StepViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    kind(readers, "stl_aggr", Kind.AGGREGATE);
    kind(readers, "stl_merge", Kind.MERGE);
    kind(readers, "stl_parse", Kind.PARSE);
    kind(readers, "stl_unique", Kind.UNIQUE);
    kind(readers, "stl_bcast", Kind.BCAST);
    kind(readers, "stl_delete", Kind.DELETE);
    kind(readers, "stl_dist", Kind.DIST);
    kind(readers, "stl_hash", Kind.HASH);
    kind(readers, "stl_hashjoin", Kind.HASHJOIN);
    kind(readers, "stl_insert", Kind.INSERT);
    kind(readers, "stl_limit", Kind.LIMIT);
    kind(readers, "stl_mergejoin", Kind.MERGEJOIN);
    kind(readers, "stl_nestloop", Kind.NESTLOOP);
    kind(readers, "stl_project", Kind.PROJECT);
    kind(readers, "stl_return", Kind.RETURN);
    kind(readers, "stl_save", Kind.SAVE);
    readers.put("stl_scan", out -> slices(out, StepViews::scans));
    kind(readers, "stl_sort", Kind.SORT);
    kind(readers, "stl_window", Kind.WINDOW);
    readers.put("svl_query_report", out -> slices(out, _ -> true));
    readers.put("svl_query_summary", out -> steps(out, _ -> true));
    readers.put("svcs_query_summary", out -> steps(out, _ -> true));
    readers.put("stl_stream_segs", StepViews::segments);
    readers.put("svcs_stream_segs", StepViews::segments);
    readers.put("svl_compile", StepViews::compilations);
    readers.put("svcs_compile", StepViews::compilations);
    readers.put("stl_plan_info", StepViews::planInfo);
    readers.put("svcs_plan_info", StepViews::planInfo);
    AlertViews.register(readers);
    readers.put("sys_query_detail", StepViews::details);
  }

  private static boolean scans(StepRun step) {
    return step.kind() == Kind.SCAN || step.kind() == Kind.LOAD;
  }

  private static void kind(Map<String, DescribedViews.Reader> readers, String view, Kind kind) {
    readers.put(view, out -> slices(out, step -> step.kind() == kind));
  }

  /// Where a step was.
  record Place(Entry entry, SegmentRun run, int number, StepRun step) {
    SegmentProfile profile() {
      return run.profile();
    }

    Instant end() {
      return entry.end();
    }

    long micros() {
      return profile().elapsedNanos() / 1_000;
    }

    /// Segments keep only what they took; they are shown as ending with their query.
    Instant start() {
      return end().minusNanos(profile().elapsedNanos());
    }

    /// Of the blocks.
    long bytes() {
      return profile().blocks().cachedBytes() + profile().blocks().loadedBytes();
    }

    long blocks() {
      return profile().blocks().cached() + profile().blocks().loaded();
    }

    /// The part of it that one machine did.
    Place on(SegmentShare share) {
      StepRun own =
          new StepRun(
              step.kind(), step.table(), step.name(), step.ranges(), share.rows().get(number));
      SegmentProfile whole = profile();
      SegmentProfile part =
          new SegmentProfile(
              whole.stream(),
              whole.segment(),
              share.rowsIn(),
              own.rows(),
              share.bytes(),
              whole.spilledBytes(),
              share.elapsedNanos(),
              whole.code(),
              whole.memoryBytes(),
              share.blocks());
      return new Place(entry, new SegmentRun(part, run.label(), run.steps()), number, own);
    }

    /// Whether it scans a stored table, alone in its segment.
    private boolean counted() {
      return step.kind() == Kind.SCAN && step.table() != 0 && number == 0 && onlyScan();
    }

    private boolean onlyScan() {
      return run.steps().stream().filter(each -> each.kind() == Kind.SCAN).count() == 1;
    }

    /// Rows that a scan has looked at, deleted ones among them.
    long rowsBeforeFilter() {
      return counted() ? Math.max(profile().blocks().rows(), step.rows()) : step.rows();
    }

    /// Rows that a scan has looked at and that had not been deleted.
    long rowsBeforeUserFilter() {
      return counted()
          ? Math.max(profile().blocks().rows() - profile().blocks().deletedRows(), step.rows())
          : step.rows();
    }

    /// What the step gave on: what its segment keeps, or what the client got.
    long bytesOut() {
      return step.kind() == Kind.RETURN
          ? entry.outcome().orElseThrow().returnedBytes()
          : last() ? profile().bytes() : 0;
    }

    boolean last() {
      return number == run.steps().size() - 1;
    }
  }

  interface Visitor {
    void visit(Place place);
  }

  static void each(ViewRows out, Visitor visitor) {
    for (Entry e : StatementViews.ended(out)) {
      for (SegmentRun run : e.outcome().orElseThrow().segments()) {
        for (int i = 0; i < run.steps().size(); i++) {
          visitor.visit(new Place(e, run, i, run.steps().get(i)));
        }
      }
    }
  }

  private static void steps(ViewRows out, Predicate<StepRun> wanted) {
    each(
        out,
        place -> {
          if (wanted.test(place.step())) {
            out.add(row -> step(row, place));
          }
        });
  }

  /// Steps by slice: of a query that ran on several machines one row for each, under its first
  /// slice, and one for the leader's part.
  private static void slices(ViewRows out, Predicate<StepRun> wanted) {
    each(
        out,
        place -> {
          if (!wanted.test(place.step())) {
            return;
          }
          if (place.run().shares().isEmpty()) {
            out.add(row -> step(row, place));
          }
          for (SegmentShare share : place.run().shares()) {
            Place part = place.on(share);
            if (hasWork(share, part.step())) {
              out.add(row -> step(row, part).setIfThere("slice", share.slice()));
            }
          }
        });
  }

  /// Stored rows are scanned on nodes and returned by the leader.
  private static boolean hasWork(SegmentShare share, StepRun step) {
    boolean leader = share.slice() == ExecutionResult.LEADER_SLICE;
    boolean scan = step.kind() == Kind.SCAN && step.table() != 0;
    return leader ? step.rows() > 0 && !scan : step.kind() != Kind.RETURN;
  }

  /// Fills a step's columns by every name that views have for them.
  private static ViewRow step(ViewRow row, Place place) {
    StepRun step = place.step();
    SegmentProfile profile = place.profile();
    boolean scan = step.kind() == Kind.SCAN;
    long bytes = place.bytesOut();
    double seconds = Math.max(1, profile.elapsedNanos()) / 1e9;
    return StatementViews.common(row, place.entry())
        .setIfThere("stm", profile.stream())
        .setIfThere("segment", profile.segment())
        .setIfThere("seg", profile.segment())
        .setIfThere("step", place.number())
        .setIfThere("starttime", place.start())
        .setIfThere("start_time", place.start())
        .setIfThere("endtime", place.end())
        .setIfThere("end_time", place.end())
        .setIfThere("tasknum", 0)
        .setIfThere("elapsed_time", place.micros())
        .setIfThere("maxtime", place.micros())
        .setIfThere("avgtime", place.micros())
        .setIfThere("rows", step.rows())
        .setIfThere("bytes", bytes)
        .setIfThere("packets", 0)
        .setIfThere("rate_row", step.rows() / seconds)
        .setIfThere("rate_byte", bytes / seconds)
        .setIfThere("label", step.label())
        .setIfThere("tbl", step.table())
        .setIfThere("is_diskbased", place.last() && profile.spilledBytes() > 0)
        .setIfThere("workmem", place.last() ? profile.memoryBytes() : 0)
        .setIfThere("is_rrscan", scan && step.ranges())
        .setIfThere("is_delayed_scan", false)
        .setIfThere("rows_pre_filter", scan ? place.rowsBeforeFilter() : 0)
        .setIfThere("rows_pre_user_filter", scan ? place.rowsBeforeUserFilter() : 0)
        .setIfThere("perm_table_name", scan ? step.name() : null)
        .setIfThere("type", type(step))
        .setIfThere("fetches", 0)
        .setIfThere("is_rlf_scan", false)
        .setIfThere("runtime_filtering", false)
        .setIfThere("is_vectorized_scan", true)
        .setIfThere("join_type", joinType(step))
        .setIfThere("num_parts", 0)
        .setIfThere("slots", 0)
        .setIfThere("runtime_filter_size", 0)
        .setIfThere("max_runtime_filter_size", 0)
        .setIfThere("occupied", 0)
        .setIfThere("checksum", 0);
  }

  /// The number of what is scanned, or how rows are grouped.
  private static Object type(StepRun step) {
    return switch (step.kind()) {
      case SCAN -> step.table() != 0 ? STORED : TRANSIENT;
      case LOAD -> FILES;
      default -> step.name().isEmpty() ? "HASHED" : step.name();
    };
  }

  /// The number of a join in `stl_hashjoin`.
  private static int joinType(StepRun step) {
    return switch (step.name()) {
      case "LEFT" -> 1;
      case "FULL" -> 2;
      case "RIGHT" -> 3;
      case "SEMI", "ANTI", "NULL_AWARE_ANTI", "MARK" -> 5;
      default -> 0;
    };
  }

  private static void segments(ViewRows out) {
    for (Entry e : StatementViews.ended(out)) {
      for (SegmentRun run : e.outcome().orElseThrow().segments()) {
        out.add(
            row ->
                StatementViews.common(row, e)
                    .set("stream", run.profile().stream())
                    .set("segment", run.profile().segment()));
      }
    }
  }

  private static void compilations(ViewRows out) {
    for (Entry e : StatementViews.ended(out)) {
      Instant start = e.start().plusNanos(1_000 * e.outcome().orElseThrow().planMicros());
      for (SegmentRun run : e.outcome().orElseThrow().segments()) {
        long nanos = run.profile().code().nanos();
        out.add(
            row ->
                StatementViews.common(row, e)
                    .set("segment", run.profile().segment())
                    .set("locus", 2)
                    .set("starttime", start)
                    .set("endtime", start.plusNanos(nanos))
                    .set("compile", nanos > 0));
      }
    }
  }

  /// One row for each node: which segment carried it out is not kept.
  private static void planInfo(ViewRows out) {
    for (Entry e : StatementViews.queries(out)) {
      for (PlanNodes.Node node : PlanNodes.of(e.outcome().orElseThrow().plan().lines())) {
        out.add(
            row ->
                StatementViews.common(row, e)
                    .set("nodeid", node.id())
                    .set("segment", 0)
                    .set("step", 0)
                    .set("locus", node.text().contains("LD ") ? 1 : 0)
                    .set("plannode", number(node.text()))
                    .set("startupcost", node.startup())
                    .set("totalcost", node.total())
                    .set("rows", node.rows())
                    .set("bytes", node.rows() * node.width()));
      }
    }
  }

  private static int number(String node) {
    List<Map.Entry<String, Integer>> known =
        List.of(
            Map.entry("Seq Scan", 104),
            Map.entry("Nested Loop", 110),
            Map.entry("Merge Join", 111),
            Map.entry("Hash Join", 112),
            Map.entry("Hash ", 120),
            Map.entry("Sort", 114),
            Map.entry("GroupAggregate", 116),
            Map.entry("Aggregate", 116),
            Map.entry("Unique", 117),
            Map.entry("Window", 131),
            Map.entry("Limit", 121),
            Map.entry("Merge", 122),
            Map.entry("Network", 123),
            Map.entry("Append", 102));
    return known.stream()
        .filter(each -> node.contains(each.getKey()))
        .mapToInt(Map.Entry::getValue)
        .findFirst()
        .orElse(100);
  }

  /// A row for the query, for each stream, each segment and each step.
  private static void details(ViewRows out) {
    for (Entry e : StatementViews.ended(out)) {
      List<SegmentRun> runs = e.outcome().orElseThrow().segments();
      if (runs.isEmpty()) {
        continue;
      }
      level(out, e, "child query", -1, -1, runs);
      runs.stream()
          .map(run -> run.profile().stream())
          .distinct()
          .forEach(
              stream ->
                  level(
                      out,
                      e,
                      "stream",
                      stream,
                      -1,
                      runs.stream().filter(run -> run.profile().stream() == stream).toList()));
      runs.forEach(
          run ->
              level(
                  out,
                  e,
                  "segment",
                  run.profile().stream(),
                  run.profile().segment(),
                  List.of(run)));
    }
    each(out, place -> out.add(row -> detail(row, place)));
    LiveSteps.details(out);
  }

  private static void level(
      ViewRows out, Entry e, String level, int stream, int segment, List<SegmentRun> runs) {
    long nanos = runs.stream().mapToLong(run -> run.profile().elapsedNanos()).max().orElse(0);
    out.add(
        row ->
            StatementViews.common(row, e)
                .set("stream_id", stream)
                .set("segment_id", segment)
                .set("step_id", -1)
                .set("start_time", segment < 0 ? e.start() : e.end().minusNanos(nanos))
                .set("duration", nanos / 1_000)
                .set("input_rows", runs.getFirst().profile().sourceRows())
                .set("output_rows", runs.getLast().profile().sinkRows())
                .set("output_bytes", runs.getLast().profile().bytes())
                .set("is_active", false)
                .set("metrics_level", level));
  }

  /// By how many percent the average machine has less of something than the one with the most.
  private static long skew(Place place, ToLongFunction<SegmentShare> measure) {
    LongSummaryStatistics of =
        place.run().shares().stream()
            .filter(share -> share.slice() != ExecutionResult.LEADER_SLICE)
            .mapToLong(measure)
            .summaryStatistics();
    return of.getCount() == 0 || of.getMax() <= 0
        ? 0
        : Math.round(100 * (of.getMax() - of.getAverage()) / of.getMax());
  }

  private static void detail(ViewRow row, Place place) {
    StepRun step = place.step();
    boolean scan = step.kind() == Kind.SCAN;
    boolean load = step.kind() == Kind.LOAD;
    long spilled = place.last() ? (place.profile().spilledBytes() + (1 << 20) - 1) >> 20 : 0;
    StatementViews.common(row, place.entry())
        .set("stream_id", place.profile().stream())
        .set("segment_id", place.profile().segment())
        .set("step_id", place.number())
        .set("step_name", step.stepName())
        .set("table_id", step.table() == 0 ? null : step.table())
        .set("table_name", scan ? step.name() : "")
        .set("is_rrscan", scan && step.ranges())
        .set("start_time", place.start())
        .set("duration", place.micros())
        .set("alert", AlertViews.text(place))
        .set("input_bytes", load ? place.profile().bytes() : scan ? place.bytes() : 0)
        .set(
            "input_rows",
            load ? place.profile().sourceRows() : scan ? place.rowsBeforeUserFilter() : 0)
        .set("output_rows", step.rows())
        .set("output_bytes", place.bytesOut())
        .set("blocks_read", scan ? place.blocks() : 0)
        .set("local_read_io", scan ? place.profile().blocks().cached() : 0)
        .set("remote_read_io", scan ? place.profile().blocks().loaded() : 0)
        .set("source", scan ? step.table() == 0 ? "temporary" : "database" : "")
        .set("data_skewness", skew(place, share -> share.rows().get(place.number())))
        .set("time_skewness", skew(place, SegmentShare::elapsedNanos))
        .set("is_active", false)
        .set("spilled_block_local_disk", spilled)
        .set("spilled_block_remote_disk", 0)
        .set("step_attribute", "")
        .set("metrics_level", "step");
  }
}

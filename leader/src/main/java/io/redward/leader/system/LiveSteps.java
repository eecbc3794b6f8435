package io.redward.leader.system;

import io.redward.foundation.trace.Progress;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Steps of statements that run, with the rows that they have passed on so far.
final class LiveSteps {
  private LiveSteps() {}

  /// A step.
  ///
  /// @param number in its segment
  /// @param last whether none comes after it there
  record Place(
      SystemView.ProgressEntry at, Progress.Tally tally, StepRun step, int number, boolean last) {
    private long bytesRead() {
      return step.kind() == StepRun.Kind.SCAN ? tally.bytesRead() : 0;
    }
  }

  /// Steps of the statements whose rows the user may see.
  static List<Place> all(ViewRows out) {
    List<Place> places = new ArrayList<>();
    for (SystemView.ProgressEntry at : out.view().progress()) {
      Optional<PhysicalPlan> plan = out.view().log().planOf(at.queryId());
      if (out.visible(at.userOid()) && plan.isPresent()) {
        for (Progress.Tally tally : at.progress().tallies()) {
          segment(plan.get(), tally.segment())
              .ifPresent(segment -> add(at, tally, segment, places));
        }
      }
    }
    return places;
  }

  private static Optional<Segment> segment(PhysicalPlan plan, int id) {
    return plan.streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .filter(segment -> segment.id() == id)
        .findFirst();
  }

  private static void add(
      SystemView.ProgressEntry at, Progress.Tally tally, Segment segment, List<Place> places) {
    SegmentProfile profile =
        new SegmentProfile(
            tally.stream(),
            tally.segment(),
            tally.sourceRows(),
            tally.sinkRows(),
            tally.bytes(),
            0,
            tally.nanos(),
            SegmentProfile.Code.CACHED,
            0,
            SegmentProfile.Blocks.NONE);
    List<StepRun> steps = StepRun.of(segment, profile);
    for (int i = 0; i < steps.size(); i++) {
      places.add(new Place(at, tally, steps.get(i), i, i == steps.size() - 1));
    }
  }

  /// Rows of `sys_query_detail`.
  static void details(ViewRows out) {
    List<Entry> running = StatementViews.running(out);
    for (Place place : all(out)) {
      running.stream()
          .filter(entry -> entry.queryId() == place.at().queryId())
          .forEach(entry -> out.add(row -> detail(StatementViews.common(row, entry), out, place)));
    }
  }

  private static void detail(ViewRow row, ViewRows out, Place place) {
    Progress.Tally tally = place.tally();
    StepRun step = place.step();
    boolean scan = step.kind() == StepRun.Kind.SCAN;
    row.set("stream_id", tally.stream())
        .set("segment_id", tally.segment())
        .set("step_id", place.number())
        .set("step_name", step.stepName())
        .set("table_id", step.table() == 0 ? null : step.table())
        .set("table_name", scan ? step.name() : "")
        .set("is_rrscan", scan && step.ranges())
        .set("start_time", out.view().now().minusNanos(tally.nanos()))
        .set("duration", tally.nanos() / 1_000)
        .set("alert", "")
        .set("input_bytes", place.bytesRead())
        .set("input_rows", scan ? tally.sourceRows() : 0)
        .set("output_rows", step.rows())
        .set("output_bytes", place.last() ? tally.bytes() : 0)
        .set("is_active", tally.active())
        .set("metrics_level", "step");
  }

  /// Rows of `stv_tbl_trans`: what segments have set aside for those after them.
  static void transients(ViewRows out) {
    for (Place place : all(out)) {
      if (keepsRows(place.step().kind())) {
        long spilled = place.at().progress().memory().spilled().getAsLong();
        out.add(
            row ->
                row.set("slice", 0)
                    .set("id", place.tally().segment() + 1)
                    .set("rows", place.step().rows())
                    .set("size", place.tally().bytes())
                    .set("query_id", place.at().queryId())
                    .set("ref_cnt", 1)
                    .set("from_suspended", 0)
                    .set("prep_swap", spilled > 0 ? 1 : 0));
      }
    }
  }

  private static boolean keepsRows(StepRun.Kind kind) {
    return switch (kind) {
      case HASH, SAVE, SORT, WINDOW, AGGREGATE, UNIQUE -> true;
      default -> false;
    };
  }

  /// Rows of `stv_exec_state`: steps at work now.
  static void states(ViewRows out) {
    Map<Integer, UUID> uuids = new HashMap<>();
    StatementViews.running(out).forEach(e -> uuids.put(e.queryId(), e.uuid()));
    for (Place place : all(out)) {
      if (place.tally().active()) {
        out.add(
            row ->
                state(row, out, place).setIfThere("query_uuid", uuids.get(place.at().queryId())));
      }
    }
  }

  /// Rows of `svv_query_state`: steps at work now, with how fast they are. A step has one time, as
  /// slices are not told apart while they work.
  static void rates(ViewRows out) {
    for (Place place : all(out)) {
      if (place.tally().active()) {
        double seconds = Math.max(1, place.tally().nanos()) / 1e9;
        long micros = place.tally().nanos() / 1_000;
        out.add(
            row ->
                work(row, place)
                    .set("seg", place.tally().segment())
                    .set("maxtime", micros)
                    .set("avgtime", micros)
                    .set("memory", place.at().progress().memory().held().getAsLong() >> 20)
                    .set("rate_row", place.step().rows() / seconds)
                    .set("rate_byte", place.bytesRead() / seconds));
      }
    }
  }

  private static ViewRow state(ViewRow row, ViewRows out, Place place) {
    return work(row, place)
        .set("slice", 0)
        .set("segment", place.tally().segment())
        .set("starttime", out.view().now().minusNanos(place.tally().nanos()))
        .set("currenttime", out.view().now())
        .set("tasknum", place.at().progress().step().unitsTaken().getAsInt());
  }

  /// What both views of working steps tell.
  private static ViewRow work(ViewRow row, Place place) {
    Progress progress = place.at().progress();
    long spilled = progress.memory().spilled().getAsLong();
    return row.set("userid", place.at().userOid())
        .set("query", place.at().queryId())
        .set("step", place.number())
        .set("rows", place.step().rows())
        .set("bytes", place.bytesRead())
        .set("label", place.step().label())
        .set("is_diskbased", spilled > 0 ? "t" : "f")
        .set("workmem", progress.memory().held().getAsLong())
        .set("num_parts", progress.step().units())
        .set("is_rrscan", place.step().ranges() ? "t" : "f")
        .set("is_delayed_scan", "f");
  }
}

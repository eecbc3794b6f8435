package io.redward.leader.system;

import io.redward.leader.system.StepRun.Kind;
import io.redward.leader.system.StepViews.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What may have made queries slow, by the rows of their steps, with advice.
final class AlertViews {
  /// A selective filter gives less than this share of what it reads.
  private static final double SELECTIVE = 0.05;

  /// More than this share of deleted rows is worth a vacuum.
  private static final double DELETED = 0.2;

  private static final long MANY_ROWS = 100_000;

  /// So many rows are many to send to other machines.
  private static final long MANY_SENT = 1_000_000;

  private AlertViews() {}

  /// What is worth saying of a step.
  private record Alert(String event, String solution) {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_alert_event_log", AlertViews::events);
    readers.put("svcs_alert_event_log", AlertViews::events);
  }

  private static void events(ViewRows out) {
    StepViews.each(
        out,
        place -> {
          for (Alert alert : of(place)) {
            out.add(
                row ->
                    StatementViews.common(row, place.entry())
                        .set("segment", place.profile().segment())
                        .set("step", place.number())
                        .set("event", alert.event())
                        .set("solution", alert.solution())
                        .set("event_time", place.end()));
          }
        });
  }

  /// The events of a step, as `sys_query_detail` shows them; empty for most.
  static String text(Place place) {
    return of(place).stream().map(Alert::event).collect(Collectors.joining("; "));
  }

  private static List<Alert> of(Place place) {
    List<Alert> alerts = new ArrayList<>();
    Kind kind = place.step().kind();
    long rows = place.step().rows();
    if (kind == Kind.NESTLOOP && rows > MANY_ROWS) {
      alerts.add(
          new Alert(
              "Nested Loop Join in the query plan",
              "Review the join predicates to avoid Cartesian products"));
    }
    if (kind == Kind.DIST && rows > MANY_SENT) {
      alerts.add(
          new Alert(
              "Distributed a large number of rows across the network:" + rows + " rows",
              "Review the choice of distribution key to collocate the join or aggregation"));
    }
    if (kind == Kind.BCAST && rows > MANY_SENT) {
      alerts.add(
          new Alert(
              "Broadcasted a large number of rows across the network:" + rows + " rows",
              "Review the choice of distribution key to collocate the join and consider using"
                  + " distributed tables"));
    }
    if (kind == Kind.SCAN && place.step().table() != 0) {
      scan(place, alerts);
    }
    return alerts;
  }

  private static void scan(Place place, List<Alert> alerts) {
    long all = place.rowsBeforeFilter();
    long read = place.rowsBeforeUserFilter();
    long given = given(place);
    if (all > MANY_ROWS && all - read > all * DELETED) {
      alerts.add(
          new Alert(
              "Scanned a large number of deleted rows:ratio=rows_pre_user_filter("
                  + read
                  + ")/rows_pre_filter("
                  + all
                  + ")",
              "Run the VACUUM command to reclaim deleted space"));
    }
    if (read > MANY_ROWS && given < read * SELECTIVE) {
      alerts.add(
          new Alert(
              "Very selective query filter:ratio=rows("
                  + given
                  + ")/rows_pre_user_filter("
                  + read
                  + ")",
              "Review the choice of sort key to enable range restricted scans, or run the VACUUM"
                  + " command to ensure the table is sorted"));
    }
  }

  /// Rows that passed the filters: those that the segment returned, where nothing but filters has
  /// dropped any.
  private static long given(Place place) {
    boolean plain =
        place.run().steps().stream()
            .allMatch(
                step ->
                    step.kind() == Kind.SCAN
                        || step.kind() == Kind.PROJECT
                        || step.kind() == Kind.RETURN);
    return plain ? place.profile().sinkRows() : place.step().rows();
  }
}

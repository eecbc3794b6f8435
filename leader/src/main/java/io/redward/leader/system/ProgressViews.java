package io.redward.leader.system;

import io.redward.foundation.trace.Progress;
import java.time.Instant;
import java.util.Map;

/// How far the statements at work have come.
final class ProgressViews {
  private ProgressViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stv_exec_state", LiveSteps::states);
    readers.put("svv_query_state", LiveSteps::rates);
    readers.put("stv_tbl_trans", LiveSteps::transients);
    readers.put("sys_query_progress", ProgressViews::progress);
  }

  private static void progress(ViewRows out) {
    for (SystemView.ProgressEntry entry : out.view().progress()) {
      Progress.Step step = entry.progress().step();
      if (out.visible(entry.userOid()) && step.number() > 0) {
        out.add(
            row ->
                row.set("user_id", entry.userOid())
                    .set("query_id", entry.queryId())
                    .set("session_id", entry.processId())
                    .set("stream_id", step.stream())
                    .set("segment_id", step.segment())
                    .set("segment_number", step.number())
                    .set("segments", step.segments())
                    .set("segment_label", step.label())
                    .set("segment_start_time", begun(out, step))
                    .set("work_units", step.units())
                    .set("work_units_taken", step.unitsTaken().getAsInt())
                    .set("rows_read", entry.progress().rowsRead())
                    .set("memory_bytes", entry.progress().memory().held().getAsLong())
                    .set("spilled_bytes", entry.progress().memory().spilled().getAsLong())
                    .set("time_left", microsLeft(entry.progress())));
      }
    }
  }

  private static long microsLeft(Progress progress) {
    long nanos = progress.nanosLeft();
    return nanos < 0 ? -1 : nanos / 1_000;
  }

  private static Instant begun(ViewRows out, Progress.Step step) {
    return out.view().now().minusNanos(System.nanoTime() - step.startNanos());
  }
}

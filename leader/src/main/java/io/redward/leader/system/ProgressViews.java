package io.redward.leader.system;

import io.redward.foundation.trace.Progress;
import java.time.Instant;
import java.util.Map;

/// How far the statements at work have come.
final class ProgressViews {
  private ProgressViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stv_exec_state", ProgressViews::execState);
    readers.put("sys_query_progress", ProgressViews::progress);
  }

  /// The segment that each running statement is at; steps of a segment run as one.
  private static void execState(ViewRows out) {
    for (SystemView.ProgressEntry entry : out.view().progress()) {
      Progress.Step step = entry.progress().step();
      if (out.visible(entry.userOid()) && step.number() > 0) {
        long spilled = entry.progress().memory().spilled().getAsLong();
        out.add(
            row ->
                row.set("userid", entry.userOid())
                    .set("query", entry.queryId())
                    .set("slice", 0)
                    .set("segment", step.segment())
                    .set("step", 0)
                    .set("starttime", begun(out, step))
                    .set("currenttime", out.view().now())
                    .set("tasknum", step.unitsTaken().getAsInt())
                    .set("rows", entry.progress().rowsRead())
                    .set("bytes", spilled)
                    .set("label", step.label())
                    .set("is_diskbased", spilled > 0 ? "t" : "f")
                    .set("workmem", entry.progress().memory().held().getAsLong())
                    .set("num_parts", step.units())
                    .set("is_rrscan", "f")
                    .set("is_delayed_scan", "f"));
      }
    }
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
                    .set("spilled_bytes", entry.progress().memory().spilled().getAsLong()));
      }
    }
  }

  private static Instant begun(ViewRows out, Progress.Step step) {
    return out.view().now().minusNanos(System.nanoTime() - step.startNanos());
  }
}

package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Entry;
import io.redward.plan.run.Routing;
import io.redward.plan.run.ScalingUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Slices, and workload management as those know it who look for queues: one queue for all users'
/// statements, in which the long ones stand in line. A statement may have to wait more than once;
/// what is told of its waiting is the sum, as if it had waited before it began.
final class WorkloadViews {
  /// The first of the classes that manage themselves.
  static final int DEFAULT_CLASS = 100;

  static final String DEFAULT_NAME = "Default queue";

  /// A service class.
  private record ServiceClass(int id, String name, String condition, String priority) {}

  private static final List<ServiceClass> CLASSES =
      List.of(
          new ServiceClass(
              5,
              "Service class for super user",
              "(super user) and (query group: superuser)",
              "highest"),
          new ServiceClass(14, "Short query queue", "(query is short)", "highest"),
          new ServiceClass(15, "Service class for vacuum/analyze", "(maintenance)", "lowest"),
          new ServiceClass(DEFAULT_CLASS, DEFAULT_NAME, "(querytype:any)", Priorities.NORMAL));

  private WorkloadViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stv_slices", WorkloadViews::slices);
    readers.put("svcs_concurrency_scaling_usage", WorkloadViews::scaling);
    readers.put("stl_wlm_query", WorkloadViews::ended);
    readers.put("svl_query_queue_info", WorkloadViews::queued);
    readers.put("stv_wlm_query_state", WorkloadViews::states);
    readers.put("stv_wlm_query_queue_state", WorkloadViews::line);
    readers.put("stv_wlm_query_task_state", WorkloadViews::tasks);
    readers.put("stv_wlm_service_class_config", WorkloadViews::classes);
    readers.put("stv_wlm_service_class_state", WorkloadViews::classStates);
    readers.put("stv_wlm_classification_config", WorkloadViews::rules);
  }

  static int slices() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void slices(ViewRows out) {
    List<Integer> nodes = out.view().slices();
    int first = 0;
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      for (int j = 0; j < nodes.get(node); j++) {
        int local = j;
        int slice = first + local;
        out.add(
            row ->
                row.set("node", node)
                    .set("slice", slice)
                    .set("localslice", local)
                    .set("type", "D"));
      }
      first += nodes.get(node);
    }
  }

  private static void scaling(ViewRows out) {
    for (ScalingUse use : out.view().scalingUse()) {
      out.add(
          row ->
              row.set("start_time", use.start())
                  .set("end_time", use.end().orElseGet(out.view()::now))
                  .set("queries", use.queries())
                  .set("usage_in_seconds", Math.ceilDiv(use.usedNanos(), 1_000_000_000L)));
    }
  }

  private static void ended(ViewRows out) {
    for (Entry e : StatementViews.queries(out)) {
      out.add(
          row ->
              StatementViews.common(row, e)
                  .set("task", e.queryId())
                  .set("service_class", DEFAULT_CLASS)
                  .set("slot_count", 1)
                  .set("service_class_start_time", e.start())
                  .set("queue_start_time", e.start())
                  .set("queue_end_time", begun(e))
                  .set("total_queue_time", QueueTimes.of(e))
                  .set("exec_start_time", begun(e))
                  .set("exec_end_time", e.end())
                  .set("total_exec_time", StatementViews.micros(e, out) - QueueTimes.of(e))
                  .set("service_class_end_time", e.end())
                  .set("final_state", e.failed() ? "Aborted" : "Completed")
                  .set("est_peak_mem", 0)
                  .set("query_priority", out.view().log().priorities().of(e))
                  .set("service_class_name", DEFAULT_NAME));
    }
  }

  private static void queued(ViewRows out) {
    for (Entry e : StatementViews.queries(out)) {
      long queued = QueueTimes.of(e);
      long micros = StatementViews.micros(e, out);
      out.add(
          row ->
              StatementViews.common(row, e)
                  .set("querytxt", e.text())
                  .set("queue_start_time", e.start())
                  .set("exec_start_time", begun(e))
                  .set("service_class", DEFAULT_CLASS)
                  .set("slots", 1)
                  .set("queue_elapsed", queued / 1_000_000)
                  .set("exec_elapsed", (micros - queued) / 1_000_000)
                  .set("wlm_total_elapsed", micros / 1_000_000)
                  .set("commit_queue_elapsed", 0)
                  .set("commit_exec_time", 0)
                  .set("service_class_name", DEFAULT_NAME));
    }
  }

  /// When a statement that has ended would have begun if all its waiting had been before.
  private static Instant begun(Entry e) {
    return e.start().plusNanos(1_000 * QueueTimes.of(e));
  }

  private static void states(ViewRows out) {
    QueueTimes times = QueueTimes.now(out.view());
    for (Entry e : StatementViews.running(out)) {
      long queued = times.micros(e);
      out.add(
          row ->
              StatementViews.common(row, e)
                  .set("task", e.queryId())
                  .set("service_class", DEFAULT_CLASS)
                  .set("slot_count", 1)
                  .set("wlm_start_time", e.start())
                  .set("state", times.waits(e) ? "QueuedWaiting" : "Running")
                  .set("queue_time", queued)
                  .set("exec_time", Math.max(0, StatementViews.micros(e, out) - queued))
                  .set("query_priority", out.view().log().priorities().of(e)));
    }
  }

  /// Statements none of whose workers may work at the moment, in the order of their turns.
  private static void line(ViewRows out) {
    QueueTimes times = QueueTimes.now(out.view());
    for (Entry e : StatementViews.running(out)) {
      if (times.waits(e)) {
        out.add(
            row ->
                StatementViews.common(row, e)
                    .set("service_class", DEFAULT_CLASS)
                    .set("position", times.position(e))
                    .set("task", e.queryId())
                    .set("slot_count", 1)
                    .set("queue_time", times.micros(e)));
      }
    }
  }

  private static void tasks(ViewRows out) {
    QueueTimes times = QueueTimes.now(out.view());
    for (Entry e : StatementViews.running(out)) {
      if (!times.waits(e)) {
        out.add(
            row ->
                StatementViews.common(row, e)
                    .set("service_class", DEFAULT_CLASS)
                    .set("task", e.queryId())
                    .set("slot_count", 1)
                    .set(
                        "exec_time", Math.max(0, StatementViews.micros(e, out) - times.micros(e))));
      }
    }
  }

  private static void classes(ViewRows out) {
    for (ServiceClass each : CLASSES) {
      out.add(
          row ->
              row.set("service_class", each.id())
                  .set("queueing_strategy", "FIFO")
                  .set("num_query_tasks", -1)
                  .set("target_num_query_tasks", -1)
                  .set("evictable", "false")
                  .set("eviction_threshold", 0)
                  .set("query_working_mem", -1)
                  .set("target_query_working_mem", -1)
                  .set("min_step_mem", 0)
                  .set("name", each.name())
                  .set("max_execution_time", 0)
                  .set("user_group_wild_card", false)
                  .set("query_group_wild_card", false)
                  .set(
                      "concurrency_scaling",
                      each.id() == DEFAULT_CLASS && out.view().scales() ? "auto" : "off")
                  .set("query_priority", each.priority())
                  .set("user_role_wild_card", false));
    }
  }

  private static void classStates(ViewRows out) {
    QueueTimes times = QueueTimes.now(out.view());
    List<Entry> busy = StatementViews.running(out);
    int queued = (int) busy.stream().filter(times::waits).count();
    for (ServiceClass each : CLASSES) {
      boolean used = each.id() == DEFAULT_CLASS;
      int waiting = used ? queued : 0;
      int running = used ? busy.size() - queued : 0;
      int done = used ? StatementViews.queries(out).size() : 0;
      out.add(
          row ->
              row.set("service_class", each.id())
                  .set("num_queued_queries", waiting)
                  .set("num_executing_queries", running)
                  .set("num_serviced_queries", done)
                  .set("num_executed_queries", done)
                  .set("num_evicted_queries", 0)
                  .set("num_concurrency_scaling_queries", used ? scaled(out) : 0));
    }
  }

  private static long scaled(ViewRows out) {
    return StatementViews.queries(out).stream()
        .filter(e -> StatementViews.routing(e) == Routing.SCALING)
        .count();
  }

  private static void rules(ViewRows out) {
    for (ServiceClass each : CLASSES) {
      out.add(
          row ->
              row.set("id", each.id())
                  .set("condition", each.condition())
                  .set("action_seq", 0)
                  .set("action", "assign service class")
                  .set("action_service_class", each.id()));
    }
  }
}

package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.Outcome;
import io.redward.leader.system.StatementType.Family;
import io.redward.plan.run.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What has run and what runs, statement by statement. A user who is no superuser sees statements
/// of their own.
final class StatementViews {
  private static final int PIECE = 200;
  private static final int LONG_PIECE = 4_000;
  private static final int RECENT = 100;

  /// How the errors of statements end that a transaction block does not take.
  private static final String NOT_IN_BLOCK = " cannot run inside a transaction block";

  private StatementViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_query", out -> queries(out).forEach(e -> out.add(row -> query(row, e))));
    readers.put("svl_qlog", out -> queries(out).forEach(e -> out.add(row -> log(row, e))));
    readers.put("stl_querytext", out -> texts(out, queries(out), PIECE));
    readers.put("stl_ddltext", out -> texts(out, of(out, Family.DDL), PIECE));
    readers.put("stl_utilitytext", out -> texts(out, of(out, Family.UTILITY), PIECE));
    readers.put("svl_statementtext", out -> texts(out, ended(out), PIECE));
    readers.put("svl_multi_statement_violations", StatementViews::violations);
    readers.put("sys_query_text", out -> texts(out, ended(out), LONG_PIECE));
    readers.put("sys_child_query_text", out -> texts(out, queries(out), PIECE));
    readers.put("sys_query_history", StatementViews::history);
    readers.put("stv_recents", StatementViews::recents);
    readers.put("stv_inflight", out -> running(out).forEach(e -> out.add(row -> inflight(row, e))));
    readers.put("svv_query_inflight", out -> texts(out, running(out), PIECE));
    readers.put("svl_qerror", out -> failed(out).forEach(e -> out.add(row -> error(row, e))));
    readers.put("stl_explain", out -> plans(out, queries(out)));
    readers.put("svcs_explain", out -> plans(out, queries(out)));
    readers.put("sys_query_explain", out -> plans(out, queries(out)));
    readers.put("svl_stored_proc_call", out -> calls(out));
    readers.put("sys_procedure_call", out -> calls(out));
  }

  /// Fills what views call a statement's own, by every name they have for it.
  static ViewRow common(ViewRow row, Entry e) {
    row.setIfThere("userid", e.issuer().userOid())
        .setIfThere("user_id", e.issuer().userOid())
        .setIfThere("query", e.queryId())
        .setIfThere("query_id", e.queryId())
        .setIfThere("xid", e.transactionId())
        .setIfThere("transaction_id", e.transactionId())
        .setIfThere("pid", e.issuer().processId())
        .setIfThere("session_id", e.issuer().processId())
        .setIfThere("label", e.queryGroup())
        .setIfThere("query_label", e.queryGroup())
        .setIfThere("database", e.issuer().database())
        .setIfThere("database_name", e.issuer().database())
        .setIfThere("starttime", e.start())
        .setIfThere("start_time", e.start())
        .setIfThere("slice", 0)
        .setIfThere("user_query_id", e.queryId())
        .setIfThere("child_query_sequence", 1)
        .setIfThere("query_uuid", e.uuid());
    if (e.outcome().isPresent()) {
      row.setIfThere("endtime", e.end())
          .setIfThere("end_time", e.end())
          .setIfThere("aborted", e.failed());
    }
    return row;
  }

  static long micros(Entry e, ViewRows out) {
    Instant end = e.outcome().map(Outcome::at).orElseGet(out.view()::now);
    return ViewRow.micros(end) - ViewRow.micros(e.start());
  }

  static List<Entry> ended(ViewRows out) {
    return out.view().log().ended().stream()
        .filter(e -> out.visible(e.issuer().userOid()))
        .toList();
  }

  /// Those that plans are made for.
  static List<Entry> queries(ViewRows out) {
    return of(out, Family.QUERY);
  }

  static List<Entry> running(ViewRows out) {
    return out.view().log().running().stream()
        .filter(e -> out.visible(e.issuer().userOid()))
        .toList();
  }

  private static List<Entry> of(ViewRows out, Family family) {
    return ended(out).stream().filter(e -> e.type().family() == family).toList();
  }

  private static List<Entry> failed(ViewRows out) {
    return ended(out).stream().filter(Entry::failed).toList();
  }

  private static void query(ViewRow row, Entry e) {
    common(row, e)
        .set("querytxt", e.text())
        .set("insert_pristine", 0)
        .set("concurrency_scaling_status", routing(e).code());
  }

  /// Where a statement ran, or will as far as is known.
  static Routing routing(Entry e) {
    return e.outcome().map(Outcome::routing).orElse(Routing.MAIN);
  }

  private static void log(ViewRow row, Entry e) {
    int source = e.outcome().orElseThrow().sourceQuery();
    common(row, e)
        .set("elapsed", Duration.between(e.start(), e.end()).toNanos() / 1_000)
        .set("substring", e.text().replaceAll("\\s+", " "))
        .set("source_query", source == 0 ? null : source)
        .set("concurrency_scaling_status_txt", routing(e).code() + " - " + routing(e).text());
  }

  private static void error(ViewRow row, Entry e) {
    common(row, e).set("error", e.outcome().orElseThrow().error());
  }

  private static void texts(ViewRows out, List<Entry> entries, int size) {
    for (Entry e : entries) {
      List<String> pieces = StatementText.pieces(e.text(), size);
      for (int i = 0; i < pieces.size(); i++) {
        int sequence = i;
        out.add(
            row ->
                common(row, e)
                    .setIfThere("type", e.type().family())
                    .setIfThere("suspended", 0)
                    .set("sequence", sequence)
                    .set("text", pieces.get(sequence)));
      }
    }
  }

  /// Statements that were refused because a transaction block was open.
  private static void violations(ViewRows out) {
    for (Entry e : failed(out)) {
      String error = e.outcome().orElseThrow().error();
      int end = error.indexOf(NOT_IN_BLOCK);
      if (end > 0) {
        List<String> pieces = StatementText.pieces(e.text(), PIECE);
        for (int i = 0; i < pieces.size(); i++) {
          int sequence = i;
          out.add(
              row ->
                  common(row, e)
                      .set("cmdname", error.substring(0, end))
                      .set("type", e.type().family())
                      .set("sequence", sequence)
                      .set("text", pieces.get(sequence)));
        }
      }
    }
  }

  private static void history(ViewRows out) {
    QueueTimes times = QueueTimes.now(out.view());
    ended(out).forEach(e -> out.add(row -> history(out, row, e, times)));
    running(out).forEach(e -> out.add(row -> history(out, row, e, times)));
  }

  private static void history(ViewRows out, ViewRow row, Entry e, QueueTimes times) {
    long elapsed = micros(e, out);
    long queued = times.micros(e);
    common(row, e)
        .set("query_type", e.type())
        .set("status", times.waits(e) ? "queued" : status(e))
        .set("elapsed_time", elapsed)
        .set("queue_time", queued)
        .set("query_text", e.text())
        .set("redshift_version", "1.0")
        .set("usage_limit", "")
        .set("compute_type", routing(e) == Routing.SCALING ? "primary-scale" : "primary")
        .set("lock_wait_time", e.outcome().map(Outcome::lockMicros).orElse(0L))
        .set("service_class_id", WorkloadViews.DEFAULT_CLASS)
        .set("service_class_name", WorkloadViews.DEFAULT_NAME)
        .set("query_priority", out.view().log().priorities().of(e))
        .set("short_query_accelerated", "false")
        .set("user_query_hash", StatementText.userHash(e.text()))
        .set("generic_query_hash", StatementText.genericHash(e.text()))
        .set("query_hash_version", 1)
        .set("username", e.issuer().user());
    long locked = e.outcome().map(Outcome::lockMicros).orElse(0L);
    long planning = e.outcome().map(Outcome::planMicros).orElse(0L);
    boolean returns = e.type() == StatementType.SELECT;
    row.set("planning_time", planning)
        .set("execution_time", Math.max(0, elapsed - planning - queued - locked))
        .set("result_cache_hit", e.outcome().map(o -> o.sourceQuery() != 0).orElse(false))
        .set("result_cache_query_id", e.outcome().map(Outcome::sourceQuery).orElse(0))
        .set("error_message", e.outcome().map(Outcome::error).orElse(""))
        .set("returned_rows", returns ? e.outcome().map(Outcome::rows).orElse(0L) : 0L)
        .set("returned_bytes", returns ? e.outcome().map(Outcome::returnedBytes).orElse(0L) : 0L)
        .set("compile_time", e.outcome().map(StatementViews::compileMicros).orElse(0L));
  }

  static long compileMicros(Outcome outcome) {
    return outcome.segments().stream().mapToLong(s -> s.profile().code().nanos()).sum() / 1_000;
  }

  private static String status(Entry e) {
    if (e.outcome().isEmpty()) {
      return "running";
    }
    return e.failed() ? e.outcome().get().canceled() ? "canceled" : "failed" : "success";
  }

  private static void recents(ViewRows out) {
    List<Entry> all = ended(out);
    List<Entry> shown = new ArrayList<>(all.subList(Math.max(0, all.size() - RECENT), all.size()));
    shown.addAll(running(out));
    for (Entry e : shown) {
      boolean done = e.outcome().isPresent();
      out.add(
          row ->
              common(row, e)
                  .set("status", done ? "Done" : "Running")
                  .set("duration", micros(e, out))
                  .set("user_name", e.issuer().user())
                  .set("db_name", e.issuer().database())
                  .set("query", e.text())
                  .set("pid", done ? -1 : e.issuer().processId()));
    }
  }

  private static void inflight(ViewRow row, Entry e) {
    common(row, e)
        .set("text", e.text())
        .set("suspended", 0)
        .set("insert_pristine", 0)
        .set("concurrency_scaling_status", 0);
  }

  /// Nodes are lines that give a cost; the lines below say more of them.
  private static void plans(ViewRows out, List<Entry> entries) {
    for (Entry e : entries) {
      PlanNodes.of(e.outcome().orElseThrow().plan().lines())
          .forEach(
              node ->
                  out.add(
                      row ->
                          common(row, e)
                              .setIfThere("nodeid", node.id())
                              .setIfThere("parentid", node.parent())
                              .setIfThere("plan_node_id", node.id())
                              .setIfThere("plan_parent_id", node.parent())
                              .setIfThere("plannode", node.text())
                              .setIfThere("plan_node", node.text())
                              .setIfThere("info", node.details())
                              .setIfThere("plan_info", node.details())));
    }
  }

  private static void calls(ViewRows out) {
    for (Entry e : ended(out)) {
      if (e.type() == StatementType.CALL) {
        out.add(
            row ->
                common(row, e)
                    .setIfThere("session_userid", e.issuer().userOid())
                    .setIfThere("session_user_id", e.issuer().userOid())
                    .setIfThere("security_user_id", e.issuer().userOid())
                    .setIfThere("querytxt", e.text())
                    .setIfThere("query_text", e.text())
                    .setIfThere("status", status(e)));
      }
    }
  }
}

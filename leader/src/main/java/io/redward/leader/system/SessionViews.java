package io.redward.leader.system;

import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.User;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.SessionEnd;
import io.redward.storage.table.CommitActivity.Commit;
import io.redward.storage.table.Isolation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sessions and transactions that are open or were.
final class SessionViews {
  private SessionViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stv_sessions", SessionViews::open);
    readers.put("stl_sessions", SessionViews::ended);
    readers.put("sys_session_history", SessionViews::history);
    readers.put("sys_transaction_history", SessionViews::transactions);
    readers.put("pg_locks", SessionViews::locks);
    readers.put("pg_stat_activity", SessionViews::activity);
    readers.put("pg_cursors", SessionViews::ownCursors);
    readers.put("stv_active_cursors", SessionViews::activeCursors);
    readers.put("svv_active_cursors", SessionViews::activeCursors);
    readers.put("stv_cursor_configuration", SessionViews::cursorLimits);
  }

  /// PostgreSQL's view, of the session's own.
  private static void ownCursors(ViewRows out) {
    for (SystemView.CursorEntry cursor : out.view().cursors()) {
      if (cursor.own()) {
        out.add(
            row ->
                row.set("name", cursor.name())
                    .set("is_holdable", false)
                    .set("is_binary", false)
                    .set("is_scrollable", false)
                    .set("creation_time", cursor.openedAt()));
      }
    }
  }

  /// Cursors take their rows as they are fetched, and so no space on the disk.
  private static void cursorLimits(ViewRows out) {
    out.add(
        row ->
            row.set("current_cursor_count", out.view().cursors().size())
                .set("max_diskspace_usable", 0)
                .set("current_diskspace_used", 0));
  }

  private static void activeCursors(ViewRows out) {
    Map<Integer, Long> transactions = new HashMap<>();
    out.view().transactions().forEach(t -> transactions.put(t.processId(), t.transactionId()));
    for (SystemView.CursorEntry cursor : out.view().cursors()) {
      if (out.visible(cursor.userOid())) {
        out.add(
            row ->
                row.setIfThere("userid", cursor.userOid())
                    .setIfThere("user_id", cursor.userOid())
                    .setIfThere("name", cursor.name())
                    .setIfThere("cursor_name", cursor.name())
                    .setIfThere("xid", transactions.getOrDefault(cursor.processId(), 0L))
                    .setIfThere("transaction_id", transactions.getOrDefault(cursor.processId(), 0L))
                    .setIfThere("pid", cursor.processId())
                    .setIfThere("session_id", cursor.processId())
                    .setIfThere("starttime", cursor.openedAt())
                    .setIfThere("declare_time", cursor.openedAt())
                    .setIfThere("cursor_storage_limit_used_percent", 0)
                    .set("fetched_rows", cursor.fetched()));
      }
    }
  }

  private static void locks(ViewRows out) {
    for (SystemView.LockEntry lock : out.view().locks()) {
      out.add(
          row ->
              row.set("locktype", "relation")
                  .set("database", out.view().database().oid())
                  .set("relation", lock.table())
                  .set("transaction", lock.transactionId())
                  .set("pid", lock.processId())
                  .set("mode", lock.mode())
                  .set("granted", lock.granted()));
    }
    for (SystemView.TransactionEntry open : out.view().transactions()) {
      out.add(
          row ->
              row.set("locktype", "transactionid")
                  .set("transaction", open.transactionId())
                  .set("pid", open.processId())
                  .set("mode", "ExclusiveLock")
                  .set("granted", true));
    }
  }

  private static void activity(ViewRows out) {
    for (SystemView.SessionEntry s : out.view().sessions()) {
      Optional<Entry> running =
          StatementViews.running(out).stream()
              .filter(e -> e.issuer().processId() == s.processId())
              .findFirst();
      out.add(
          row -> {
            row.set("datname", s.database())
                .set("procpid", s.processId())
                .set("usename", s.user())
                .set("backend_start", s.startedAt())
                .set("current_query", running.map(Entry::text).orElse("<IDLE>"));
            running.ifPresent(
                e -> row.set("usesysid", e.issuer().userOid()).set("query_start", e.start()));
          });
    }
  }

  private static void open(ViewRows out) {
    out.view()
        .sessions()
        .forEach(
            s ->
                out.add(
                    row ->
                        row.set("starttime", s.startedAt())
                            .set("process", s.processId())
                            .set("user_name", s.user())
                            .set("db_name", s.database())
                            .set("timeout_sec", s.timeoutSeconds())));
  }

  private static void ended(ViewRows out) {
    for (SessionEnd s : out.view().log().sessions()) {
      if (out.visible(s.issuer().userOid())) {
        out.add(
            row ->
                row.set("userid", s.issuer().userOid())
                    .set("starttime", s.start())
                    .set("endtime", s.end())
                    .set("process", s.issuer().processId())
                    .set("user_name", s.issuer().user())
                    .set("db_name", s.issuer().database())
                    .set("timeout_sec", s.timeoutSeconds())
                    .set("timed_out", s.timedOut()));
      }
    }
  }

  private static void history(ViewRows out) {
    Catalog catalog = out.view().catalog();
    for (SystemView.SessionEntry s : out.view().sessions()) {
      int user = catalog.user(s.user()).map(User::oid).orElse(0);
      if (out.visible(user)) {
        out.add(
            row ->
                row.set("user_id", user)
                    .set("session_id", s.processId())
                    .set("database_name", s.database())
                    .set("status", "active")
                    .set("session_timeout", s.timeoutSeconds())
                    .set("start_time", s.startedAt()));
      }
    }
    for (SessionEnd s : out.view().log().sessions()) {
      if (out.visible(s.issuer().userOid())) {
        out.add(
            row ->
                row.set("user_id", s.issuer().userOid())
                    .set("session_id", s.issuer().processId())
                    .set("database_name", s.issuer().database())
                    .set("status", "closed")
                    .set("session_timeout", s.timeoutSeconds())
                    .set("start_time", s.start())
                    .set("end_time", s.end()));
      }
    }
  }

  /// Commits as the log keeps them, with the first statement of each for its user and start.
  private static void transactions(ViewRows out) {
    undone(out);
    Map<Long, Entry> first = new HashMap<>();
    out.view().log().ended().forEach(e -> first.putIfAbsent(e.transactionId(), e));
    Map<String, Isolation> isolations = new HashMap<>();
    for (Database database : out.view().catalog().databases()) {
      isolations.put(database.name(), database.isolation());
    }
    for (Commit commit : out.view().activity().commits()) {
      Entry entry = first.get(commit.owner().transactionId());
      out.add(
          row -> {
            row.set("transaction_id", commit.owner().transactionId())
                .set("status", "committed")
                .set("commit_start_time", commit.queued())
                .set("commit_end_time", commit.ended())
                .set("blocks_committed", (commit.bytes() + (1 << 20) - 1) >> 20)
                .set("undo_transaction_id", -1)
                .set("transaction_start_time", entry == null ? commit.queued() : entry.start());
            if (entry != null) {
              row.set("user_id", entry.issuer().userOid())
                  .set("isolation_level", name(isolations.get(entry.issuer().database())));
            }
          });
    }
  }

  private static void undone(ViewRows out) {
    for (AccessLog.Undone transaction : out.view().accesses().undone()) {
      out.add(
          row ->
              row.set("user_id", transaction.issuer().userOid())
                  .set("transaction_id", transaction.transactionId())
                  .set("isolation_level", "")
                  .set("status", "rolledback")
                  .set("transaction_start_time", transaction.start())
                  .set("commit_end_time", transaction.end())
                  .set("blocks_committed", 0)
                  .set("undo_transaction_id", transaction.transactionId()));
    }
  }

  private static String name(@Nullable Isolation isolation) {
    return isolation == Isolation.SERIALIZABLE ? "Serializable" : "Snapshot Isolation";
  }
}

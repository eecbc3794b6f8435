package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.LoadErrorEntry;
import io.redward.leader.system.QueryLog.SegmentRun;
import io.redward.plan.run.SegmentProfile;
import io.redward.spi.SystemTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What has run and what runs: `stl_query`, `svl_query_summary`, `stv_recents`, `stl_load_errors`
/// and their kin. A user who is no superuser sees only statements of their own.
final class HistoryTables {
  private static final String CATALOG = "pg_catalog";
  private static final int TEXT_CHUNK = 200;

  private final SystemView view;

  HistoryTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "stl_query",
            "userid int4, query int4, label varchar, xid int8, pid int4, database varchar,"
                + " querytxt varchar, starttime timestamp, endtime timestamp, aborted int4,"
                + " insert_pristine int4, concurrency_scaling_status int4",
            out ->
                ended()
                    .forEach(
                        e ->
                            out.row(
                                e.userOid(),
                                e.queryId(),
                                e.queryGroup(),
                                (long) e.queryId(),
                                e.processId(),
                                e.database(),
                                e.text(),
                                micros(e.start()),
                                micros(e.end().orElseThrow()),
                                e.error().isEmpty() ? 0 : 1,
                                0,
                                0))),
        of(
            CATALOG,
            "stl_querytext",
            "userid int4, xid int8, pid int4, query int4, sequence int4, text char",
            this::texts),
        of(
            CATALOG,
            "svl_qlog",
            "userid int4, query int4, xid int8, pid int4, starttime timestamp,"
                + " endtime timestamp, elapsed int8, aborted int4, label varchar,"
                + " substring varchar, source_query int4",
            out ->
                ended()
                    .forEach(
                        e ->
                            out.row(
                                e.userOid(),
                                e.queryId(),
                                (long) e.queryId(),
                                e.processId(),
                                micros(e.start()),
                                micros(e.end().orElseThrow()),
                                elapsed(e),
                                e.error().isEmpty() ? 0 : 1,
                                e.queryGroup(),
                                e.text().substring(0, Math.min(60, e.text().length())),
                                e.sourceQuery() == 0 ? null : e.sourceQuery()))),
        of(
            CATALOG,
            "sys_query_history",
            "user_id int4, query_id int8, query_label varchar, transaction_id int8,"
                + " session_id int4, database_name varchar, query_type varchar, status varchar,"
                + " result_cache_hit bool, start_time timestamp, end_time timestamp,"
                + " elapsed_time int8, queue_time int8, execution_time int8,"
                + " error_message varchar, returned_rows int8, returned_bytes int8,"
                + " query_text varchar",
            this::history),
        summary(),
        of(
            CATALOG,
            "stv_recents",
            "userid int4, status varchar, starttime timestamp, duration int8, user_name varchar,"
                + " db_name varchar, query varchar, pid int4",
            this::recents),
        of(
            CATALOG,
            "stv_inflight",
            "userid int4, slice int4, query int4, label varchar, xid int8, pid int4,"
                + " starttime timestamp, text varchar, suspended int4",
            out ->
                running()
                    .forEach(
                        e ->
                            out.row(
                                e.userOid(),
                                0,
                                e.queryId(),
                                e.queryGroup(),
                                (long) e.queryId(),
                                e.processId(),
                                micros(e.start()),
                                e.text(),
                                0))),
        of(
            CATALOG,
            "stv_sessions",
            "starttime timestamp, process int4, user_name varchar, db_name varchar,"
                + " timeout_sec int4",
            out ->
                view.sessions()
                    .forEach(
                        s ->
                            out.row(
                                micros(s.startedAt()),
                                s.processId(),
                                s.user(),
                                s.database(),
                                s.timeoutSeconds()))),
        of(
            CATALOG,
            "stv_load_state",
            "userid int4, session int4, query int4, slice int4, pid int4, recordtime timestamp,"
                + " bytes_to_load int8, bytes_loaded int8, pct_complete int4, table_name varchar,"
                + " rows_loaded int8",
            out ->
                view.log()
                    .loads()
                    .forEach(
                        l ->
                            out.row(
                                view.user().oid(),
                                0,
                                l.queryId(),
                                0,
                                0,
                                micros(view.now()),
                                l.bytesTotal(),
                                l.bytesRead(),
                                l.bytesTotal() == 0
                                    ? 0
                                    : (int) (l.bytesRead() * 100 / l.bytesTotal()),
                                l.table(),
                                l.rows()))),
        of(
            CATALOG,
            "stl_unload_log",
            "userid int4, query int4, slice int4, pid int4, path varchar, start_time timestamp,"
                + " end_time timestamp, line_count int8, transfer_size int8",
            out ->
                view.log().unloads().stream()
                    .filter(u -> visible(u.userOid()))
                    .forEach(
                        u ->
                            out.row(
                                u.userOid(),
                                u.queryId(),
                                0,
                                u.processId(),
                                u.file().url(),
                                micros(u.at()),
                                micros(u.at()),
                                u.file().rows(),
                                u.file().bytes()))),
        of(
            CATALOG,
            "stl_load_errors",
            "userid int4, slice int4, tbl int4, starttime timestamp, session int4, query int4,"
                + " filename varchar, line_number int8, colname varchar, type varchar,"
                + " col_length varchar, position int4, raw_line varchar,"
                + " raw_field_value varchar, err_code int4, err_reason varchar, is_partial int4,"
                + " start_offset int8, copy_job_id int8",
            this::loadErrors),
        of(
            CATALOG,
            "stl_loaderror_detail",
            "userid int4, slice int4, session int4, query int4, filename varchar,"
                + " line_number int8, field int4, colname varchar, value varchar, is_null int4,"
                + " type varchar, col_length varchar",
            this::loadErrorValues),
        of(
            CATALOG,
            "sys_load_error_detail",
            "user_id int4, query_id int8, transaction_id int8, session_id int4,"
                + " database_name varchar, table_id int4, start_time timestamp, file_name varchar,"
                + " line_number int8, column_name varchar, column_type varchar,"
                + " column_length varchar, position int4, error_code int4, error_message varchar",
            this::loadErrorDetails));
  }

  private boolean visible(int userOid) {
    return view.user().superuser() || userOid == view.user().oid();
  }

  private List<Entry> ended() {
    return view.log().ended().stream().filter(e -> visible(e.userOid())).toList();
  }

  private List<Entry> running() {
    return view.log().running().stream().filter(e -> visible(e.userOid())).toList();
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static long elapsed(Entry entry) {
    return Duration.between(entry.start(), entry.end().orElseThrow()).toNanos() / 1_000;
  }

  private void texts(SystemTable.SystemRows out) {
    for (Entry e : ended()) {
      String text = e.text();
      for (int at = 0, sequence = 0; at < text.length(); at += TEXT_CHUNK, sequence++) {
        out.row(
            e.userOid(),
            (long) e.queryId(),
            e.processId(),
            e.queryId(),
            sequence,
            text.substring(at, Math.min(text.length(), at + TEXT_CHUNK)));
      }
    }
  }

  private void history(SystemTable.SystemRows out) {
    for (Entry e : ended()) {
      String type = e.text().strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
      out.row(
          e.userOid(),
          (long) e.queryId(),
          e.queryGroup(),
          (long) e.queryId(),
          e.processId(),
          e.database(),
          type,
          e.error().isEmpty() ? "success" : "failed",
          e.sourceQuery() != 0,
          micros(e.start()),
          micros(e.end().orElseThrow()),
          elapsed(e),
          0L,
          elapsed(e),
          e.error(),
          e.rows(),
          0L,
          e.text());
    }
    for (Entry e : running()) {
      String type = e.text().strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
      long elapsed = Duration.between(e.start(), view.now()).toNanos() / 1_000;
      out.row(
          e.userOid(),
          (long) e.queryId(),
          e.queryGroup(),
          (long) e.queryId(),
          e.processId(),
          e.database(),
          type,
          "running",
          false,
          micros(e.start()),
          null,
          elapsed,
          0L,
          elapsed,
          "",
          0L,
          0L,
          e.text());
    }
  }

  private SystemTable summary() {
    return of(
        CATALOG,
        "svl_query_summary",
        "userid int4, query int4, stm int4, seg int4, step int4, maxtime int8, avgtime int8,"
            + " rows int8, bytes int8, rate_row float8, rate_byte float8, label varchar,"
            + " is_diskbased char, workmem int8, is_rrscan char, is_delayed_scan char,"
            + " rows_pre_filter int8",
        out -> {
          for (Entry e : ended()) {
            for (SegmentRun run : e.segments()) {
              SegmentProfile p = run.profile();
              long micros = p.elapsedNanos() / 1_000;
              double seconds = Math.max(p.elapsedNanos(), 1) / 1e9;
              out.row(
                  e.userOid(),
                  e.queryId(),
                  p.stream(),
                  p.segment(),
                  0,
                  micros,
                  micros,
                  p.sinkRows(),
                  p.bytes(),
                  p.sinkRows() / seconds,
                  p.bytes() / seconds,
                  run.label(),
                  p.spilledBytes() > 0 ? "t" : "f",
                  p.bytes(),
                  "f",
                  "f",
                  p.sourceRows());
            }
          }
        });
  }

  private void recents(SystemTable.SystemRows out) {
    List<Entry> all = new ArrayList<>(ended());
    List<Entry> newest = all.subList(Math.max(0, all.size() - 100), all.size());
    for (Entry e : newest) {
      out.row(
          e.userOid(), "Done", micros(e.start()), elapsed(e), e.user(), e.database(), e.text(), -1);
    }
    for (Entry e : running()) {
      long duration = Duration.between(e.start(), view.now()).toNanos() / 1_000;
      out.row(
          e.userOid(),
          "Running",
          micros(e.start()),
          duration,
          e.user(),
          e.database(),
          e.text(),
          e.processId());
    }
  }

  private void loadErrorValues(SystemTable.SystemRows out) {
    for (LoadErrorEntry e : view.log().loadErrors()) {
      if (visible(e.userOid()) && !e.error().column().isEmpty()) {
        out.row(
            e.userOid(),
            0,
            0,
            e.queryId(),
            e.error().file(),
            e.error().line(),
            e.error().position(),
            e.error().column(),
            e.error().rawValue(),
            0,
            e.error().type(),
            "");
      }
    }
  }

  private void loadErrorDetails(SystemTable.SystemRows out) {
    for (LoadErrorEntry e : view.log().loadErrors()) {
      if (visible(e.userOid())) {
        out.row(
            e.userOid(),
            (long) e.queryId(),
            (long) e.queryId(),
            0,
            view.database().name(),
            e.tableOid(),
            micros(e.at()),
            e.error().file(),
            e.error().line(),
            e.error().column(),
            e.error().type(),
            "",
            e.error().position(),
            e.error().code(),
            e.error().reason());
      }
    }
  }

  private void loadErrors(SystemTable.SystemRows out) {
    for (LoadErrorEntry e : view.log().loadErrors()) {
      if (visible(e.userOid())) {
        out.row(
            e.userOid(),
            0,
            e.tableOid(),
            micros(e.at()),
            0,
            e.queryId(),
            e.error().file(),
            e.error().line(),
            e.error().column(),
            e.error().type(),
            "",
            e.error().position(),
            e.error().rawLine(),
            e.error().rawValue(),
            e.error().code(),
            e.error().reason(),
            0,
            0L,
            0L);
      }
    }
  }
}

package io.redward.leader.system;

import io.redward.foundation.types.TypeKind;
import io.redward.leader.catalog.CopyJob;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.LoadErrorEntry;
import io.redward.leader.system.QueryLog.LoadFileEntry;
import io.redward.leader.system.QueryLog.LoadState;
import io.redward.leader.system.QueryLog.Outcome;
import io.redward.leader.system.QueryLog.UnloadEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What COPY has read and UNLOAD has written.
final class LoadViews {
  private LoadViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stv_load_state", LoadViews::running);
    readers.put("sys_load_history", LoadViews::history);
    readers.put("stl_load_errors", out -> errors(out, false));
    readers.put("stl_loaderror_detail", out -> errors(out, true));
    readers.put("sys_load_error_detail", out -> errors(out, false));
    LoadFileViews.register(readers);
    readers.put("stl_unload_log", LoadViews::files);
    readers.put("svcs_unload_log", LoadViews::files);
    readers.put("sys_unload_detail", LoadViews::files);
    readers.put("sys_unload_history", LoadViews::unloads);
  }

  private static void running(ViewRows out) {
    for (Entry e : StatementViews.running(out)) {
      Optional<LoadState> load = out.view().log().load(e.queryId());
      load.ifPresent(
          l ->
              out.add(
                  row ->
                      StatementViews.common(row, e)
                          .set("session", e.issuer().processId())
                          .set("recordtime", out.view().now())
                          .set("bytes_to_load", l.bytesTotal())
                          .set("bytes_loaded", l.bytesRead())
                          .set("bytes_to_load_compressed", 0)
                          .set("bytes_loaded_compressed", 0)
                          .set("lines", l.rows())
                          .set(
                              "pct_complete",
                              l.bytesTotal() == 0 ? 0 : l.bytesRead() * 100 / l.bytesTotal())));
    }
  }

  private static void history(ViewRows out) {
    List<LoadErrorEntry> errors = badRows(out);
    Map<Integer, List<LoadFileEntry>> files =
        out.view().log().loadFiles().stream()
            .collect(Collectors.groupingBy(LoadFileEntry::queryId));
    Map<Long, CopyJob> jobs = jobs(out);
    for (Entry e : copies(out)) {
      Optional<LoadState> load =
          e.outcome().isPresent() ? e.outcome().get().load() : out.view().log().load(e.queryId());
      List<LoadFileEntry> own = files.getOrDefault(e.queryId(), List.of());
      long job = own.isEmpty() ? 0 : own.getFirst().job();
      String text = jobs.containsKey(job) ? jobs.get(job).text() : e.text();
      out.add(
          row -> {
            StatementViews.common(row, e)
                .set("status", status(e))
                .set("duration", StatementViews.micros(e, out))
                .set("data_source", StatementText.copySource(text))
                .set("file_format", StatementText.format(text))
                .set("copy_job_id", job)
                .set("source_file_count", own.size())
                .set("file_count_scanned", own.size())
                .set(
                    "error_count",
                    errors.stream().filter(error -> error.queryId() == e.queryId()).count());
            load.ifPresent(
                l ->
                    row.set("table_name", l.table())
                        .set("loaded_rows", e.outcome().map(Outcome::rows).orElse(l.rows()))
                        .set("loaded_bytes", l.bytesRead())
                        .set("source_file_bytes", l.bytesTotal())
                        .set("file_bytes_scanned", l.bytesRead()));
          });
    }
  }

  private static List<Entry> copies(ViewRows out) {
    return both(out, StatementType.COPY);
  }

  private static List<Entry> both(ViewRows out, StatementType type) {
    return Stream.concat(StatementViews.ended(out).stream(), StatementViews.running(out).stream())
        .filter(e -> e.type() == type)
        .toList();
  }

  private static String status(Entry e) {
    return e.outcome().isEmpty() ? "running" : e.failed() ? "aborted" : "completed";
  }

  /// @param values true for the values of the rows
  private static void errors(ViewRows out, boolean values) {
    for (LoadErrorEntry e : badRows(out)) {
      if (out.visible(e.issuer().userOid()) && !(values && e.error().column().isEmpty())) {
        out.add(row -> error(row, e));
      }
    }
  }

  private static List<LoadErrorEntry> badRows(ViewRows out) {
    return out.view().log().loadErrors().stream().filter(e -> e.error().code() != 0).toList();
  }

  private static Map<Long, CopyJob> jobs(ViewRows out) {
    return CopyJob.all(out.view().snapshot()).stream()
        .collect(Collectors.toMap(CopyJob::id, job -> job));
  }

  private static void error(ViewRow row, LoadErrorEntry e) {
    row.setIfThere("userid", e.issuer().userOid())
        .setIfThere("user_id", e.issuer().userOid())
        .setIfThere("slice", 0)
        .setIfThere("tbl", e.tableOid())
        .setIfThere("table_id", e.tableOid())
        .setIfThere("starttime", e.at())
        .setIfThere("start_time", e.at())
        .setIfThere("session", e.issuer().processId())
        .setIfThere("session_id", e.issuer().processId())
        .setIfThere("query", e.queryId())
        .setIfThere("query_id", e.queryId())
        .setIfThere("transaction_id", e.transactionId())
        .setIfThere("database_name", e.issuer().database())
        .setIfThere("filename", e.error().file())
        .setIfThere("file_name", e.error().file())
        .setIfThere("line_number", e.error().line())
        .setIfThere("field", e.error().position())
        .setIfThere("colname", e.error().column())
        .setIfThere("column_name", e.error().column())
        .setIfThere("value", e.error().rawValue())
        .setIfThere("is_null", 0)
        .setIfThere("type", catalogName(e.error().type()))
        .setIfThere("column_type", catalogName(e.error().type()))
        .setIfThere("col_length", length(e.error().type()))
        .setIfThere("column_length", length(e.error().type()))
        .setIfThere("position", e.error().position())
        .setIfThere("raw_line", e.error().rawLine())
        .setIfThere("raw_field_value", e.error().rawValue())
        .setIfThere("err_code", e.error().code())
        .setIfThere("error_code", e.error().code())
        .setIfThere("err_reason", e.error().reason())
        .setIfThere("error_message", e.error().reason())
        .setIfThere("is_partial", 0)
        .setIfThere("start_offset", 0)
        .setIfThere("copy_job_id", 0);
  }

  /// What the catalog calls a type, `char` for what it calls `bpchar`.
  private static String catalogName(String type) {
    int bracket = type.indexOf('(');
    String name = bracket < 0 ? type : type.substring(0, bracket);
    return name.equals(TypeKind.CHAR.sqlName())
        ? "char"
        : Arrays.stream(TypeKind.values())
            .filter(kind -> kind.sqlName().equals(name))
            .map(TypeKind::catalogName)
            .findFirst()
            .orElse(name);
  }

  /// The length that a type has; 0 for none.
  private static String length(String type) {
    int bracket = type.indexOf('(');
    return type.isEmpty() ? "" : bracket < 0 ? "0" : type.substring(bracket + 1, type.length() - 1);
  }

  private static void files(ViewRows out) {
    Map<Integer, String> formats = new HashMap<>();
    both(out, StatementType.UNLOAD)
        .forEach(e -> formats.put(e.queryId(), StatementText.format(e.text())));
    for (UnloadEntry file : out.view().log().unloads()) {
      if (out.visible(file.issuer().userOid())) {
        out.add(
            row ->
                row.setIfThere("userid", file.issuer().userOid())
                    .setIfThere("user_id", file.issuer().userOid())
                    .setIfThere("query", file.queryId())
                    .setIfThere("query_id", file.queryId())
                    .setIfThere("user_query_id", file.queryId())
                    .setIfThere("slice", 0)
                    .setIfThere("pid", file.issuer().processId())
                    .setIfThere("session_id", file.issuer().processId())
                    .setIfThere("transaction_id", file.transactionId())
                    .setIfThere("path", file.file().url())
                    .setIfThere("file_name", file.file().url())
                    .set("start_time", file.at())
                    .set("end_time", file.at())
                    .set("line_count", file.file().rows())
                    .set("transfer_size", file.file().bytes())
                    .set(
                        "file_format",
                        StatementText.formatName(formats.getOrDefault(file.queryId(), "txt"))));
      }
    }
  }

  private static void unloads(ViewRows out) {
    List<UnloadEntry> files = out.view().log().unloads();
    for (Entry e : both(out, StatementType.UNLOAD)) {
      List<UnloadEntry> own = files.stream().filter(f -> f.queryId() == e.queryId()).toList();
      out.add(
          row ->
              StatementViews.common(row, e)
                  .set("status", status(e))
                  .set("duration", StatementViews.micros(e, out))
                  .set("file_format", StatementText.format(e.text()))
                  .set("compression_type", StatementText.compression(e.text()))
                  .set("unloaded_location", StatementText.unloadTarget(e.text()))
                  .set("unloaded_rows", own.stream().mapToLong(f -> f.file().rows()).sum())
                  .set("unloaded_files_count", own.size())
                  .set("unloaded_files_size", own.stream().mapToLong(f -> f.file().bytes()).sum())
                  .set("error_message", e.outcome().map(Outcome::error).orElse("")));
    }
  }
}

package io.redward.leader.system;

import io.redward.leader.catalog.CopyJob;
import io.redward.leader.catalog.Database;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.LoadErrorEntry;
import io.redward.leader.system.QueryLog.LoadFileEntry;
import io.redward.leader.system.QueryLog.UnloadEntry;
import io.redward.spi.LoadError;
import io.redward.spi.LoadedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Each file that COPY has loaded, what was transferred from and to buckets, and COPY jobs.
final class LoadFileViews {
  private static final String BUCKET = "s3://";

  /// What `stl_load_commits` says of a file whose rows are in the table.
  private static final int LOADED = 1;

  private LoadFileViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_file_scan", LoadFileViews::files);
    readers.put("stl_load_commits", LoadFileViews::files);
    readers.put("sys_load_detail", LoadFileViews::files);
    readers.put("stl_s3client", LoadFileViews::transfers);
    readers.put("stl_replacements", LoadFileViews::replacements);
    readers.put("sys_copy_replacements", LoadFileViews::replacements);
    readers.put("sys_copy_job", LoadFileViews::jobs);
    readers.put("sys_copy_job_detail", LoadFileViews::jobFiles);
    readers.put("sys_copy_job_info", LoadFileViews::jobRuns);
  }

  private static void files(ViewRows out) {
    Map<Integer, String> formats = new HashMap<>();
    Map<Long, String> jobs = new HashMap<>();
    CopyJob.all(out.view().snapshot()).forEach(job -> jobs.put(job.id(), job.text()));
    for (Entry e : out.view().log().ended()) {
      if (e.type() == StatementType.COPY) {
        formats.put(e.queryId(), StatementText.format(e.text()));
      }
    }
    for (LoadFileEntry e : out.view().log().loadFiles()) {
      if (out.visible(e.issuer().userOid())) {
        String format =
            jobs.containsKey(e.job())
                ? StatementText.format(jobs.get(e.job()))
                : formats.getOrDefault(e.queryId(), "txt");
        out.add(row -> file(row, e, format));
      }
    }
  }

  private static void file(ViewRow row, LoadFileEntry e, String format) {
    LoadedFile file = e.file();
    long lines = file.rows() + file.errors();
    row.setIfThere("userid", e.issuer().userOid())
        .setIfThere("user_id", e.issuer().userOid())
        .setIfThere("query", e.queryId())
        .setIfThere("query_id", e.queryId())
        .setIfThere("slice", 0)
        .setIfThere("name", file.name())
        .setIfThere("filename", file.name())
        .setIfThere("file_name", file.name())
        .setIfThere("lines", lines)
        .setIfThere("lines_scanned", lines)
        .setIfThere("bytes", file.bytes())
        .setIfThere("bytes_scanned", file.bytes())
        .setIfThere("byte_offset", 0)
        .setIfThere("loadtime", Duration.between(file.start(), file.end()).toNanos() / 1_000)
        .setIfThere("curtime", e.at())
        .setIfThere("record_time", e.at())
        .setIfThere("errors", file.errors())
        .setIfThere("status", LOADED)
        .setIfThere("file_format", StatementText.formatName(format))
        .setIfThere("splits_scanned", 1)
        .setIfThere("start_time", file.start())
        .setIfThere("end_time", file.end())
        .setIfThere("file_etag", "")
        .setIfThere("file_last_modified", file.modified())
        .setIfThere("is_partial", 0)
        .setIfThere("start_offset", 0)
        .setIfThere("copy_job_id", e.job());
  }

  /// A part of an object's URL.
  private record Place(String bucket, String key) {
    static Place of(String url) {
      String rest = url.substring(BUCKET.length());
      int slash = rest.indexOf('/');
      return new Place(rest.substring(0, slash), rest.substring(slash + 1));
    }
  }

  private static void transfers(ViewRows out) {
    Map<Integer, UUID> uuids = new HashMap<>();
    out.view().log().ended().forEach(e -> uuids.put(e.queryId(), e.uuid()));
    for (LoadFileEntry e : out.view().log().loadFiles()) {
      if (e.file().name().startsWith(BUCKET) && out.visible(e.issuer().userOid())) {
        LoadedFile file = e.file();
        out.add(
            row ->
                transfer(row, Place.of(file.name()), file.bytes())
                    .set("userid", e.issuer().userOid())
                    .set("query", e.queryId())
                    .set("pid", e.issuer().processId())
                    .set("query_uuid", uuids.get(e.queryId()))
                    .set("http_method", "GET")
                    .set("recordtime", file.end())
                    .set("start_time", micros(file.start()))
                    .set("end_time", micros(file.end()))
                    .set("transfer_time", micros(file.end()) - micros(file.start())));
      }
    }
    for (UnloadEntry e : out.view().log().unloads()) {
      if (e.file().url().startsWith(BUCKET) && out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                transfer(row, Place.of(e.file().url()), e.file().bytes())
                    .set("userid", e.issuer().userOid())
                    .set("query", e.queryId())
                    .set("pid", e.issuer().processId())
                    .set("query_uuid", uuids.get(e.queryId()))
                    .set("http_method", "PUT")
                    .set("recordtime", e.at())
                    .set("start_time", micros(e.at()))
                    .set("end_time", micros(e.at()))
                    .set("transfer_time", 0));
      }
    }
  }

  private static ViewRow transfer(ViewRow row, Place place, long bytes) {
    return row.set("slice", 0)
        .set("bucket", place.bucket())
        .set("key", place.key())
        .set("transfer_size", bytes)
        .set("data_size", bytes)
        .set("compression_time", 0)
        .set("connect_time", 0)
        .set("app_connect_time", 0)
        .set("retries", 0)
        .set("request_id", "")
        .set("extended_request_id", "")
        .set("ip_address", "")
        .set("is_partial", 0)
        .set("start_offset", 0);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static void replacements(ViewRows out) {
    for (LoadErrorEntry e : out.view().log().loadErrors()) {
      LoadError error = e.error();
      if (error.code() == 0 && out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                row.setIfThere("userid", e.issuer().userOid())
                    .setIfThere("user_id", e.issuer().userOid())
                    .setIfThere("query", e.queryId())
                    .setIfThere("query_id", e.queryId())
                    .setIfThere("user_query_id", e.queryId())
                    .setIfThere("slice", 0)
                    .setIfThere("tbl", e.tableOid())
                    .setIfThere("table_id", e.tableOid())
                    .setIfThere("starttime", e.at())
                    .setIfThere("session", e.issuer().processId())
                    .setIfThere("filename", error.file())
                    .setIfThere("file_name", error.file())
                    .setIfThere("line_number", error.line())
                    .setIfThere("colname", error.column())
                    .setIfThere("column_name", error.column())
                    .setIfThere("raw_line", error.rawLine()));
      }
    }
  }

  private static void jobs(ViewRows out) {
    for (CopyJob job : CopyJob.all(out.view().snapshot())) {
      if (out.visible(job.owner())) {
        out.add(
            row ->
                row.set("job_id", job.id())
                    .set("job_name", job.name())
                    .set("iam_role", StatementText.role(job.text()))
                    .set("job_text", job.text())
                    .set("is_auto", job.auto() ? 1 : 0)
                    .set("on_error_suspend", 0));
      }
    }
  }

  private static void jobFiles(ViewRows out) {
    Map<Long, CopyJob> jobs = new HashMap<>();
    CopyJob.all(out.view().snapshot()).forEach(job -> jobs.put(job.id(), job));
    for (CopyJob.Done done : CopyJob.files(out.view().snapshot())) {
      CopyJob job = jobs.get(done.job());
      if (job == null || !out.visible(job.owner())) {
        continue;
      }
      String name = done.file().name();
      int slash = name.lastIndexOf('/');
      out.add(
          row ->
              row.set("user_id", job.owner())
                  .set("database_name", database(out, job))
                  .set("job_id", job.id())
                  .set("job_name", job.name())
                  .set("file_location", name.substring(0, slash + 1))
                  .set("file_name", name.substring(slash + 1))
                  .set("file_size", done.file().bytes())
                  .set("file_etag", "")
                  .set("job_text", job.text())
                  .set("modification_time", done.file().modified())
                  .set("enqueue_time", done.file().start())
                  .set("status", "I"));
    }
  }

  private static void jobRuns(ViewRows out) {
    Map<Long, CopyJob> jobs = new HashMap<>();
    CopyJob.all(out.view().snapshot()).forEach(job -> jobs.put(job.id(), job));
    for (LoadFileEntry e : out.view().log().loadFiles()) {
      CopyJob job = jobs.get(e.job());
      if (job != null && out.visible(job.owner())) {
        out.add(
            row ->
                row.set("job_id", job.id())
                    .set("job_name", job.name())
                    .set("database_name", database(out, job))
                    .set("record_time", e.at())
                    .set("message", "File " + e.file().name() + " loaded."));
      }
    }
  }

  private static String database(ViewRows out, CopyJob job) {
    return out.view()
        .catalog()
        .object(job.database())
        .filter(Database.class::isInstance)
        .map(object -> ((Database) object).name())
        .orElse("");
  }
}

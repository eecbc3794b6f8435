package io.redward.leader.catalog;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.LoadedFile;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A COPY that is kept, and loads each file once. Jobs and the files they have loaded are entries
/// beside the catalog; those of the files are written with the rows, in one transaction, so that a
/// crash leaves both or neither.
///
/// @param schema the table's, whatever the search path is when the job runs
/// @param text the statement that has made the job
/// @param auto whether the warehouse runs it by itself
/// @param runs how often it has loaded something; two at a time conflict over it
public record CopyJob(
    long id,
    int database,
    String name,
    int owner,
    String schema,
    String text,
    boolean auto,
    long runs) {
  private static final String PREFIX = "copy-job/";
  private static final String NUMBER = "copy-job-number";
  private static final String FILES = "copy-job-file/";

  /// A file that a job has loaded.
  public record Done(long job, LoadedFile file, int query) {}

  /// All jobs, by number.
  public static List<CopyJob> all(Snapshot snapshot) {
    List<CopyJob> jobs = new ArrayList<>();
    snapshot.entries(PREFIX).values().forEach(bytes -> jobs.add(parse(bytes)));
    jobs.sort(Comparator.comparingLong(CopyJob::id));
    return jobs;
  }

  public static Optional<CopyJob> find(Snapshot snapshot, int database, String name) {
    return snapshot.entry(key(database, name)).map(CopyJob::parse);
  }

  /// Makes a job of the next number.
  public static CopyJob create(
      WriteTransaction transaction, int database, String name, int owner, String schema) {
    if (find(transaction.view(), database, name).isPresent()) {
      throw new SqlException(SqlState.DUPLICATE_OBJECT, "COPY job \"" + name + "\" already exists");
    }
    long id =
        transaction
            .view()
            .entry(NUMBER)
            .map(bytes -> Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)) + 1)
            .orElse(1L);
    transaction.putEntry(NUMBER, Long.toString(id).getBytes(StandardCharsets.US_ASCII));
    return new CopyJob(id, database, name, owner, schema, "", false, 0);
  }

  public CopyJob with(String text, boolean auto) {
    return new CopyJob(id, database, name, owner, schema, text, auto, runs);
  }

  /// Keeps the job as it is now.
  public void store(WriteTransaction transaction) {
    transaction.putEntry(
        key(database, name),
        new JsonObject()
            .with("id", id)
            .with("database", database)
            .with("name", name)
            .with("owner", owner)
            .with("schema", schema)
            .with("text", text)
            .with("auto", auto)
            .with("runs", runs)
            .toBytes());
  }

  /// Removes the job and what is known of its files.
  public void drop(WriteTransaction transaction) {
    transaction.removeEntry(key(database, name));
    transaction.view().entries(FILES + id + "/").keySet().forEach(transaction::removeEntry);
  }

  /// Names of the files that the job has loaded.
  public Set<String> known(Snapshot snapshot) {
    String prefix = FILES + id + "/";
    Set<String> known = new HashSet<>();
    snapshot.entries(prefix).keySet().forEach(key -> known.add(key.substring(prefix.length())));
    return known;
  }

  /// Remembers files that have been loaded in this transaction.
  public void loaded(WriteTransaction transaction, List<LoadedFile> files, int query) {
    for (LoadedFile file : files) {
      transaction.putEntry(
          FILES + id + "/" + file.name(),
          new JsonObject()
              .with("job", id)
              .with("name", file.name())
              .with("bytes", file.bytes())
              .with("rows", file.rows())
              .with("start", file.start().toEpochMilli())
              .with("end", file.end().toEpochMilli())
              .with("modified", file.modified().toEpochMilli())
              .with("query", query)
              .toBytes());
    }
    new CopyJob(id, database, name, owner, schema, text, auto, runs + 1).store(transaction);
  }

  /// The files that jobs have loaded.
  public static List<Done> files(Snapshot snapshot) {
    List<Done> files = new ArrayList<>();
    for (byte[] bytes : snapshot.entries(FILES).values()) {
      JsonObject json = JsonObject.parse(bytes);
      LoadedFile file =
          new LoadedFile(
              json.text("name"),
              json.number("bytes"),
              json.number("rows"),
              0,
              Instant.ofEpochMilli(json.number("start")),
              Instant.ofEpochMilli(json.number("end")),
              Instant.ofEpochMilli(json.number("modified")));
      files.add(new Done(json.number("job"), file, json.integer("query")));
    }
    return files;
  }

  private static String key(int database, String name) {
    return PREFIX + database + "/" + name;
  }

  private static CopyJob parse(byte[] bytes) {
    JsonObject json = JsonObject.parse(bytes);
    return new CopyJob(
        json.number("id"),
        json.integer("database"),
        json.text("name"),
        json.integer("owner"),
        json.text("schema"),
        json.text("text"),
        json.flag("auto"),
        json.number("runs"));
  }
}

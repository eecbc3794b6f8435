package io.redward.leader.system;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The last ANALYZE and ANALYZE COMPRESSION statements, and what COPY does of their kind, for
/// `stl_analyze` and `stl_analyze_compression`. Thread-safe.
public final class AnalyzeLog {
  private static final int KEPT = 1_000;

  private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();

  private final ConcurrentLinkedDeque<Compression> compressions = new ConcurrentLinkedDeque<>();

  /// One table's turn.
  ///
  /// @param predicateColumns how many of the columns only
  /// @param automatic whether COPY did it without having been told to
  public record Entry(
      int userOid,
      int tableOid,
      long rows,
      int predicateColumns,
      boolean automatic,
      Instant start,
      Instant end) {}

  /// The encoding that a column got, or that was found best for it.
  ///
  /// @param mode `ON` and `PRESET` of COPY, `ANALYZE ONLY`
  /// @param bytes of the sample in the new encoding; empty if that was not measured
  public record Compression(
      int userOid,
      long transactionId,
      int tableOid,
      String table,
      int column,
      String oldEncoding,
      String newEncoding,
      String mode,
      OptionalLong bytes,
      Instant start) {}

  public void add(Compression compression) {
    compressions.add(compression);
    if (compressions.size() > KEPT) {
      compressions.poll();
    }
  }

  public List<Compression> compressions() {
    return List.copyOf(compressions);
  }

  public void add(Entry entry) {
    entries.add(entry);
    if (entries.size() > KEPT) {
      entries.poll();
    }
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}

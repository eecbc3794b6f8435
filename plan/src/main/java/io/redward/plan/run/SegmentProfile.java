package io.redward.plan.run;

/// What a segment did, measured: feeds `svl_query_summary`, EXPLAIN ANALYZE and the progress bar.
///
/// @param stream stream id
/// @param segment segment id
/// @param sourceRows rows that left the source
/// @param sinkRows rows that reached the sink
/// @param bytes bytes that the sink keeps, 0 where not kept
/// @param spilledBytes bytes written to temporary files
/// @param elapsedNanos wall time of the segment
/// @param code what the segment's class took
/// @param memoryBytes what the query keeps in memory when the segment has ended
/// @param blocks what the source asked storage for
public record SegmentProfile(
    int stream,
    int segment,
    long sourceRows,
    long sinkRows,
    long bytes,
    long spilledBytes,
    long elapsedNanos,
    Code code,
    long memoryBytes,
    Blocks blocks) {
  /// What it took to have the segment's class.
  ///
  /// @param emitNanos to write the program down, as text and as bytes of a class
  /// @param defineNanos to have the JVM define the class
  /// @param kept whether the bytes were found on disk or in the store
  public record Code(long emitNanos, long defineNanos, boolean kept) {
    /// The class was there.
    public static final Code CACHED = new Code(0, 0, false);

    public long nanos() {
      return emitNanos + defineNanos;
    }
  }

  /// Blocks of tables that a segment read, and the bytes that they take.
  ///
  /// @param cached found in memory
  /// @param loaded read from the store
  /// @param rows looked at in them, before anything was left out
  /// @param deletedRows those of them that had been deleted
  public record Blocks(
      long cached, long loaded, long cachedBytes, long loadedBytes, long rows, long deletedRows) {
    public static final Blocks NONE = new Blocks(0, 0, 0, 0, 0, 0);

    public Blocks plus(Blocks other) {
      return new Blocks(
          cached + other.cached,
          loaded + other.loaded,
          cachedBytes + other.cachedBytes,
          loadedBytes + other.loadedBytes,
          rows + other.rows,
          deletedRows + other.deletedRows);
    }

    public Blocks minus(Blocks other) {
      return new Blocks(
          cached - other.cached,
          loaded - other.loaded,
          cachedBytes - other.cachedBytes,
          loadedBytes - other.loadedBytes,
          rows - other.rows,
          deletedRows - other.deletedRows);
    }
  }
}

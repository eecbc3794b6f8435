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
/// @param compileNanos emit and define time, 0 if the class was cached
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
    long compileNanos,
    long memoryBytes,
    Blocks blocks) {
  /// Blocks of tables that a segment read.
  ///
  /// @param cached found in memory
  /// @param loaded read from the store
  public record Blocks(long cached, long loaded) {
    public static final Blocks NONE = new Blocks(0, 0);
  }
}

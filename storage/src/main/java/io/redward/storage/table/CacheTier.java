package io.redward.storage.table;

/// What a tier of the block cache has done since the start, and holds.
///
/// @param tier `memory` or `disk`
/// @param misses asked for and not there
/// @param admitted blocks taken in
/// @param evicted blocks given up for others
/// @param refused blocks not taken in, for want of room on the disk
/// @param damaged blocks that did not read back as written, and were given up
/// @param prefetched blocks read before a query asked for them
/// @param rehydrated blocks brought back after a start
public record CacheTier(
    String tier,
    long limitBytes,
    long heldBytes,
    long blocks,
    long hits,
    long misses,
    long admitted,
    long evicted,
    long refused,
    long damaged,
    long prefetched,
    long rehydrated) {}

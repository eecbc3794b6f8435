package io.redward.storage.table;

import java.util.Optional;

/// A block's header as kept in the rowset's footer: its zone map and what `stv_blocklist` shows.
///
/// @param encoding Redshift-compatible name
/// @param encodedBytes length of the block in the file
/// @param bounds empty if every value is NULL
public record BlockSummary(
    String encoding,
    int rowCount,
    int nullCount,
    long encodedBytes,
    Optional<ValueBounds> bounds) {}

package io.redward.storage.block;

import io.redward.foundation.batch.Vector;
import io.redward.storage.table.BlockSummary;

/// A block's bytes and what the rowset's footer keeps of it.
///
/// @param distinct vector whose first `distinctCount` rows hold all values of the block and may be
///     fewer than the block's
public record EncodedBlock(
    byte[] bytes, BlockSummary summary, Vector distinct, int distinctCount) {}

package io.redward.storage.block;

import io.redward.storage.table.BlockSummary;

/// A block's bytes and what the rowset's footer keeps of it.
public record EncodedBlock(byte[] bytes, BlockSummary summary) {}

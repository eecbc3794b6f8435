package io.redward.compute.scan;

import io.redward.storage.table.RowsetSnapshot;

/// Rows `[from, to)` of a block, to be scanned by one worker.
///
/// @param satisfied bit i set = every row of the block passes filter i
record ScanUnit(RowsetSnapshot rowset, int block, int from, int to, long satisfied) {}

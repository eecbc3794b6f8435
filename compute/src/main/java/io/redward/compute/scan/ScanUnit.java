package io.redward.compute.scan;

import io.redward.storage.table.RowsetSnapshot;

/// A block's rows, to be scanned by one worker.
///
/// @param satisfied bit i set = every row of the block passes filter i
record ScanUnit(RowsetSnapshot rowset, int block, long satisfied) {}

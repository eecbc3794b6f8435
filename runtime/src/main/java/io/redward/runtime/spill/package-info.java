/// Rows that do not fit into memory, on local disk for the time of one query.
///
/// All rows of a query go into one [io.redward.runtime.spill.SpillFile], block after block, each
/// with its checksum. A [io.redward.runtime.spill.SpillRun] is a list of blocks that belong
/// together: a sorted run, or a partition by hash. A block holds the words of its rows column by
/// column, each column less its minimum and in as few bytes as that needs, then the strings.
///
/// Partitions are sixteen at each level, by four bits of the hash; one that is still too large is
/// split again by the next four ([io.redward.runtime.spill.SpillPartitions]).
@NullMarked
package io.redward.runtime.spill;

import org.jspecify.annotations.NullMarked;

/// What the rest of the house sees of managed storage: a [io.redward.storage.table.Namespace]
/// hands out immutable snapshots to read and transactions to write. A table is a set of immutable
/// rowsets; a rowset is cut into blocks of [io.redward.storage.table.RowsetSnapshot#BLOCK_ROWS]
/// rows, the same rows in every column, each with a zone map. Deleted rows are masked by delete
/// vectors. Small commits ride in the log and look like any other rowset from here.
///
/// Beside tables the superblock keeps **entries**: small named values that commit atomically with
/// the data. The leader's catalog lives in them; storage does not look inside.
@NullMarked
package io.redward.storage.table;

import org.jspecify.annotations.NullMarked;

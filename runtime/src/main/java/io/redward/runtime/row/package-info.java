/// Rows at rest in memory, as states keep them: a row is a fixed number of `long` words
/// ([io.redward.runtime.row.RowLayout]) in a page of [io.redward.runtime.row.RowPages], strings lie
/// in the pages of a [io.redward.runtime.row.BytesArena], and an `int` names a row. No object a
/// row, so that neither building nor reading a state makes work for the garbage collector.
///
/// Pages are numbered over all workers of a state: each worker fills pages of its own, and what it
/// wrote keeps its name when the parts are joined.
@NullMarked
package io.redward.runtime.row;

import org.jspecify.annotations.NullMarked;

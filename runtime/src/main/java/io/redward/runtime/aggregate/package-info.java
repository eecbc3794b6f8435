/// Grouping. A group is a row: header, null bits, keys, then a state for each aggregate call
/// ([io.redward.runtime.aggregate.AggregateLayout]). Each worker groups the rows it sees in an
/// [io.redward.runtime.aggregate.AggregatePart] of its own: generated code computes the hash, finds
/// the row by linear probing, compares keys and updates states in place.
///
/// Sealing an [io.redward.runtime.aggregate.AggregateTable] merges groups that several workers have
/// met, partition by partition of the hash, and turns states into results. Merging and finishing
/// are described by the layout and need no generated code. States that do not fit a few words
/// (distinct values, medians, lists) are [io.redward.runtime.aggregate.Collector]s named by a
/// handle.
@NullMarked
package io.redward.runtime.aggregate;

import org.jspecify.annotations.NullMarked;

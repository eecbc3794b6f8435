/// Materialized views: brought up to date by what has changed, and read where a query would compute
/// what they hold ([io.redward.leader.materialized.ViewRewriter]). A view's query is looked at once
/// ([io.redward.leader.materialized.ViewShape]): rows that follow one by one from the rows of its
/// tables, groups of such rows, or anything else, which is computed anew each time. What came and
/// went in a table between two snapshots is read off its rowsets and delete vectors
/// ([io.redward.leader.materialized.RowDifference]) and read like a table;
/// [io.redward.leader.materialized.Deltas] turns the query's tree into the tree of what that adds
/// to and takes from the query's rows, each with a weight of 1 or -1.
/// [io.redward.leader.materialized.RowUpkeep] and [io.redward.leader.materialized.GroupUpkeep] make
/// the sources of the statements that work it into the view.
///
/// Knows trees and tables, no sessions.
@NullMarked
package io.redward.leader.materialized;

import org.jspecify.annotations.NullMarked;

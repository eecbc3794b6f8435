package io.redward.leader.binder;

import org.apache.calcite.rel.RelNode;

/// A query that reads its own result: of WITH RECURSIVE or CONNECT BY. Its rows are those of
/// `anchor`, and, over and over until there are none, those of `step` over the rows found last.
///
/// @param rows what the statement reads in the end
/// @param fresh what `step` reads: the rows found last
/// @param distinct whether a row that was there before is dropped (UNION without ALL)
public record Recursion(
    WorkTable rows, WorkTable fresh, RelNode anchor, RelNode step, boolean distinct) {}

package io.redward.leader.session;

import io.redward.leader.binder.BoundStatement;
import io.redward.leader.binder.Recursion;
import io.redward.leader.binder.WorkTable;
import io.redward.leader.catalog.CatalogReads;
import io.redward.leader.physical.PlannedQuery;
import io.redward.leader.system.PlanText;
import io.redward.storage.table.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A planned statement, reusable as long as what it was planned with still holds.
///
/// @param columns of the result; empty for a statement that returns no rows
/// @param reusable whether the same text means the same again: not where it reads system tables,
///     which are made on demand, or turns a word such as 'today' into a value
/// @param returning what a change with RETURNING answers
/// @param recursions run first, in this order
/// @param reads what the plan was made of, of the catalog
/// @param number tells it from all other plans
/// @param contents content versions that tables must have, by oid, because materialized views are
///     read in their place
/// @param text its lines, for all who may see them all
/// @param rowCounts rows each table had when the plan was made, by table oid
record StatementPlan(
    BoundStatement bound,
    PlannedQuery planned,
    List<ResultColumn> columns,
    boolean reusable,
    Optional<ReturningPlan> returning,
    Map<Integer, Long> rowCounts,
    Map<Integer, Long> contents,
    List<RecursionPlan> recursions,
    CatalogReads reads,
    PlanText text,
    long number) {
  /// A query over the rows that the statement has changed.
  ///
  /// @param rows to be filled with them
  record ReturningPlan(WorkTable rows, PlannedQuery planned) {}

  /// A recursive query to be run before.
  record RecursionPlan(Recursion recursion, PlannedQuery anchor, PlannedQuery step) {}

  /// A table may grow or shrink by this before its plans are made anew.
  private static final double DRIFT = 2.0;
  private static final long SMALL = 10_000;

  /// Whether it only reads.
  boolean isQuery() {
    return !(bound instanceof BoundStatement.BoundChange);
  }

  /// Which contents of its tables the plan reads in a snapshot, by oid.
  Map<Integer, Long> versions(Snapshot snapshot) {
    Map<Integer, Long> versions = new HashMap<>();
    for (int table : bound.references().tables()) {
      versions.put(table, snapshot.table(table).contentVersion());
    }
    return versions;
  }

  /// True if the plan is right, and still sensible, for the tables as `snapshot` shows them.
  boolean fits(Snapshot snapshot) {
    for (Map.Entry<Integer, Long> content : contents.entrySet()) {
      if (snapshot.table(content.getKey()).contentVersion() != content.getValue()) {
        return false;
      }
    }
    for (Map.Entry<Integer, Long> planned : rowCounts.entrySet()) {
      long now = snapshot.table(planned.getKey()).rowCount();
      long then = planned.getValue();
      if (Math.max(now, then) > SMALL && (now > then * DRIFT || then > now * DRIFT)) {
        return false;
      }
    }
    return this.planned.assumptions().holdIn(snapshot);
  }
}

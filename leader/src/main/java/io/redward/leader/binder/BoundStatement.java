package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.plan.step.SinkStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/// A statement with every name and type resolved.
public sealed interface BoundStatement {
  /// What its execution takes.
  List<BoundParameter> parameters();

  /// What it reads.
  References references();

  /// A query.
  ///
  /// @param rel one field an output column, in order
  record BoundQuery(
      RelNode rel,
      List<OutputColumn> columns,
      List<BoundParameter> parameters,
      References references)
      implements BoundStatement {}

  /// A query that an earlier process has planned: its plan is known, its tree is not.
  record RestoredQuery(List<BoundParameter> parameters, References references)
      implements BoundStatement {}

  /// A statement that changes a table.
  sealed interface BoundChange extends BoundStatement {
    TableDefinition table();

    /// What RETURNING asks for.
    Optional<Returned> returned();
  }

  /// RETURNING.
  ///
  /// @param rows to be filled with the rows that are changed: the table's columns, then the fields
  ///     that the source brings along
  /// @param rel a query over them, one field an output column, in order
  record Returned(WorkTable rows, RelNode rel, List<OutputColumn> columns) {
    public Returned {
      columns = List.copyOf(columns);
    }
  }

  /// INSERT: the rows of `source` go to the table.
  ///
  /// @param source one field a column of the table, in table order and of its type; fields of
  ///     columns in `identities` are NULL and to be replaced by new identity values
  /// @param identities indices of the table's columns whose values are generated
  record BoundInsert(
      TableDefinition table,
      RelNode source,
      List<Integer> identities,
      Optional<Returned> returned,
      List<BoundParameter> parameters,
      References references)
      implements BoundChange {}

  /// DELETE: rows of the table to mask.
  ///
  /// @param source its first field is the id of each row to delete, possibly more than once; others
  ///     follow only where something is returned: the table's columns and what comes with them
  record BoundDelete(
      TableDefinition table,
      RelNode source,
      Optional<Returned> returned,
      List<BoundParameter> parameters,
      References references)
      implements BoundChange {}

  /// UPDATE: rows to mask and the rows that replace them.
  ///
  /// @param source the row's id, then one field a column of the table, in table order and of its
  ///     type; a row that several join partners match appears several times, and the first counts
  record BoundUpdate(
      TableDefinition table,
      RelNode source,
      Optional<Returned> returned,
      List<BoundParameter> parameters,
      References references)
      implements BoundChange {}

  /// MERGE: rows to mask, rows that replace them, and new rows.
  ///
  /// @param source the id of a row of the table or NULL, then one field a column of the table, in
  ///     table order and of its type
  /// @param identities indices of the table's columns whose values are generated where NULL
  /// @param privileges the user needs on the table
  record BoundMerge(
      TableDefinition table,
      RelNode source,
      SinkStep.Matched matched,
      List<Integer> identities,
      Set<Privilege> privileges,
      Optional<Returned> returned,
      List<BoundParameter> parameters,
      References references)
      implements BoundChange {}

  /// A column of a query's result.
  ///
  /// @param originTable oid of the table it comes from unchanged, else 0
  /// @param originColumn that column's id, else 0
  record OutputColumn(String name, SqlType type, int originTable, int originColumn) {}

  /// A policy that holds for the statement.
  ///
  /// @param policy its oid; empty where none lets the user see any row
  record AppliedPolicy(int relation, Optional<Integer> policy) {}

  /// What a statement depends on.
  ///
  /// @param tables oids of the tables it reads
  /// @param views oids of the views it expands
  /// @param directRelations oids of the tables and views it names itself
  /// @param systemTables it reads tables that are made on demand
  /// @param recursions recursive queries to be run before it, in this order
  /// @param policies row-level security policies that choose what it sees
  /// @param masks masking policies that change what it sees
  /// @param volatileFunctions it calls functions such as RANDOM() whose results may not be reused
  record References(
      Set<Integer> tables,
      Set<Integer> views,
      Set<Integer> directRelations,
      boolean systemTables,
      boolean volatileFunctions,
      List<Recursion> recursions,
      List<AppliedPolicy> policies,
      List<AppliedPolicy> masks) {
    public References {
      policies = List.copyOf(policies);
      masks = List.copyOf(masks);
      recursions = List.copyOf(recursions);
      tables = Set.copyOf(tables);
      views = Set.copyOf(views);
      directRelations = Set.copyOf(directRelations);
    }

    /// Whether masking policies change what it sees.
    public boolean masked() {
      return !masks.isEmpty();
    }
  }
}

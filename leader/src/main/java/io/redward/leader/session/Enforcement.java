package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.storage.table.KeyRanges;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Sees to it that a statement leaves no row behind that breaks an enforced constraint.
///
/// When the statement has written, the rows it has added are those of the rowsets that are new in
/// the transaction's own view, whichever way they came. One query a constraint looks among them
/// for a row that breaks it: joined with the table by its key, with the referenced table, or alone.
/// That nobody else adds or deletes rows with the same keys meanwhile is certified with the commit
/// ([WriteTransaction#guard]).
final class Enforcement {
  private final LeaderSession session;
  private final ConstraintQueries queries;
  private final Snapshot before;

  /// @param before what the session saw before the statement
  private Enforcement(LeaderSession session, QueryRunner queries, Snapshot before) {
    this.session = session;
    this.queries = new ConstraintQueries(session, queries);
    this.before = before;
  }

  /// To be asked before a statement writes to a table; empty if no constraint is concerned.
  ///
  /// @param removes whether it may delete rows or change them
  static Optional<Enforcement> of(
      LeaderSession session, QueryRunner queries, TableDefinition table, boolean removes) {
    Catalog catalog = session.transaction().catalog();
    boolean concerned =
        table.constraints().stream().anyMatch(TableConstraint::enforced)
            || removes && !catalog.referencesTo(table.oid()).isEmpty();
    return concerned
        ? Optional.of(new Enforcement(session, queries, session.transaction().snapshot()))
        : Optional.empty();
  }

  /// Runs what writes to a table in a way of its own, and checks the table then.
  static String around(
      LeaderSession session, QueryRunner queries, QualifiedName name, Supplier<String> change) {
    Optional<TableDefinition> table =
        queries
            .context()
            .find(name)
            .filter(TableDefinition.class::isInstance)
            .map(TableDefinition.class::cast);
    Optional<Enforcement> enforcement = table.flatMap(t -> of(session, queries, t, true));
    String tag = change.get();
    enforcement.ifPresent(e -> e.check(table.orElseThrow()));
    return tag;
  }

  /// Checks what is in a table already, after constraints have been added to it.
  static void validate(LeaderSession session, QueryRunner queries, QualifiedName name) {
    if (queries.context().find(name).orElse(null) instanceof TableDefinition table
        && table.constraints().stream().anyMatch(TableConstraint::enforced)) {
      Snapshot now = session.transaction().snapshot();
      new Enforcement(session, queries, now).validate(table, now);
    }
  }

  private void validate(TableDefinition table, Snapshot now) {
    WriteTransaction transaction = session.transaction().writableFor(table);
    transaction.guard(table.oid(), ReadScope.TABLE);
    NewRows all = NewRows.all(now, table.oid());
    try (ConstraintQueries.Rows rows = queries.over(table, all)) {
      for (TableConstraint constraint : table.constraints()) {
        if (constraint.enforced()) {
          ConstraintRules.require(session.transaction().catalog(), table, constraint);
          ConstraintRules.requireCaseSensitive(table, constraint);
          violation(table, constraint, rows, true);
          guard(table, constraint, all);
        }
      }
    }
  }

  /// Checks the table after the statement has written to it.
  void check(TableDefinition table) {
    Snapshot now = session.transaction().snapshot();
    NewRows added = NewRows.since(before, now, table.oid());
    if (!added.rowsets().isEmpty()) {
      try (ConstraintQueries.Rows rows = queries.over(table, added)) {
        for (TableConstraint constraint : table.constraints()) {
          if (constraint.enforced()) {
            violation(table, constraint, rows, false);
            guard(table, constraint, added);
          }
        }
      }
    }
    if (NewRows.removed(before, now, table.oid())) {
      for (Catalog.KeyReference reference :
          session.transaction().catalog().referencesTo(table.oid())) {
        requireReferenced(table, reference);
      }
    }
  }

  private void violation(
      TableDefinition table,
      TableConstraint constraint,
      ConstraintQueries.Rows rows,
      boolean validating) {
    switch (constraint) {
      case TableConstraint.PrimaryKey _, TableConstraint.Unique _ ->
          rows.duplicate(constraint.columns())
              .ifPresent(
                  values -> {
                    throw duplicate(table, constraint, values, validating);
                  });
      case TableConstraint.Check check ->
          rows.failing(check.condition())
              .ifPresent(
                  row -> {
                    throw failing(table, check, row, validating);
                  });
      case TableConstraint.ForeignKey key ->
          session
              .transaction()
              .catalog()
              .table(key.referencedTable())
              .ifPresent(parent -> requireParents(table, key, parent, rows));
    }
  }

  private static SqlException duplicate(
      TableDefinition table, TableConstraint key, List<String> values, boolean validating) {
    String message =
        validating
            ? "could not create unique index \"" + key.name() + "\""
            : "duplicate key value violates unique constraint \"" + key.name() + "\"";
    return new SqlException(SqlState.UNIQUE_VIOLATION, message)
        .withDetail(
            keyText(table, key.columns(), values)
                + (validating ? " is duplicated." : " already exists."));
  }

  private static SqlException failing(
      TableDefinition table, TableConstraint.Check check, List<String> row, boolean validating) {
    if (validating) {
      return new SqlException(
          SqlState.CHECK_VIOLATION,
          "check constraint \""
              + check.name()
              + "\" of relation \""
              + table.name()
              + "\" is violated by some row");
    }
    return new SqlException(
            SqlState.CHECK_VIOLATION,
            "new row for relation \""
                + table.name()
                + "\" violates check constraint \""
                + check.name()
                + "\"")
        .withDetail("Failing row contains (" + String.join(", ", row) + ").");
  }

  private void requireParents(
      TableDefinition table,
      TableConstraint.ForeignKey key,
      TableDefinition parent,
      ConstraintQueries.Rows rows) {
    rows.withoutParent(key, parent)
        .ifPresent(
            values -> {
              throw new SqlException(
                      SqlState.FOREIGN_KEY_VIOLATION,
                      "insert or update on table \""
                          + table.name()
                          + "\" violates foreign key constraint \""
                          + key.name()
                          + "\"")
                  .withDetail(
                      keyText(table, key.columns(), values)
                          + " is not present in table \""
                          + parent.name()
                          + "\".");
            });
  }

  private void requireReferenced(TableDefinition parent, Catalog.KeyReference reference) {
    TableDefinition child = reference.table();
    NewRows all = NewRows.all(session.transaction().snapshot(), child.oid());
    try (ConstraintQueries.Rows rows = queries.over(child, all)) {
      rows.withoutParent(reference.key(), parent)
          .ifPresent(
              values -> {
                throw new SqlException(
                        SqlState.FOREIGN_KEY_VIOLATION,
                        "update or delete on table \""
                            + parent.name()
                            + "\" violates foreign key constraint \""
                            + reference.key().name()
                            + "\" on table \""
                            + child.name()
                            + "\"")
                    .withDetail(
                        keyText(parent, reference.key().referencedColumns(), values)
                            + " is still referenced from table \""
                            + child.name()
                            + "\".");
              });
    }
    WriteTransaction transaction = session.transaction().writable();
    transaction.guard(child.oid(), ReadScope.TABLE);
    transaction.requireUnchanged(CatalogWriter.tableKey(child.oid()));
  }

  private static String keyText(TableDefinition table, List<Integer> columns, List<String> values) {
    List<String> names =
        columns.stream()
            .map(id -> table.column(id).map(ColumnDefinition::name).orElse("?"))
            .toList();
    return "Key (" + String.join(", ", names) + ")=(" + String.join(", ", values) + ")";
  }

  // -- what others may not change meanwhile

  private void guard(TableDefinition table, TableConstraint constraint, NewRows added) {
    WriteTransaction transaction = session.transaction().writable();
    switch (constraint) {
      case TableConstraint.PrimaryKey _, TableConstraint.Unique _ -> {
        Map<Integer, Integer> same =
            compared(table, constraint.columns(), table, constraint.columns());
        transaction.guard(table.oid(), KeyRanges.of(added.rowsets(), same));
      }
      case TableConstraint.ForeignKey key -> {
        Optional<TableDefinition> parent =
            session.transaction().catalog().table(key.referencedTable());
        if (parent.isPresent()) {
          Map<Integer, Integer> columns =
              compared(table, key.columns(), parent.get(), key.referencedColumns());
          transaction.guard(parent.get().oid(), KeyRanges.of(added.rowsets(), columns));
          transaction.requireUnchanged(CatalogWriter.tableKey(parent.get().oid()));
        }
      }
      case TableConstraint.Check _ -> {}
    }
  }

  /// Pairs of columns whose zone maps can be compared: of the same type, by bytes.
  private static Map<Integer, Integer> compared(
      TableDefinition table, List<Integer> columns, TableDefinition other, List<Integer> others) {
    Map<Integer, Integer> pairs = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      SqlType type = table.column(columns.get(i)).orElseThrow().type();
      SqlType otherType = other.column(others.get(i)).orElseThrow().type();
      boolean integers = type.kind().isInteger() && otherType.kind().isInteger();
      if (integers || type.equals(otherType) && !type.kind().isString()) {
        pairs.put(columns.get(i), others.get(i));
      } else if (ConstraintRules.byBytes(type) && ConstraintRules.byBytes(otherType)) {
        pairs.put(columns.get(i), others.get(i));
      }
    }
    return pairs;
  }
}

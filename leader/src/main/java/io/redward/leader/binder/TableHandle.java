package io.redward.leader.binder;

import io.redward.leader.catalog.TableDefinition;
import io.redward.spi.SystemTable;

/// What stands behind a table of a bound plan: the handle of its `RelationalTable`.
public sealed interface TableHandle {
  /// A stored table; field `i` is the table's column at `i`.
  ///
  /// @param rowId the row type has one field more, a BIGINT that names the row for DELETE and
  ///     UPDATE
  record Stored(TableDefinition table, boolean rowId) implements TableHandle {}

  /// A table whose rows the leader makes.
  record System(SystemTable table) implements TableHandle {}
}

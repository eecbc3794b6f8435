package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.Moment;

/// Finds tables that are none of the catalog's: as they were, and files.
@FunctionalInterface
public interface PastTables {
  /// Where there is no history.
  PastTables NONE =
      (table, moment) -> {
        throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "AT is not supported here")
            .withPosition(moment.position());
      };

  /// The table as it was, under an oid of its own by which the statement's snapshot finds its rows.
  ///
  /// @throws SqlException UNDEFINED_TABLE if there was no such table then, UNDEFINED_OBJECT if that
  ///     is no longer kept
  TableDefinition at(TableDefinition table, Moment moment);

  /// The table that files are, under an oid of its own by which the statement's snapshot finds
  /// their rows.
  ///
  /// @throws SqlException if they are not there, may not be read or cannot be made sense of
  default TableDefinition file(String location, int position) {
    throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "files cannot be read here")
        .withPosition(position);
  }
}

package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policies;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;

/// Refuses commands that would carry data past security policies, because they move or copy tables
/// without looking at rows.
public final class SecurityGuard {
  private SecurityGuard() {}

  /// Refuses a user from whom policies withhold something of the table.
  ///
  /// @param policies those of the moment the table is taken from
  public static void requireWhole(
      CommandContext context, Policies policies, TableDefinition table) {
    boolean then = policies.isFreeFor(context.catalog(), context.user(), table);
    boolean now = context.catalog().policies().isFreeFor(context.catalog(), context.user(), table);
    if (!then || !now) {
      throw Privileges.denied(table)
          .withHint("Security policies withhold some of it, so that it cannot be copied whole.");
    }
  }

  /// Refuses a table with security policies, whoever asks: what is made would have none.
  public static void requireFree(CommandContext context, OwnedObject table, String what) {
    if (!context.catalog().policies().isFree(table.oid())) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          what + " relation \"" + table.name() + "\", which has security policies");
    }
  }

  /// Refuses to change a column that a masking policy masks or reads.
  static void requireUnmasked(
      CommandContext context, TableDefinition table, ColumnDefinition column, String verb) {
    for (Attachment attachment : context.catalog().policies().on(table.oid())) {
      if (attachment.outputs().contains(column.id()) || attachment.inputs().contains(column.id())) {
        throw new SqlException(
            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
            "cannot "
                + verb
                + " column \""
                + column.name()
                + "\" of relation \""
                + table.name()
                + "\" because a masking policy is attached to it");
      }
    }
  }
}

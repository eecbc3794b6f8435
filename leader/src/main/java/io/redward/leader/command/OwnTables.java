package io.redward.leader.command;

import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/// The tables that a user may maintain, which are those that maintenance without a table's name is
/// about: their own, all of a database of their own, and everything with the system privilege.
final class OwnTables {
  private OwnTables() {}

  /// The permanent tables of the database that the user may maintain.
  static List<TableDefinition> of(CommandContext context, SystemPrivilege privilege) {
    List<TableDefinition> tables = new ArrayList<>();
    for (Schema schema : context.catalog().schemas(context.database().oid())) {
      for (OwnedObject object : context.catalog().relations(schema.oid())) {
        if (object instanceof TableDefinition table
            && !table.temporary()
            && mayMaintain(context, table, privilege)) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  /// @param privilege ANALYZE or VACUUM
  static boolean mayMaintain(
      CommandContext context, TableDefinition table, SystemPrivilege privilege) {
    int user = context.user().oid();
    return table.owner() == user
        || context.database().owner() == user
        || Privileges.holds(context.catalog(), context.user(), privilege);
  }
}

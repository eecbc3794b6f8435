package io.redward.leader.command;

import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/// The tables that maintenance without a table's name is about.
final class OwnTables {
  private OwnTables() {}

  /// The permanent tables of the database that the user may maintain.
  static List<TableDefinition> of(CommandContext context) {
    List<TableDefinition> tables = new ArrayList<>();
    for (Schema schema : context.catalog().schemas(context.database().oid())) {
      for (OwnedObject object : context.catalog().relations(schema.oid())) {
        boolean own = context.user().superuser() || object.owner() == context.user().oid();
        if (own && object instanceof TableDefinition table && !table.temporary()) {
          tables.add(table);
        }
      }
    }
    return tables;
  }
}

package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Materialization;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.spi.SystemTable;
import java.util.List;

/// What the warehouse says of its materialized views.
final class MaterializedViewTables {
  private static final String SCHEMA = "pg_catalog";

  /// The documented states of views whose refreshes compute all rows anew, or work in what has
  /// changed.
  private static final int FULL_REFRESH = 0;

  private static final int INCREMENTAL = 1;

  private final SystemView view;
  private final CatalogRows rows;

  MaterializedViewTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            SCHEMA,
            "stv_mv_info",
            "db_name char(128), schema char(128), name char(128), updated_upto_xid int8,"
                + " is_stale char, owner_user_name char(128), state int4, autorewrite char,"
                + " autorefresh char",
            out ->
                each(
                    (schema, table, how) ->
                        out.row(
                            view.database().name(),
                            schema.name(),
                            table.name(),
                            how.upTo(),
                            flag(how.isStale(view.snapshot())),
                            owner(table),
                            how.upkeep().incremental() ? INCREMENTAL : FULL_REFRESH,
                            flag(how.upkeep().rewrites()),
                            flag(how.autoRefresh())))),
        of(
            SCHEMA,
            "svv_mv_info",
            "database_name char(128), schema_name char(128), user_name char(128),"
                + " name char(128), is_stale char, state int4, autorewrite char,"
                + " autorefresh char",
            out ->
                each(
                    (schema, table, how) ->
                        out.row(
                            view.database().name(),
                            schema.name(),
                            owner(table),
                            table.name(),
                            flag(how.isStale(view.snapshot())),
                            how.upkeep().incremental() ? INCREMENTAL : FULL_REFRESH,
                            flag(how.upkeep().rewrites()),
                            flag(how.autoRefresh())))),
        of(
            SCHEMA,
            "svv_mv_upkeep",
            "database_name varchar, schema_name varchar, name varchar, is_incremental char,"
                + " full_because varchar, last_full_because varchar",
            out -> each((schema, table, how) -> upkeep(out, schema, table, how))),
        of(
            SCHEMA,
            "stv_mv_deps",
            "db_name char(128), schema char(128), name char(128), ref_schema char(128),"
                + " ref_name char(128), ref_database_name char(128)",
            out ->
                each(
                    (schema, table, how) ->
                        how.dependencies().forEach(oid -> dependency(out, schema, table, oid)))));
  }

  /// Takes a view and what makes it one.
  private interface Visitor {
    void visit(Schema schema, TableDefinition table, Materialization how);
  }

  private void each(Visitor visitor) {
    for (Schema schema : rows.schemas()) {
      for (OwnedObject object : view.catalog().relations(schema.oid())) {
        if (object instanceof TableDefinition table) {
          table.materialization().ifPresent(how -> visitor.visit(schema, table, how));
        }
      }
    }
  }

  /// Why refreshes of the view compute all rows, and why the last one did.
  private void upkeep(
      SystemTable.SystemRows out, Schema schema, TableDefinition table, Materialization how) {
    String last = "";
    for (ViewRefresh entry : view.log().refreshes()) {
      last = entry.view() == table.oid() ? entry.because() : last;
    }
    out.row(
        view.database().name(),
        schema.name(),
        table.name(),
        flag(how.upkeep().incremental()),
        how.upkeep().wholeBecause(),
        last);
  }

  private void dependency(
      SystemTable.SystemRows out, Schema schema, TableDefinition table, int oid) {
    view.catalog()
        .object(oid)
        .filter(OwnedObject.class::isInstance)
        .map(OwnedObject.class::cast)
        .ifPresent(
            other ->
                out.row(
                    view.database().name(),
                    schema.name(),
                    table.name(),
                    schemaOf(other),
                    other.name(),
                    view.database().name()));
  }

  private String schemaOf(OwnedObject object) {
    return switch (object) {
      case TableDefinition table -> name(table.schemaOid());
      case ViewDefinition other -> name(other.schemaOid());
      case OwnedObject _ -> "";
    };
  }

  private String name(int oid) {
    return view.catalog().object(oid).map(CatalogObject::name).orElse("");
  }

  private String owner(TableDefinition table) {
    return name(table.owner());
  }

  private static String flag(boolean value) {
    return value ? "t" : "f";
  }
}

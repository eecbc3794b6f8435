package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.system.CatalogRows.Attribute;
import io.redward.leader.system.CatalogRows.Relation;
import io.redward.spi.SystemTable;
import java.util.Arrays;
import java.util.List;

/// `svv_tables` and `svv_columns`, and the standard's `information_schema`.
final class WarehouseTables {
  private static final String CATALOG = "pg_catalog";
  private static final String STANDARD = "information_schema";

  private final SystemView view;
  private final CatalogRows rows;

  WarehouseTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_tables",
            "table_catalog text, table_schema text, table_name text, table_type text,"
                + " remarks text",
            out ->
                rows.relations()
                    .forEach(
                        r ->
                            out.row(
                                view.database().name(),
                                r.schema().name(),
                                r.name(),
                                type(r),
                                null))),
        of(
            CATALOG,
            "svv_columns",
            (STANDARD_COLUMNS + UNUSED_COLUMNS + ", remarks varchar").replace("varchar", "text"),
            out -> columns(out, UNUSED_COLUMNS.split(",").length)),
        of(
            STANDARD,
            "tables",
            "table_catalog varchar, table_schema varchar, table_name varchar,"
                + " table_type varchar",
            out ->
                rows.relations()
                    .forEach(
                        r ->
                            out.row(view.database().name(), r.schema().name(), r.name(), type(r)))),
        of(
            STANDARD,
            "columns",
            STANDARD_COLUMNS + UNUSED_COLUMNS,
            out -> columns(out, UNUSED_COLUMNS.split(",").length - 1)),
        of(
            STANDARD,
            "views",
            "table_catalog varchar, table_schema varchar, table_name varchar,"
                + " view_definition varchar, check_option varchar, is_updatable varchar",
            out ->
                rows.userRelations().stream()
                    .filter(r -> r.kind() == 'v')
                    .forEach(
                        r ->
                            out.row(
                                view.database().name(),
                                r.schema().name(),
                                r.name(),
                                rows.definition(r),
                                "NONE",
                                "NO"))),
        of(
            STANDARD,
            "schemata",
            "catalog_name varchar, schema_name varchar, schema_owner varchar",
            out ->
                rows.schemas()
                    .forEach(
                        s ->
                            out.row(
                                view.database().name(),
                                s.name(),
                                view.catalog().user(s.owner()).orElseThrow().name()))),
        of(
            STANDARD,
            "routines",
            "specific_catalog varchar, specific_schema varchar, specific_name varchar,"
                + " routine_catalog varchar, routine_schema varchar, routine_name varchar,"
                + " routine_type varchar, data_type varchar",
            new RoutineRows(view)::readStandard));
  }

  private static final String STANDARD_COLUMNS =
      "table_catalog varchar, table_schema varchar, table_name varchar, column_name varchar,"
          + " ordinal_position int4, column_default varchar, is_nullable varchar,"
          + " data_type varchar, character_maximum_length int4, numeric_precision int4,"
          + " numeric_precision_radix int4, numeric_scale int4, datetime_precision int4";

  /// Columns of the standard that are always NULL here.
  private static final String UNUSED_COLUMNS =
      ", interval_type varchar, interval_precision varchar, character_set_catalog varchar,"
          + " character_set_schema varchar, character_set_name varchar, collation_catalog varchar,"
          + " collation_schema varchar, collation_name varchar, domain_name varchar";

  private static String type(Relation relation) {
    return relation.kind() == 'v' ? "VIEW" : "BASE TABLE";
  }

  /// @param unused how many columns behind the others are NULL
  private void columns(SystemTable.SystemRows out, int unused) {
    for (Relation r : rows.relations()) {
      for (Attribute a : r.attributes()) {
        ColumnNumbers n = ColumnNumbers.of(a.type());
        Object[] row = {
          view.database().name(),
          r.schema().name(),
          r.name(),
          a.name(),
          a.number(),
          a.defaultText().isEmpty() ? null : a.defaultText(),
          a.notNull() ? "NO" : "YES",
          a.type().kind().sqlName(),
          n.length(),
          n.precision(),
          n.radix(),
          n.scale(),
          n.datetimePrecision()
        };
        out.row(Arrays.copyOf(row, row.length + unused));
      }
    }
  }
}

package io.redward.leader.system;

import io.redward.spi.SystemTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Columns of spatial types, of the tables and views that the user may see. Columns do not fix a
/// reference system: each value has its own, which the views show as 0.
final class SpatialViews {
  private static final int DIMENSIONS = 2;

  private SpatialViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("svv_geometry_columns", out -> columns(out, "geometry"));
    readers.put("svv_geography_columns", out -> columns(out, "geography"));
  }

  private static void columns(ViewRows out, String type) {
    SystemTable source =
        new SessionSystemTables(out.view())
            .find("pg_catalog", "svv_redshift_columns")
            .orElseThrow();
    List<String> names = source.columns().stream().map(SystemTable.Column::name).toList();
    int database = names.indexOf("database_name");
    int schema = names.indexOf("schema_name");
    int table = names.indexOf("table_name");
    int column = names.indexOf("column_name");
    int dataType = names.indexOf("data_type");
    source.read(
        cells -> {
          if (Objects.equals(cells[dataType], type)) {
            out.add(
                row ->
                    row.set("f_table_catalog", cells[database])
                        .set("f_table_schema", cells[schema])
                        .set("f_table_name", cells[table])
                        .set("f_" + type + "_column", cells[column])
                        .set("coord_dimension", DIMENSIONS)
                        .set("srid", 0)
                        .set("type", type.toUpperCase(Locale.ROOT)));
          }
        });
  }
}

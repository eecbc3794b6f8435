package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.system.CatalogRows.Attribute;
import io.redward.leader.system.CatalogRows.Relation;
import io.redward.spi.SystemTable;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/// What users ask of their tables: `svv_table_info`, `pg_table_def`, `stv_blocklist`, and the
/// standard's `information_schema`.
final class WarehouseTables {
  private static final String CATALOG = "pg_catalog";
  private static final String STANDARD = "information_schema";
  private static final long BLOCK_BYTES = 1 << 20;

  private final SystemView view;
  private final CatalogRows rows;

  WarehouseTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
  }

  List<SystemTable> tables() {
    return List.of(
        tableInfo(),
        tableDefinition(),
        blockList(),
        of(
            CATALOG,
            "stv_slices",
            "node int4, slice int4, localslice int4, type char",
            out -> {
              int slices = Runtime.getRuntime().availableProcessors();
              for (int slice = 0; slice < slices; slice++) {
                out.row(0, slice, slice, "D");
              }
            }),
        of(
            CATALOG,
            "svv_tables",
            "table_catalog varchar, table_schema varchar, table_name varchar,"
                + " table_type varchar, remarks varchar",
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
            "svv_all_tables",
            "database_name varchar, schema_name varchar, table_name varchar, table_type varchar,"
                + " table_acl varchar, remarks varchar",
            this::allTables),
        of(
            CATALOG,
            "svv_redshift_tables",
            "database_name varchar, schema_name varchar, table_name varchar, table_type varchar,"
                + " table_acl varchar, remarks varchar",
            this::allTables),
        of(
            CATALOG,
            "svv_columns",
            STANDARD_COLUMNS + ", remarks varchar",
            out -> columns(out, true)),
        of(CATALOG, "svv_all_columns", ALL_COLUMNS, this::allColumns),
        of(CATALOG, "svv_redshift_columns", ALL_COLUMNS, this::allColumns),
        of(
            CATALOG,
            "svv_all_schemas",
            "database_name varchar, schema_name varchar, schema_owner int4, schema_type varchar,"
                + " schema_acl varchar, source_database varchar, schema_option varchar",
            this::allSchemas),
        of(
            CATALOG,
            "svv_redshift_schemas",
            "database_name varchar, schema_name varchar, schema_owner int4, schema_type varchar,"
                + " schema_acl varchar, schema_option varchar",
            out ->
                rows.schemas()
                    .forEach(
                        s ->
                            out.row(
                                view.database().name(), s.name(), s.owner(), "local", null, null))),
        of(
            CATALOG,
            "svv_redshift_databases",
            "database_name varchar, database_owner int4, database_type varchar,"
                + " database_acl varchar, database_options varchar,"
                + " database_isolation_level varchar",
            out ->
                view.catalog()
                    .databases()
                    .forEach(
                        d ->
                            out.row(
                                d.name(), d.owner(), "local", null, null, "Snapshot Isolation"))),
        of(
            CATALOG,
            "svv_external_schemas",
            "esoid oid, eskind int2, schemaname name, esowner int4, databasename text,"
                + " esoptions text",
            _ -> {}),
        of(
            CATALOG,
            "svv_external_tables",
            "redshift_database_name text, schemaname text, tablename text, tabletype text,"
                + " location text",
            _ -> {}),
        of(
            CATALOG,
            "svv_external_columns",
            "redshift_database_name text, schemaname text, tablename text, columnname text,"
                + " external_type text, columnnum int4, part_key int4, is_nullable text",
            _ -> {}),
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
        of(STANDARD, "columns", STANDARD_COLUMNS, out -> columns(out, false)),
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
                                view.catalog().view(r.oid()).orElseThrow().text(),
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
            _ -> {}));
  }

  private static final String STANDARD_COLUMNS =
      "table_catalog varchar, table_schema varchar, table_name varchar, column_name varchar,"
          + " ordinal_position int4, column_default varchar, is_nullable varchar,"
          + " data_type varchar, character_maximum_length int4, numeric_precision int4,"
          + " numeric_precision_radix int4, numeric_scale int4, datetime_precision int4";

  private static final String ALL_COLUMNS =
      "database_name varchar, schema_name varchar, table_name varchar, column_name varchar,"
          + " ordinal_position int4, column_default varchar, is_nullable varchar,"
          + " data_type varchar, character_maximum_length int4, numeric_precision int4,"
          + " numeric_scale int4, remarks varchar";

  private static String type(Relation relation) {
    return relation.kind() == 'v' ? "VIEW" : "BASE TABLE";
  }

  private void allTables(SystemTable.SystemRows out) {
    rows.relations()
        .forEach(
            r ->
                out.row(
                    view.database().name(),
                    r.schema().name(),
                    r.name(),
                    r.kind() == 'v' ? "VIEW" : "TABLE",
                    null,
                    null));
  }

  private void allSchemas(SystemTable.SystemRows out) {
    rows.schemas()
        .forEach(
            s -> out.row(view.database().name(), s.name(), s.owner(), "local", null, null, null));
  }

  private void columns(SystemTable.SystemRows out, boolean remarks) {
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
        out.row(remarks ? Arrays.copyOf(row, row.length + 1) : row);
      }
    }
  }

  private void allColumns(SystemTable.SystemRows out) {
    for (Relation r : rows.relations()) {
      for (Attribute a : r.attributes()) {
        ColumnNumbers n = ColumnNumbers.of(a.type());
        out.row(
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
            n.scale(),
            null);
      }
    }
  }

  private SystemTable tableInfo() {
    return of(
        CATALOG,
        "svv_table_info",
        "database text, schema text, table_id oid, table text, encoded text, diststyle text,"
            + " sortkey1 text, max_varchar int4, sortkey1_enc char, sortkey_num int4,"
            + " size int8, pct_used numeric, empty int8, unsorted numeric, stats_off numeric,"
            + " tbl_rows count, skew_sortkey1 numeric, skew_rows numeric,"
            + " estimated_visible_rows count, risk_event text, vacuum_sort_benefit numeric,"
            + " create_time timestamp",
        out -> {
          for (Schema schema : rows.schemas()) {
            for (Object object : view.catalog().relations(schema.oid())) {
              if (object instanceof TableDefinition table
                  && view.snapshot().table(table.oid()).rowCount() > 0) {
                infoRow(out, schema, table);
              }
            }
          }
        });
  }

  private void infoRow(SystemTable.SystemRows out, Schema schema, TableDefinition table) {
    TableSnapshot stored = view.snapshot().table(table.oid());
    TableLayout layout = table.layout();
    String style =
        layout.distributionKey().isPresent()
            ? "KEY(" + table.column(layout.distributionKey().getAsInt()).orElseThrow().name() + ")"
            : layout.style().toString();
    String sortKey =
        layout.sortKey().isEmpty()
            ? "AUTO(SORTKEY)"
            : table.column(layout.sortKey().getFirst()).orElseThrow().name();
    int maxVarchar =
        table.columns().stream()
            .filter(c -> c.type().kind().isString())
            .mapToInt(c -> c.type().precision())
            .max()
            .orElse(0);
    long blocks = Math.max(1, (stored.encodedBytes() + BLOCK_BYTES - 1) / BLOCK_BYTES);
    BigDecimal zero = BigDecimal.ZERO;
    BigDecimal count = BigDecimal.valueOf(stored.rowCount());
    boolean encoded = table.columns().stream().anyMatch(c -> !c.encoding().equals("raw"));
    out.row(
        view.database().name(),
        schema.name(),
        table.oid(),
        table.name(),
        table.columns().stream().allMatch(c -> c.encoding().equals("auto"))
            ? "Y, AUTO(ENCODE)"
            : encoded ? "Y" : "N",
        layout.automatic() ? "AUTO(" + style + ")" : style,
        sortKey,
        maxVarchar,
        "",
        layout.sortKey().size(),
        blocks,
        zero,
        0L,
        zero,
        zero,
        count,
        null,
        null,
        count,
        null,
        null,
        null);
  }

  private SystemTable tableDefinition() {
    return of(
        CATALOG,
        "pg_table_def",
        "schemaname name, tablename name, column name, type text, encoding varchar,"
            + " distkey bool, sortkey int4, notnull bool",
        out -> {
          List<String> path = view.settings().searchPath(view.user().name());
          for (Schema schema : rows.schemas()) {
            if (!path.contains(schema.name())) {
              continue;
            }
            for (Object object : view.catalog().relations(schema.oid())) {
              if (object instanceof TableDefinition table) {
                table.columns().forEach(c -> definitionRow(out, schema, table, c));
              }
            }
          }
        });
  }

  private void definitionRow(
      SystemTable.SystemRows out, Schema schema, TableDefinition table, ColumnDefinition column) {
    TableLayout layout = table.layout();
    boolean distKey =
        layout.distributionKey().isPresent() && layout.distributionKey().getAsInt() == column.id();
    int sort = layout.sortKey().indexOf(column.id()) + 1;
    boolean interleaved = layout.sortKind() == TableLayout.SortKind.INTERLEAVED;
    out.row(
        schema.name(),
        table.name(),
        column.name(),
        column.type().toString(),
        encoding(table, column),
        distKey,
        interleaved && sort % 2 == 0 ? -sort : sort,
        !column.nullable());
  }

  /// The declared encoding, or the one storage has chosen for the column's first block.
  private String encoding(TableDefinition table, ColumnDefinition column) {
    if (!column.encoding().equals("auto")) {
      return column.encoding().equals("raw") ? "none" : column.encoding();
    }
    for (RowsetSnapshot rowset : view.snapshot().table(table.oid()).rowsets()) {
      if (rowset.blockCount() > 0 && rowset.hasColumn(column.id())) {
        String used = rowset.summary(column.id(), 0).encoding();
        return used.equals("raw") ? "none" : used;
      }
    }
    return "none";
  }

  private SystemTable blockList() {
    return of(
        CATALOG,
        "stv_blocklist",
        "slice int4, col int4, tbl int4, blocknum int4, num_values int4, extended_limits int4,"
            + " minvalue int8, maxvalue int8, sb_pos int4, pinned int4, on_disk int4,"
            + " modified int4, hdr_modified int4, unsorted int4, tombstone int4,"
            + " preferred_diskno int4, temporary int4, newblock int4, num_readers int4,"
            + " flags int4, encoding varchar, bytes int8",
        out -> {
          for (Schema schema : rows.schemas()) {
            for (Object object : view.catalog().relations(schema.oid())) {
              if (object instanceof TableDefinition table) {
                blocks(out, table);
              }
            }
          }
        });
  }

  private void blocks(SystemTable.SystemRows out, TableDefinition table) {
    int number = 0;
    for (RowsetSnapshot rowset : view.snapshot().table(table.oid()).rowsets()) {
      for (int block = 0; block < rowset.blockCount(); block++) {
        for (int c = 0; c < table.columns().size(); c++) {
          int id = table.columns().get(c).id();
          if (!rowset.hasColumn(id)) {
            continue;
          }
          BlockSummary summary = rowset.summary(id, block);
          long min = 0;
          long max = 0;
          if (summary.bounds().orElse(null) instanceof ValueBounds.Longs bounds) {
            min = bounds.min();
            max = bounds.max();
          }
          out.row(
              0,
              c,
              table.oid(),
              number,
              summary.rowCount(),
              0,
              min,
              max,
              number,
              0,
              1,
              0,
              0,
              0,
              0,
              0,
              table.temporary() ? 1 : 0,
              0,
              0,
              0,
              summary.encoding(),
              summary.encodedBytes());
        }
        number++;
      }
    }
  }
}

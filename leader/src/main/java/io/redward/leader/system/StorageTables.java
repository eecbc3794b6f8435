package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.spi.SystemTable;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.math.BigDecimal;
import java.util.List;

/// How tables lie in storage: `svv_table_info`, `pg_table_def`, `stv_blocklist`.
final class StorageTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;
  private final CatalogRows rows;

  StorageTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
  }

  List<SystemTable> tables() {
    return List.of(tableInfo(), tableDefinition(), blockList());
  }

  private SystemTable tableInfo() {
    return of(
        CATALOG,
        "svv_table_info",
        "database text, schema text, table_id oid, table text, encoded text, diststyle text,"
            + " sortkey1 text, max_varchar int4, sortkey1_enc char(32), sortkey_num int4,"
            + " size int8, pct_used percent, empty int8, unsorted share, stats_off share,"
            + " tbl_rows count, skew_sortkey1 ratio, skew_rows ratio,"
            + " estimated_visible_rows count, risk_event text, vacuum_sort_benefit benefit,"
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
    String firstKey =
        layout.sortKey().isEmpty()
            ? ""
            : table.column(layout.sortKey().getFirst()).orElseThrow().name();
    String sortKey =
        layout.sortKind() != TableLayout.SortKind.AUTO
            ? firstKey
            : layout.sortKey().isEmpty() ? "AUTO(SORTKEY)" : "AUTO(SORTKEY(" + firstKey + "))";
    int maxVarchar =
        table.columns().stream()
            .filter(c -> c.type().kind().isString())
            .mapToInt(c -> c.type().precision())
            .max()
            .orElse(0);
    TableMeasure measure = TableMeasure.of(stored, table);
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
        layout.sortKey().isEmpty()
            ? ""
            : StoredEncodings.reported(
                table, table.column(layout.sortKey().getFirst()).orElseThrow(), view.snapshot()),
        layout.sortKey().size(),
        measure.blocks(),
        TableSkew.usedPercent(stored),
        0L,
        measure.unsortedPercent(),
        TableSkew.staleness(stored, measure.rows()),
        BigDecimal.valueOf(measure.rows()),
        measure.sortKeySkew(),
        TableSkew.rows(stored, table),
        BigDecimal.valueOf(stored.rowCount()),
        null,
        measure.sortBenefit(),
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
          rows.eachTable(
              (schema, table) -> {
                if (table.temporary() || path.contains(schema.name())) {
                  table.columns().forEach(c -> definitionRow(out, schema, table, c));
                }
              });
        });
  }

  private void definitionRow(
      SystemTable.SystemRows out, Schema schema, TableDefinition table, ColumnDefinition column) {
    out.row(
        schema.name(),
        table.name(),
        column.name(),
        column.type().toString(),
        StoredEncodings.reported(table, column, view.snapshot()),
        DatabaseTables.isDistributionKey(table.layout(), column),
        DatabaseTables.sortPosition(table.layout(), column),
        !column.nullable());
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
              if (object instanceof TableDefinition table
                  && Privileges.readsWhole(view.catalog(), view.user(), table)) {
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

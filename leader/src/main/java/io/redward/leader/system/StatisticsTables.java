package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.spi.SystemTable;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// What is known of tables without reading them: `pg_statistic_indicator`, `pg_stats`,
/// `stl_analyze`.
final class StatisticsTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;
  private final CatalogRows rows;

  StatisticsTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "pg_statistic_indicator",
            "stairelid oid, stairows float8, staiins float8, staidels float8",
            out -> eachTable((_, table) -> indicator(out, table))),
        of(
            CATALOG,
            "pg_stats",
            "schemaname name, tablename name, attname name, null_frac float4, avg_width int4,"
                + " n_distinct float4, n_common int4",
            out ->
                eachTable(
                    (schema, table) -> {
                      if (Privileges.readsWhole(view.catalog(), view.user(), table)) {
                        columns(out, schema, table);
                      }
                    })),
        of(
            CATALOG,
            "pg_statistic",
            "starelid oid, staattnum int2, stanullfrac float4, stawidth int4,"
                + " stadistinct float4, stakind1 int2, stakind2 int2, stakind3 int2,"
                + " stakind4 int2, staop1 oid, staop2 oid, staop3 oid, staop4 oid,"
                + " stanumbers1 text[], stanumbers2 text[], stanumbers3 text[],"
                + " stanumbers4 text[], stavalues1 text[], stavalues2 text[], stavalues3 text[],"
                + " stavalues4 text[]",
            out ->
                rows.eachTable(
                    (_, table) -> {
                      if (Privileges.readsWhole(view.catalog(), view.user(), table)) {
                        statistics(out, table);
                      }
                    })),
        of(
            CATALOG,
            "stl_analyze",
            "userid int4, xid int8, database char(30), table_id int4, status char(15), rows float8,"
                + " modified_rows float8, threshold_percent int4, is_auto char,"
                + " starttime timestamp, endtime timestamp, prevtime timestamp,"
                + " num_predicate_cols int4, num_new_predicate_cols int4, is_background char,"
                + " auto_analyze_phase char(100), schema_name char(128), table_name char(136)",
            this::analyzes));
  }

  private void eachTable(BiConsumer<Schema, TableDefinition> consumer) {
    for (Schema schema : rows.schemas()) {
      for (OwnedObject object : view.catalog().relations(schema.oid())) {
        if (object instanceof TableDefinition table) {
          consumer.accept(schema, table);
        }
      }
    }
  }

  private void indicator(SystemTable.SystemRows out, TableDefinition table) {
    TableSnapshot stored = view.snapshot().table(table.oid());
    long all = 0;
    for (RowsetSnapshot rowset : stored.rowsets()) {
      all += rowset.rowCount();
    }
    out.row(table.oid(), (double) stored.rowCount(), 0.0, (double) (all - stored.rowCount()));
  }

  /// A column's statistics in the catalog's types: shares and numbers are `real` there.
  private record Shown(double nullShare, int width, double distinct) {
    static Shown of(ColumnStatistics statistics) {
      return new Shown(
          (float) statistics.nullCount() / statistics.rowCount(),
          (int) Math.round(statistics.averageBytes()),
          (float) Math.rint(statistics.distinctCount()));
    }
  }

  private void columns(SystemTable.SystemRows out, Schema schema, TableDefinition table) {
    TableSnapshot stored = view.snapshot().table(table.oid());
    for (ColumnDefinition column : table.columns()) {
      Optional<ColumnStatistics> known = stored.statistics(column.id());
      if (known.isPresent()) {
        ColumnStatistics statistics = known.get();
        Shown shown = Shown.of(statistics);
        out.row(
            schema.name(),
            table.name(),
            column.name(),
            shown.nullShare(),
            shown.width(),
            shown.distinct(),
            statistics.distribution().map(d -> d.commonValues()).orElse(0));
      }
    }
  }

  /// The kinds are those of what else is known of a column; nothing of it is shown.
  private void statistics(SystemTable.SystemRows out, TableDefinition table) {
    TableSnapshot stored = view.snapshot().table(table.oid());
    for (ColumnDefinition column : table.columns()) {
      Optional<ColumnStatistics> known = stored.statistics(column.id());
      if (known.isPresent()) {
        ColumnStatistics statistics = known.get();
        Shown shown = Shown.of(statistics);
        out.row(
            table.oid(),
            column.id(),
            shown.nullShare(),
            shown.width(),
            shown.distinct(),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
      }
    }
  }

  private void analyzes(SystemTable.SystemRows out) {
    for (AnalyzeLog.Entry entry : view.analyzes().entries()) {
      Optional<TableDefinition> table = view.catalog().table(entry.tableOid());
      out.row(
          entry.userOid(),
          0L,
          view.database().name(),
          entry.tableOid(),
          "Full",
          (double) entry.rows(),
          0.0,
          Integer.parseInt(view.settings().get("analyze_threshold_percent")),
          entry.automatic() ? "t" : "f",
          ViewRow.micros(entry.start()),
          ViewRow.micros(entry.end()),
          null,
          entry.predicateColumns(),
          0,
          "f",
          "",
          table.flatMap(t -> view.catalog().schema(t.schemaOid())).map(Schema::name).orElse(""),
          table.map(TableDefinition::name).orElse(""));
    }
  }
}

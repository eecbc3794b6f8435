package io.redward.leader.system;

import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Language;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.catalog.User;
import io.redward.spi.SystemTable;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.io.File;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tables, functions and users as the object views show them.
final class ObjectViews {
  private static final int BLOCK_SHIFT = 20;
  private static final File FREE = new File(".");

  private ObjectViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stv_tbl_perm", ObjectViews::tables);
    readers.put("svv_diskusage", ObjectViews::blocks);
    readers.put("stv_partitions", ObjectViews::disks);
    readers.put("stv_node_storage_capacity", ObjectViews::capacity);
    readers.put("svv_redshift_functions", ObjectViews::functions);
    readers.put("svl_user_info", ObjectViews::users);
    readers.put("sys_analyze_history", ObjectViews::analyzes);
    readers.put("svv_interleaved_columns", ObjectViews::interleaved);
    readers.put("pg_database_info", ObjectViews::databases);
    readers.put("pg_language", ObjectViews::languages);
    readers.put("pg_depend", ObjectViews::dependencies);
    readers.put("pg_class_info", out -> copy(out, "pg_class"));
    readers.put("pg_attribute_info", out -> copy(out, "pg_attribute"));
    readers.put("pg_proc_info", out -> copy(out, "pg_proc"));
  }

  /// The rows of another table of the catalog, as far as its columns are this view's too.
  private static void copy(ViewRows out, String table) {
    SystemTable source =
        new SessionSystemTables(out.view()).find("pg_catalog", table).orElseThrow();
    source.read(
        cells ->
            out.add(
                row -> {
                  for (int i = 0; i < cells.length; i++) {
                    String column = source.columns().get(i).name();
                    row.setIfThere(column.equals("oid") ? key(table) : column, cells[i]);
                  }
                }));
  }

  private static String key(String table) {
    return table.equals("pg_proc") ? "prooid" : "oid";
  }

  private static void dependencies(ViewRows out) {
    KeyRows.dependencies(
        out.view(),
        (constraint, index) ->
            out.add(
                row ->
                    row.set("classid", SystemTable.WELL_KNOWN.get("pg_constraint"))
                        .set("objid", constraint)
                        .set("objsubid", 0)
                        .set("refclassid", SystemTable.WELL_KNOWN.get("pg_class"))
                        .set("refobjid", index)
                        .set("refobjsubid", 0)
                        .set("deptype", "n")));
  }

  private static void languages(ViewRows out) {
    for (Language language : Language.values()) {
      language(out, language.oid(), language.sqlName(), language != Language.SQL);
    }
  }

  private static void language(ViewRows out, int oid, String name, boolean procedural) {
    out.add(
        row ->
            row.set("oid", oid)
                .set("lanname", name)
                .set("lanispl", procedural)
                .set("lanpltrusted", true));
  }

  private static void databases(ViewRows out) {
    for (Database database : out.view().catalog().databases()) {
      out.add(
          row ->
              row.set("datname", database.name())
                  .set("datid", database.oid())
                  .set("datdba", database.owner())
                  .set("encoding", 6)
                  .set("datistemplate", false)
                  .set("datallowconn", true)
                  .set("datconnlimit", "UNLIMITED"));
    }
  }

  private interface TableVisitor {
    void visit(Database database, TableDefinition table);
  }

  private static void eachTable(ViewRows out, TableVisitor visitor) {
    for (Database database : out.view().catalog().databases()) {
      for (Schema schema : out.view().catalog().schemas(database.oid())) {
        for (OwnedObject object : out.view().catalog().relations(schema.oid())) {
          if (object instanceof TableDefinition table) {
            visitor.visit(database, table);
          }
        }
      }
    }
  }

  /// One node's tables are whole: they are shown on slice 0.
  private static void tables(ViewRows out) {
    eachTable(
        out,
        (database, table) -> {
          TableSnapshot stored = out.view().snapshot().table(table.oid());
          TableMeasure measure = TableMeasure.of(stored, table);
          long all = stored.rowsets().stream().mapToLong(RowsetSnapshot::rowCount).sum();
          BigDecimal percent = measure.unsortedPercent();
          double unsorted = percent == null ? 1 : percent.doubleValue() / 100;
          out.add(
              row ->
                  row.set("slice", 0)
                      .set("id", table.oid())
                      .set("name", table.name())
                      .set("rows", all)
                      .set("sorted_rows", Math.round(all * (1 - unsorted)))
                      .set("temp", table.temporary())
                      .set("db_id", database.oid())
                      .set("insert_pristine", 0)
                      .set("delete_pristine", 0)
                      .set("backup", 1)
                      .set("dist_style", PostgresTables.distribution(table))
                      .set("block_count", measure.blocks()));
        });
  }

  private static void interleaved(ViewRows out) {
    eachTable(
        out,
        (_, table) -> {
          List<Integer> key = table.layout().sortKey();
          if (table.layout().sortKind() != TableLayout.SortKind.INTERLEAVED) {
            return;
          }
          TableSnapshot stored = out.view().snapshot().table(table.oid());
          Optional<Instant> reindexed =
              out.view().vacuums().stream()
                  .filter(run -> run.tableId() == table.oid() && run.request().rewrite())
                  .flatMap(run -> run.endedAt().stream())
                  .reduce((_, last) -> last);
          for (int column : key) {
            int place = table.columns().indexOf(table.column(column).orElseThrow());
            out.add(
                row ->
                    row.set("tbl", table.oid())
                        .set("col", place)
                        .set("interleaved_skew", TableSkew.interleaved(stored, column, key.size()))
                        .set("last_reindex", reindexed.orElse(null)));
          }
        });
  }

  private static void blocks(ViewRows out) {
    SystemView view = out.view();
    eachTable(
        out,
        (database, table) -> {
          if (!Privileges.readsWhole(view.catalog(), view.user(), table)) {
            return;
          }
          int number = 0;
          for (RowsetSnapshot rowset : out.view().snapshot().table(table.oid()).rowsets()) {
            for (int block = 0; block < rowset.blockCount(); block++, number++) {
              for (int c = 0; c < table.columns().size(); c++) {
                if (rowset.hasColumn(table.columns().get(c).id())) {
                  BlockSummary summary = rowset.summary(table.columns().get(c).id(), block);
                  block(out, database, table, new int[] {c, number}, summary);
                }
              }
            }
          }
        });
  }

  /// @param place column and block
  private static void block(
      ViewRows out, Database database, TableDefinition table, int[] place, BlockSummary summary) {
    out.add(
        row -> {
          row.set("db_id", database.oid())
              .set("name", table.name())
              .set("slice", 0)
              .set("col", place[0])
              .set("tbl", table.oid())
              .set("id", table.oid())
              .set("blocknum", place[1])
              .set("num_values", summary.rowCount())
              .set("on_disk", 1)
              .set("temporary", table.temporary());
          if (summary.bounds().orElse(null) instanceof ValueBounds.Longs bounds) {
            row.set("minvalue", bounds.min()).set("maxvalue", bounds.max());
          }
        });
  }

  private static long usedBlocks(ViewRows out) {
    long[] used = new long[1];
    eachTable(
        out,
        (_, table) ->
            used[0] += TableMeasure.of(out.view().snapshot().table(table.oid()), table).blocks());
    return used[0];
  }

  private static void disks(ViewRows out) {
    long used = usedBlocks(out);
    long capacity = used + (FREE.getUsableSpace() >> BLOCK_SHIFT);
    out.add(
        row ->
            row.set("owner", 0)
                .set("host", 0)
                .set("diskno", 0)
                .set("part_begin", 0)
                .set("part_end", capacity << BLOCK_SHIFT)
                .set("used", used)
                .set("tossed", 0)
                .set("capacity", capacity)
                .set("is_san", 0)
                .set("failed", 0)
                .set("mount", "/"));
  }

  /// The store is everybody's; a node's part of what is in it is that of its slices.
  private static void capacity(ViewRows out) {
    long used = usedBlocks(out);
    List<Integer> nodes = out.view().slices();
    int slices = Math.max(1, nodes.stream().mapToInt(Integer::intValue).sum());
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      long mine = used * nodes.get(node) / slices;
      out.add(
          row ->
              row.set("node", node)
                  .set("used", mine)
                  .set("capacity", mine + (FREE.getUsableSpace() >> BLOCK_SHIFT)));
    }
  }

  private static void functions(ViewRows out) {
    Database database = out.view().database();
    for (Schema schema : out.view().catalog().schemas(database.oid())) {
      for (Routine routine : out.view().catalog().routines(schema.oid())) {
        out.add(
            row ->
                row.set("database_name", database.name())
                    .set("schema_name", schema.name())
                    .set("function_name", routine.name())
                    .set(
                        "function_type",
                        routine.kind() == Routine.Kind.FUNCTION
                            ? "REGULAR FUNCTION"
                            : "STORED PROCEDURE")
                    .set(
                        "argument_type",
                        routine.arguments().stream()
                            .map(argument -> argument.type().toString())
                            .collect(Collectors.joining(", ")))
                    .set("result_type", routine.returns().map(Object::toString).orElse("")));
      }
    }
  }

  private static void users(ViewRows out) {
    for (User user : out.view().catalog().users()) {
      out.add(
          row ->
              row.set("usename", user.name())
                  .set("usesysid", user.oid())
                  .set("usecreatedb", user.createDatabase())
                  .set("usesuper", user.superuser())
                  .set("usecatupd", false)
                  .set("useconnlimit", "UNLIMITED")
                  .set("syslogaccess", user.superuser() ? "UNRESTRICTED" : "RESTRICTED")
                  .set("sessiontimeout", 0)
                  .set("external_id", ""));
    }
  }

  private static void analyzes(ViewRows out) {
    for (AnalyzeLog.Entry entry : out.view().analyzes().entries()) {
      TableDefinition table = out.view().catalog().table(entry.tableOid()).orElse(null);
      out.add(
          row -> {
            row.set("user_id", entry.userOid())
                .set("transaction_id", 0)
                .set("database_name", out.view().database().name())
                .set("table_id", entry.tableOid())
                .set("is_automatic", entry.automatic() ? "t" : "f")
                .set("status", "Full")
                .set("start_time", entry.start())
                .set("end_time", entry.end())
                .set("rows", entry.rows())
                .set("modified_rows", 0)
                .set(
                    "analyze_threshold_percent",
                    Integer.parseInt(out.view().settings().get("analyze_threshold_percent")));
            if (table != null) {
              row.set("table_name", table.name())
                  .set(
                      "schema_name",
                      out.view().catalog().schema(table.schemaOid()).map(Schema::name).orElse(""));
            }
          });
    }
  }
}

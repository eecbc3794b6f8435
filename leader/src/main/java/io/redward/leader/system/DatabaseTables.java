package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Comments;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.system.CatalogRows.Attribute;
import io.redward.leader.system.CatalogRows.Relation;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The views that list databases, schemas, tables and columns with the database they are in:
/// `svv_redshift_…` those of the warehouse, `svv_all_…` external ones too, of which there are none.
final class DatabaseTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;
  private final CatalogRows rows;
  private final AccessText access;

  DatabaseTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
    access = new AccessText(view.catalog());
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_redshift_databases",
            "database_name varchar(128), database_owner int4, database_type varchar(32),"
                + " database_acl varchar(128), database_options varchar(128),"
                + " database_isolation_level varchar(128)",
            this::databases),
        of(
            CATALOG,
            "svv_all_schemas",
            "database_name varchar(128), schema_name varchar(128), schema_owner int4,"
                + " schema_type varchar(128), schema_acl varchar(128),"
                + " source_database varchar(128), schema_option varchar(256)",
            out -> schemas(out, true)),
        of(
            CATALOG,
            "svv_redshift_schemas",
            "database_name varchar(128), schema_name varchar(128), schema_owner int4,"
                + " schema_type varchar(16), schema_acl varchar(128), schema_option varchar(128)",
            out -> schemas(out, false)),
        of(
            CATALOG,
            "svv_all_tables",
            "database_name varchar(128), schema_name varchar(128), table_name varchar(128),"
                + " table_type varchar(128), table_acl varchar(128), remarks varchar(256)",
            out -> tables(out, false)),
        of(
            CATALOG,
            "svv_redshift_tables",
            "database_name varchar(128), schema_name varchar(128), table_name varchar(128),"
                + " table_type varchar(128), table_acl varchar(128), remarks varchar(128),"
                + " table_owner varchar(128)",
            out -> tables(out, true)),
        of(
            CATALOG,
            "svv_all_columns",
            "database_name varchar(128), schema_name varchar(128), table_name varchar(128),"
                + " column_name varchar(128), ordinal_position int4, column_default varchar(4000),"
                + " is_nullable varchar(3), data_type varchar(128),"
                + " character_maximum_length int4, numeric_precision int4, numeric_scale int4,"
                + " remarks varchar(256)",
            this::allColumns),
        of(
            CATALOG,
            "svv_redshift_columns",
            "database_name varchar(128), schema_name varchar(128), table_name varchar(128),"
                + " column_name varchar(128), ordinal_position int4, data_type varchar(32),"
                + " column_default varchar(4000), is_nullable varchar(3), encoding varchar(128),"
                + " distkey bool, sortkey int4, column_acl varchar(128), remarks varchar(256)",
            this::columns));
  }

  private void databases(SystemTable.SystemRows out) {
    view.catalog()
        .databases()
        .forEach(
            d ->
                out.row(
                    d.name(),
                    d.owner(),
                    "local",
                    shortened(access.of(d)),
                    null,
                    switch (d.isolation()) {
                      case SNAPSHOT -> "Snapshot Isolation";
                      case SERIALIZABLE -> "Serializable";
                    }));
  }

  private void schemas(SystemTable.SystemRows out, boolean withSource) {
    for (Schema schema : rows.schemas()) {
      String database = view.database().name();
      String list = shortened(access.of(schema));
      if (withSource) {
        out.row(database, schema.name(), schema.owner(), "local", list, null, null);
      } else {
        out.row(database, schema.name(), schema.owner(), "local", list, null);
      }
    }
  }

  private void tables(SystemTable.SystemRows out, boolean withOwner) {
    for (Relation r : rows.relations()) {
      String database = view.database().name();
      String kind = r.kind() == 'v' ? "VIEW" : "TABLE";
      String list = shortened(access.of(r.oid()));
      if (withOwner) {
        String owner = view.catalog().object(r.owner()).map(CatalogObject::name).orElse("");
        out.row(database, r.schema().name(), r.name(), kind, list, remarks(r, 0, 128), owner);
      } else {
        out.row(database, r.schema().name(), r.name(), kind, list, remarks(r, 0, 256));
      }
    }
  }

  /// The comment on a relation, or on the column of that number.
  private @Nullable String remarks(Relation relation, int column, int length) {
    return Comments.find(view.snapshot(), relation.oid(), column)
        .map(text -> ViewRow.cut(text, length))
        .orElse(null);
  }

  private static @Nullable String shortened(@Nullable String list) {
    return list == null ? null : ViewRow.cut(list, 128);
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
            byDefault(a),
            a.notNull() ? "NO" : "YES",
            a.type().kind().sqlName(),
            n.length(),
            n.precision(),
            n.scale(),
            remarks(r, a.number(), 256));
      }
    }
  }

  private void columns(SystemTable.SystemRows out) {
    for (Relation r : rows.relations()) {
      Optional<TableDefinition> table = view.catalog().table(r.oid());
      for (Attribute a : r.attributes()) {
        Optional<ColumnDefinition> column =
            table.flatMap(
                t -> t.columns().stream().filter(c -> c.name().equals(a.name())).findFirst());
        out.row(
            view.database().name(),
            r.schema().name(),
            r.name(),
            a.name(),
            a.number(),
            ViewRow.cut(a.type().toString(), 32),
            byDefault(a),
            a.notNull() ? "NO" : "YES",
            column
                .map(c -> StoredEncodings.reported(table.orElseThrow(), c, view.snapshot()))
                .orElse(""),
            column.map(c -> isDistributionKey(table.orElseThrow().layout(), c)).orElse(false),
            column.map(c -> sortPosition(table.orElseThrow().layout(), c)).orElse(0),
            null,
            remarks(r, a.number(), 256));
      }
    }
  }

  private static @Nullable String byDefault(Attribute attribute) {
    return attribute.defaultText().isEmpty() ? null : ViewRow.cut(attribute.defaultText(), 4_000);
  }

  static boolean isDistributionKey(TableLayout layout, ColumnDefinition column) {
    return layout.distributionKey().isPresent()
        && layout.distributionKey().getAsInt() == column.id();
  }

  /// Where the column is in the sort key, from 1; every second one of an interleaved key is
  /// negative. 0 if it is not in it.
  static int sortPosition(TableLayout layout, ColumnDefinition column) {
    int position = layout.sortKey().indexOf(column.id()) + 1;
    boolean interleaved = layout.sortKind() == TableLayout.SortKind.INTERLEAVED;
    return interleaved && position % 2 == 0 ? -position : position;
  }
}

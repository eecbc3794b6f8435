package io.redward.leader.system;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// The objects of a database in the shape that PostgreSQL's catalogs give them: every relation with
/// its schema, kind and columns, system tables among them.
final class CatalogRows {
  /// Above the numbers of objects.
  private static final int TEMPORARY_OID = 2_000_000_000;

  private final SystemView view;
  private final Supplier<List<SystemTable>> systemTables;

  /// A relation.
  ///
  /// @param kind `r` for tables, `v` for views, `i` for indexes
  record Relation(
      int oid, Schema schema, String name, char kind, int owner, List<Attribute> attributes) {}

  /// A column.
  record Attribute(
      int number,
      String name,
      SqlType type,
      boolean notNull,
      String defaultText,
      String encoding) {}

  CatalogRows(SystemView view, Supplier<List<SystemTable>> systemTables) {
    this.view = view;
    this.systemTables = systemTables;
  }

  /// The schemas of the session's database.
  List<Schema> schemas() {
    return view.catalog().schemas(view.database().oid());
  }

  /// The schemas that relations of this session are in: that of its temporary tables too.
  List<Schema> namespaces() {
    List<Schema> all = new ArrayList<>(schemas());
    if (!temporaryTables().isEmpty()) {
      all.add(temporarySchema());
    }
    return all;
  }

  /// The schema that the session's temporary tables show; the catalog has none.
  private Schema temporarySchema() {
    return new Schema(
        TEMPORARY_OID + view.processId(),
        view.database().oid(),
        Catalog.temporarySchema(view.processId()),
        view.user().oid(),
        AccessList.NONE);
  }

  private List<TableDefinition> temporaryTables() {
    return view.catalog().temporaryTables(view.processId());
  }

  /// Each table with its schema, the session's temporary ones last.
  void eachTable(BiConsumer<Schema, TableDefinition> consumer) {
    for (Schema schema : schemas()) {
      for (OwnedObject object : view.catalog().relations(schema.oid())) {
        if (object instanceof TableDefinition table) {
          consumer.accept(schema, table);
        }
      }
    }
    temporaryTables().forEach(table -> consumer.accept(temporarySchema(), table));
  }

  /// The user's own relations.
  List<Relation> userRelations() {
    Catalog catalog = view.catalog();
    List<Relation> relations = new ArrayList<>();
    for (Schema schema : schemas()) {
      for (OwnedObject object : catalog.relations(schema.oid())) {
        switch (object) {
          case TableDefinition table -> relations.add(relation(schema, table));
          case ViewDefinition viewDefinition -> relations.add(relation(schema, viewDefinition));
          case OwnedObject _ -> {}
        }
      }
    }
    temporaryTables().forEach(table -> relations.add(relation(temporarySchema(), table)));
    return relations;
  }

  /// What a view is made of; of a materialized view the whole statement, by which clients tell it.
  String definition(Relation relation) {
    Catalog catalog = view.catalog();
    return catalog
        .view(relation.oid())
        .map(ViewDefinition::text)
        .or(
            () ->
                catalog
                    .table(relation.oid())
                    .flatMap(TableDefinition::materialization)
                    .map(
                        held ->
                            "create materialized view "
                                + relation.schema().name()
                                + "."
                                + relation.name()
                                + " as ("
                                + held.query()
                                + ");"))
        .orElse("");
  }

  /// The indexes of all keys, which are no relations that a query may name.
  List<TableKeys.Index> indexes() {
    List<TableKeys.Index> indexes = new ArrayList<>();
    eachTable((_, table) -> indexes.addAll(TableKeys.indexes(table)));
    return indexes;
  }

  /// The indexes of one table; none of a view's.
  List<TableKeys.Index> indexesOf(int oid) {
    return view.catalog().table(oid).map(TableKeys::indexes).orElse(List.of());
  }

  /// An index as `pg_class` shows it.
  Relation relation(TableKeys.Index index) {
    Schema schema =
        schemas().stream()
            .filter(s -> s.oid() == index.table().schemaOid())
            .findFirst()
            .filter(_ -> !index.table().temporary())
            .orElseGet(this::temporarySchema);
    return new Relation(
        index.oid(), schema, index.key().name(), 'i', index.table().owner(), List.of());
  }

  /// All relations, system tables too.
  List<Relation> relations() {
    List<Relation> relations = new ArrayList<>(userRelations());
    for (Schema schema : schemas()) {
      for (SystemTable table : systemTables.get()) {
        if (table.schema().equals(schema.name())) {
          relations.add(relation(schema, table));
        }
      }
    }
    return relations;
  }

  static Relation relation(Schema schema, TableDefinition table) {
    List<Attribute> attributes = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      attributes.add(
          new Attribute(
              column.id(),
              column.name(),
              column.type(),
              !column.nullable(),
              column.defaultText().orElse(""),
              column.encoding()));
    }
    char kind = table.materialization().isPresent() ? 'v' : 'r';
    return new Relation(table.oid(), schema, table.name(), kind, table.owner(), attributes);
  }

  private static Relation relation(Schema schema, ViewDefinition definition) {
    List<Attribute> attributes = new ArrayList<>();
    for (ViewDefinition.Column column : definition.columns()) {
      attributes.add(
          new Attribute(attributes.size() + 1, column.name(), column.type(), false, "", "none"));
    }
    return new Relation(
        definition.oid(), schema, definition.name(), 'v', definition.owner(), attributes);
  }

  private static Relation relation(Schema schema, SystemTable table) {
    List<Attribute> attributes = new ArrayList<>();
    for (SystemTable.Column column : table.columns()) {
      attributes.add(
          new Attribute(attributes.size() + 1, column.name(), column.type(), false, "", "none"));
    }
    char kind = table.name().startsWith("pg_") ? 'r' : 'v';
    return new Relation(table.oid(), schema, table.name(), kind, Catalog.SYSTEM_USER, attributes);
  }

  /// Bytes of a value, -1 if they vary.
  static int length(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> 1;
      case SMALLINT -> 2;
      case INTEGER, REAL, DATE, OID, REGCLASS, REGPROC, REGTYPE -> 4;
      case BIGINT, DOUBLE, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
      case TIMETZ -> 12;
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_SECOND -> 16;
      case NAME -> 64;
      default -> -1;
    };
  }
}

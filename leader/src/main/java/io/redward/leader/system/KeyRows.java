package io.redward.leader.system;

import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.system.CatalogRows.Attribute;
import io.redward.leader.system.CatalogRows.Relation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// What drivers look for beside `pg_constraint` and `pg_index` to find a table's keys: the columns
/// of the indexes, and on which index a foreign key depends.
record KeyRows(CatalogRows rows) {
  /// The columns of the indexes of primary and unique keys, as of relations.
  void indexes(BiConsumer<Relation, Attribute> out) {
    Map<Integer, Relation> tables =
        rows.relations().stream().collect(Collectors.toMap(Relation::oid, r -> r, (a, _) -> a));
    for (TableKeys.Index index : rows.indexes()) {
      Relation table = tables.get(index.table().oid());
      if (table != null) {
        int number = 0;
        for (int id : index.key().columns()) {
          number++;
          int place = number;
          table.attributes().stream()
              .filter(attribute -> attribute.number() == id)
              .findFirst()
              .ifPresent(column -> out.accept(relation(index, table), copy(column, place)));
        }
      }
    }
  }

  private static Relation relation(TableKeys.Index index, Relation table) {
    return new Relation(
        index.oid(), table.schema(), index.key().name(), 'i', table.owner(), List.of());
  }

  private static Attribute copy(Attribute column, int place) {
    return new Attribute(
        place, column.name(), column.type(), column.notNull(), "", column.encoding());
  }

  /// Each foreign key depends on the index of the key that it refers to.
  static void dependencies(SystemView view, Dependency out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (OwnedObject object : view.catalog().relations(schema.oid())) {
        if (object instanceof TableDefinition table) {
          dependencies(view, table, out);
        }
      }
    }
  }

  private static void dependencies(SystemView view, TableDefinition table, Dependency out) {
    for (int i = 0; i < table.constraints().size(); i++) {
      if (table.constraints().get(i) instanceof TableConstraint.ForeignKey key) {
        int constraint = TableKeys.constraintOid(table, i);
        referred(view, key).ifPresent(index -> out.of(constraint, index.oid()));
      }
    }
  }

  /// Takes a constraint and the index that it depends on.
  interface Dependency {
    void of(int constraint, int index);
  }

  private static Optional<TableKeys.Index> referred(
      SystemView view, TableConstraint.ForeignKey key) {
    return view.catalog().table(key.referencedTable()).stream()
        .flatMap(other -> TableKeys.indexes(other).stream())
        .filter(
            index ->
                new TreeSet<>(index.key().columns()).equals(new TreeSet<>(key.referencedColumns())))
        .findFirst();
  }
}

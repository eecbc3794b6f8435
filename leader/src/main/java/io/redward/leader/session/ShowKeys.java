package io.redward.leader.session;

import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.sql.ast.ShowStatement.ListKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// SHOW CONSTRAINTS: a row for each column of a key.
record ShowKeys(CommandContext context) {
  private static final List<String> PRIMARY =
      List.of("database_name", "schema_name", "table_name", "pk_name", "column_name", "key_seq");
  private static final List<String> FOREIGN =
      List.of(
          "pk_database_name",
          "pk_schema_name",
          "pk_table_name",
          "pk_column_name",
          "fk_database_name",
          "fk_schema_name",
          "fk_table_name",
          "fk_column_name",
          "key_seq",
          "fk_name",
          "pk_name",
          "update_rule",
          "delete_rule",
          "deferrability");

  static List<String> columns(ListKind kind) {
    return kind == ListKind.FOREIGN_KEYS || kind == ListKind.EXPORTED_KEYS ? FOREIGN : PRIMARY;
  }

  List<List<String>> rows(ListKind kind, TableDefinition table) {
    return switch (kind) {
      case FOREIGN_KEYS -> foreign(table);
      case EXPORTED_KEYS -> exported(table);
      default -> primary(table);
    };
  }

  private List<List<String>> primary(TableDefinition table) {
    List<List<String>> rows = new ArrayList<>();
    TableConstraint.primary(table.constraints())
        .ifPresent(
            key -> {
              for (int i = 0; i < key.columns().size(); i++) {
                rows.add(
                    List.of(
                        context.database().name(),
                        schema(table),
                        table.name(),
                        key.name(),
                        column(table, key.columns().get(i)),
                        Integer.toString(i + 1)));
              }
            });
    return rows;
  }

  private List<List<String>> foreign(TableDefinition table) {
    List<List<String>> rows = new ArrayList<>();
    for (TableConstraint constraint : table.constraints()) {
      if (constraint instanceof TableConstraint.ForeignKey key) {
        context
            .catalog()
            .table(key.referencedTable())
            .ifPresent(referenced -> addForeign(table, key, referenced, rows));
      }
    }
    return rows;
  }

  /// The keys of other tables that refer to a table.
  private List<List<String>> exported(TableDefinition table) {
    Catalog catalog = context.catalog();
    List<List<String>> rows = new ArrayList<>();
    for (CatalogObject object : catalog.objects()) {
      if (object instanceof TableDefinition other) {
        for (TableConstraint constraint : other.constraints()) {
          if (constraint instanceof TableConstraint.ForeignKey key
              && key.referencedTable() == table.oid()) {
            addForeign(other, key, table, rows);
          }
        }
      }
    }
    return rows;
  }

  private void addForeign(
      TableDefinition table,
      TableConstraint.ForeignKey key,
      TableDefinition referenced,
      List<List<String>> rows) {
    Optional<TableConstraint> primary = TableConstraint.primary(referenced.constraints());
    List<Integer> targets =
        key.referencedColumns().isEmpty()
            ? primary.map(TableConstraint::columns).orElse(List.of())
            : key.referencedColumns();
    String database = context.database().name();
    for (int i = 0; i < key.columns().size(); i++) {
      rows.add(
          List.of(
              database,
              schema(referenced),
              referenced.name(),
              i < targets.size() ? column(referenced, targets.get(i)) : "",
              database,
              schema(table),
              table.name(),
              column(table, key.columns().get(i)),
              Integer.toString(i + 1),
              key.name(),
              primary.map(TableConstraint::name).orElse(""),
              "",
              "",
              ""));
    }
  }

  private String schema(TableDefinition table) {
    return context.catalog().schema(table.schemaOid()).map(Schema::name).orElse("");
  }

  private static String column(TableDefinition table, int id) {
    return table.column(id).orElseThrow().name();
  }
}

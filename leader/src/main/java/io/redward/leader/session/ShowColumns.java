package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.system.ColumnNumbers;
import java.util.ArrayList;
import java.util.List;

/// SHOW COLUMNS. A cell without a value is an empty text.
record ShowColumns(CommandContext context) {
  static final List<String> NAMES =
      List.of(
          "database_name",
          "schema_name",
          "table_name",
          "column_name",
          "ordinal_position",
          "column_default",
          "is_nullable",
          "data_type",
          "character_maximum_length",
          "numeric_precision",
          "numeric_scale",
          "remarks",
          "sort_key_type",
          "sort_key",
          "dist_key",
          "encoding",
          "collation");

  List<List<String>> rows(QualifiedName name) {
    OwnedObject relation = context.relation(name);
    List<List<String>> rows = new ArrayList<>();
    if (relation instanceof TableDefinition table) {
      for (ColumnDefinition column : table.columns()) {
        List<String> row =
            described(
                table.schemaOid(), table.name(), column.name(), rows.size() + 1, column.type());
        row.set(5, column.defaultText().orElse(""));
        row.set(6, column.nullable() ? "YES" : "NO");
        int key = sortPosition(table.layout(), column);
        row.set(12, key == 0 ? "" : kind(table.layout()));
        row.set(13, Integer.toString(key));
        row.set(14, isDistributionKey(table.layout(), column) ? "1" : "");
        row.set(15, column.encoding());
        rows.add(row);
      }
    } else if (relation instanceof ViewDefinition view) {
      for (ViewDefinition.Column column : view.columns()) {
        rows.add(
            described(
                view.schemaOid(), view.name(), column.name(), rows.size() + 1, column.type()));
      }
    }
    return rows;
  }

  /// A row with what a column's name, place and type tell.
  private List<String> described(
      int schema, String relation, String column, int position, SqlType type) {
    ColumnNumbers numbers = ColumnNumbers.of(type);
    List<String> row = new ArrayList<>(NAMES.size());
    row.add(context.database().name());
    row.add(context.catalog().schema(schema).orElseThrow().name());
    row.add(relation);
    row.add(column);
    row.add(Integer.toString(position));
    row.add("");
    row.add("YES");
    row.add(type.kind().sqlName());
    row.addAll(numbers.shown());
    row.addAll(List.of("", "", "0", "", ""));
    boolean collated = numbers.length() != null;
    row.add(type.caseInsensitive() ? "case_insensitive" : collated ? "default" : "");
    return row;
  }

  private static String kind(TableLayout layout) {
    return layout.sortKind() == TableLayout.SortKind.INTERLEAVED ? "INTERLEAVED" : "COMPOUND";
  }

  private static boolean isDistributionKey(TableLayout layout, ColumnDefinition column) {
    return layout.distributionKey().isPresent()
        && layout.distributionKey().getAsInt() == column.id();
  }

  /// From 1; every second one of an interleaved key is negative. 0 if it is not in the key.
  private static int sortPosition(TableLayout layout, ColumnDefinition column) {
    int position = layout.sortKey().indexOf(column.id()) + 1;
    boolean interleaved = layout.sortKind() == TableLayout.SortKind.INTERLEAVED;
    return interleaved && position % 2 == 1 ? -position : position;
  }
}

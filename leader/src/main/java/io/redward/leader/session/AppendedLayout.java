package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.storage.table.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What ALTER TABLE APPEND asks of how two tables are laid out.
final class AppendedLayout {
  private AppendedLayout() {}

  /// Both tables must be distributed and sorted by the same columns in the same way; what is AUTO
  /// on both sides is alike, whatever has been chosen.
  static void requireAlike(TableDefinition target, TableDefinition source, int position) {
    TableLayout to = target.layout();
    TableLayout from = source.layout();
    boolean automatic = to.automatic() && from.automatic();
    boolean distributedAlike =
        to.automatic() == from.automatic()
            && to.style() == from.style()
            && names(target, to.distributionKey()).equals(names(source, from.distributionKey()));
    if (!automatic && !distributedAlike) {
      throw refused("distribution styles or keys", position);
    }
    boolean chosen =
        to.sortKind() == TableLayout.SortKind.AUTO && from.sortKind() == TableLayout.SortKind.AUTO;
    boolean sortedAlike =
        to.sortKind() == from.sortKind()
            && names(target, to.sortKey()).equals(names(source, from.sortKey()));
    if (!chosen && !sortedAlike) {
      throw refused("sort styles or keys", position);
    }
  }

  private static SqlException refused(String what, int position) {
    return new SqlException(
            SqlState.INVALID_TABLE_DEFINITION, "source and target have different " + what)
        .withPosition(position)
        .withHint("ALTER one of the tables, or use INSERT INTO ... SELECT.");
  }

  private static List<String> names(TableDefinition table, OptionalInt column) {
    return names(table, column.stream().boxed().toList());
  }

  private static List<String> names(TableDefinition table, List<Integer> columns) {
    return columns.stream().map(id -> table.column(id).orElseThrow().name()).toList();
  }

  /// Whether stored rows of one table read the same as rows of the other: they have the same
  /// columns by the same numbers, and what older rows lack is filled with the same values.
  ///
  /// @param rows of the source, as they are stored
  static boolean meansTheSame(TableDefinition target, TableDefinition source, TableSnapshot rows) {
    if (target.columns().size() != source.columns().size()) {
      return false;
    }
    for (ColumnDefinition column : source.columns()) {
      Optional<ColumnDefinition> partner = target.column(column.name());
      if (partner.isEmpty() || partner.get().id() != column.id()) {
        return false;
      }
      if (!partner.get().initial().equals(column.initial()) && !written(rows, column.id())) {
        return false;
      }
    }
    return true;
  }

  private static boolean written(TableSnapshot rows, int column) {
    return rows.rowsets().stream().allMatch(rowset -> rowset.hasColumn(column));
  }
}

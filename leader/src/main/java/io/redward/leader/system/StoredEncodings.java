package io.redward.leader.system;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.ColumnEncoding;
import io.redward.leader.catalog.TableDefinition;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;

/// The encodings that system tables show: the declared one, or what storage has chosen for a
/// column's first block, or what its type would get.
public final class StoredEncodings {
  private StoredEncodings() {}

  public static String reported(TableDefinition table, ColumnDefinition column, Snapshot snapshot) {
    return used(table, column, snapshot).reported();
  }

  /// As `pg_attribute.attencodingtype` has it.
  static int number(TableDefinition table, int columnId, Snapshot snapshot) {
    ColumnDefinition column = table.column(columnId).orElseThrow();
    return used(table, column, snapshot).number(column.encoding().equals("auto"));
  }

  private static ColumnEncoding used(
      TableDefinition table, ColumnDefinition column, Snapshot snapshot) {
    ColumnEncoding declared = ColumnEncoding.of(column.encoding()).orElse(ColumnEncoding.AUTO);
    if (declared != ColumnEncoding.AUTO) {
      return declared;
    }
    for (RowsetSnapshot rowset : snapshot.table(table.oid()).rowsets()) {
      if (rowset.blockCount() > 0 && rowset.hasColumn(column.id())) {
        return ColumnEncoding.of(rowset.summary(column.id(), 0).encoding())
            .orElse(ColumnEncoding.RAW);
      }
    }
    boolean sortKey = table.layout().sortKey().contains(column.id());
    return ColumnEncoding.preset(column.type().kind(), sortKey);
  }
}

package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.DroppedTable;
import io.redward.spi.SystemTable;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.table.SavedSnapshot;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `svv_snapshots`, `svv_dropped_tables` and `svv_history`. A user who is no superuser sees his
/// own.
final class SnapshotTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  SnapshotTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_snapshots",
            "snapshot_name varchar, subject varchar, version int8, version_time timestamp,"
                + " create_time timestamp, owner varchar, is_automatic bool,"
                + " expire_time timestamp, table_id oid, row_count int8, total_bytes int8",
            this::snapshots),
        of(
            CATALOG,
            "svv_dropped_tables",
            "schema_name varchar, table_name varchar, table_id oid, owner varchar, version int8",
            this::dropped),
        of(
            CATALOG,
            "svv_history",
            "version int8, oldest_version int8",
            out -> out.row(view.snapshot().version(), view.history().oldestVersion())));
  }

  private void snapshots(SystemTable.SystemRows out) {
    for (SavedSnapshot saved : SavedStates.of(view.snapshot())) {
      if (view.user().superuser() || saved.owner().equals(view.user().name())) {
        out.row(
            saved.name(),
            saved.subject(),
            saved.version(),
            time(OptionalLong.of(saved.stateMicros())),
            time(OptionalLong.of(saved.createdMicros())),
            saved.owner(),
            saved.automatic(),
            time(saved.expiresMicros()),
            saved.tableId().isPresent() ? (int) saved.tableId().getAsLong() : null,
            saved.rows(),
            saved.bytes());
      }
    }
  }

  private void dropped(SystemTable.SystemRows out) {
    for (DroppedTable table : DroppedTable.of(view.snapshot())) {
      if (view.user().superuser() || table.owner() == view.user().oid()) {
        out.row(
            view.catalog().object(table.schemaOid()).map(CatalogObject::name).orElse(null),
            table.name(),
            table.oid(),
            view.catalog().object(table.owner()).map(CatalogObject::name).orElse(null),
            table.version());
      }
    }
  }

  private static @Nullable Long time(OptionalLong micros) {
    return micros.isPresent() ? micros.getAsLong() : null;
  }
}

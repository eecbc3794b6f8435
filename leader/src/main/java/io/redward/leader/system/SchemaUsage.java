package io.redward.leader.system;

import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.storage.table.Snapshot;

/// What the tables and materialized views of a schema take on disk; temporary ones do not count.
public final class SchemaUsage {
  private static final long MEGABYTE = 1 << 20;

  private SchemaUsage() {}

  /// Encoded bytes, rows included that are deleted and not vacuumed.
  public static long bytes(Catalog catalog, Schema schema, Snapshot snapshot) {
    long bytes = 0;
    for (OwnedObject object : catalog.relations(schema.oid())) {
      if (object instanceof TableDefinition table) {
        bytes += snapshot.table(table.oid()).encodedBytes();
      }
    }
    return bytes;
  }

  /// Megabytes begun.
  public static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, MEGABYTE);
  }
}

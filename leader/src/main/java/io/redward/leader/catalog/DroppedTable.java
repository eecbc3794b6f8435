package io.redward.leader.catalog;

import io.redward.storage.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table that has been dropped and may be brought back while the history reaches to it.
///
/// @param version the newest in which it was there
public record DroppedTable(int oid, int schemaOid, String name, int owner, long version) {
  static final String PREFIX = "dropped/";

  /// More than anybody looks through.
  static final int MAX_KEPT = 1_000;

  /// All that are known of, the oldest first.
  public static List<DroppedTable> of(Snapshot snapshot) {
    List<DroppedTable> dropped = new ArrayList<>();
    snapshot.entries(PREFIX).values().forEach(bytes -> dropped.add(parse(bytes)));
    return dropped;
  }

  String key() {
    return PREFIX + String.format(Locale.ROOT, "%020d", version) + "/" + oid;
  }

  byte[] toBytes() {
    return new JsonObject()
        .with("oid", oid)
        .with("schema", schemaOid)
        .with("name", name)
        .with("owner", owner)
        .with("version", version)
        .toBytes();
  }

  private static DroppedTable parse(byte[] bytes) {
    JsonObject json = JsonObject.parse(bytes);
    return new DroppedTable(
        (int) json.number("oid"),
        (int) json.number("schema"),
        json.text("name"),
        (int) json.number("owner"),
        json.number("version"));
  }
}

package io.redward.leader.catalog;

import io.redward.storage.table.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the catalog of a snapshot. Keeps what it has parsed, by entry, so that a new version costs
/// only what has changed. Thread-safe.
public final class CatalogReader {
  static final String PREFIX = "catalog/";

  /// An entry and what it says. Equal to itself only.
  private static final class Parsed {
    private final String key;
    private final byte[] bytes;
    private final CatalogObject object;
    private volatile byte @Nullable [] digest;

    Parsed(String key, byte[] bytes) {
      this.key = key;
      this.bytes = bytes;
      object = parse(key, bytes);
    }

    byte[] digest() {
      byte[] known = digest;
      if (known == null) {
        known = Fingerprint.of(key, bytes);
        digest = known;
      }
      return known;
    }

    boolean lasting() {
      return !(object instanceof TableDefinition table && table.temporary());
    }
  }

  /// The catalog at a version.
  private record Known(long version, Catalog catalog) {}

  private Map<String, Parsed> parsed = Map.of();
  private Map<String, Parsed> lastParsed = Map.of();
  private volatile Known last = new Known(Long.MIN_VALUE, new Catalog(List.of()));
  private Catalog lastPrivate = new Catalog(List.of());
  private long lastPrivateVersion = Long.MIN_VALUE;

  /// The catalog of a snapshot, or of a transaction's own view with its uncommitted changes. The
  /// same object as before unless an entry has changed.
  public Catalog load(Snapshot snapshot) {
    long version = snapshot.entryVersion();
    Known known = last;
    return version >= 0 && version == known.version() ? known.catalog() : load(version, snapshot);
  }

  private synchronized Catalog load(long version, Snapshot snapshot) {
    if (version >= 0) {
      if (version != last.version()) {
        last = new Known(version, read(snapshot));
      }
      return last.catalog();
    }
    if (version != lastPrivateVersion) {
      lastPrivate = read(snapshot);
      lastPrivateVersion = version;
    }
    return lastPrivate;
  }

  private Catalog read(Snapshot view) {
    Map<String, Parsed> read = new HashMap<>();
    List<CatalogObject> objects = new ArrayList<>();
    List<Supplier<byte[]>> digests = new ArrayList<>();
    view.entries(PREFIX)
        .forEach(
            (key, bytes) -> {
              Parsed known = parsed.get(key);
              Parsed entry =
                  known != null && Arrays.equals(known.bytes, bytes)
                      ? known
                      : new Parsed(key, bytes);
              read.put(key, entry);
              objects.add(entry.object);
              if (entry.lasting()) {
                digests.add(entry::digest);
              }
            });
    parsed = read;
    if (view.entryVersion() < 0) {
      return new Catalog(objects, new Fingerprint(digests));
    }
    // Entries of others have changed, not the catalog.
    boolean same = read.equals(lastParsed);
    lastParsed = read;
    return same ? last.catalog() : new Catalog(objects, new Fingerprint(digests));
  }

  private static CatalogObject parse(String key, byte[] bytes) {
    String kind = key.substring(PREFIX.length(), key.indexOf('/', PREFIX.length()));
    return CatalogJson.fromJson(kind, JsonObject.parse(bytes));
  }
}

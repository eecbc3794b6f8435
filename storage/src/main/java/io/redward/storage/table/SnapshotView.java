package io.redward.storage.table;

import java.util.Optional;
import java.util.SortedMap;

/// A snapshot as another one is, but for its tables.
public interface SnapshotView extends Snapshot {
  /// What all but the tables is taken from.
  Snapshot present();

  @Override
  default long version() {
    return present().version();
  }

  @Override
  default long entryVersion() {
    return present().entryVersion();
  }

  @Override
  default Optional<byte[]> entry(String key) {
    return present().entry(key);
  }

  @Override
  default SortedMap<String, byte[]> entries(String prefix) {
    return present().entries(prefix);
  }
}

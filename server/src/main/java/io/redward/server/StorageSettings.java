package io.redward.server;

import io.redward.storage.cache.CacheOptions;
import io.redward.storage.cache.DiskTier;
import io.redward.storage.namespace.AutomaticSnapshots;
import io.redward.storage.namespace.StorageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Where a warehouse keeps its objects and for how long.
///
/// @param store where the objects are; empty for the data directory
/// @param history how far back tables can be seen; objects that were dropped stay as long
/// @param snapshotEvery time between automatic snapshots; zero for none
/// @param snapshotKept how long one is kept
/// @param cache what is kept near at hand
public record StorageSettings(
    Optional<StoreAddress> store,
    Duration history,
    Duration snapshotEvery,
    Duration snapshotKept,
    CacheSettings cache) {
  static final Duration DAY = Duration.ofDays(1);
  static final Duration SNAPSHOT_EVERY = Duration.ofHours(8);

  /// A day of history, a snapshot every eight hours.
  public static StorageSettings of(Optional<StoreAddress> store) {
    return new StorageSettings(store, DAY, SNAPSHOT_EVERY, DAY, CacheSettings.DEFAULT);
  }

  public StorageSettings withCache(CacheSettings kept) {
    return new StorageSettings(store, history, snapshotEvery, snapshotKept, kept);
  }

  /// @param disk the disk tier of the cache, if there is one
  /// @param hotSet the file for what is hot in it
  StorageOptions options(Optional<DiskTier> disk, Path hotSet) {
    StorageOptions options = StorageOptions.defaults();
    if (store.isPresent()) {
      options = options.withCommits(store.get().commits());
    }
    CacheOptions kept =
        new CacheOptions(
            cache.memoryBytes().orElse(options.cache().memoryBytes()),
            disk,
            Optional.of(hotSet),
            store.map(StoreAddress::isElsewhere).orElse(false) ? cache.prefetch() : 0);
    return options
        .withCache(kept)
        .withCommits(options.commits().withRetention(history))
        .withSnapshots(
            new AutomaticSnapshots.Schedule(snapshotEvery, snapshotKept, InstantSource.system()));
  }
}

package io.redward.server;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.cache.DiskTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// What a warehouse keeps near at hand.
///
/// @param memoryBytes limit of the memory tier; empty for a share of the heap
/// @param diskBytes limit of the disk tier, 0 for none; empty for a share of the free space where
///     the store is a bucket
/// @param directory of the disk tier; empty for one in the data directory
/// @param prefetch requests read ahead at a time of a store elsewhere
public record CacheSettings(
    OptionalLong memoryBytes, OptionalLong diskBytes, Optional<Path> directory, int prefetch) {
  static final int PREFETCH = 16;

  /// What is kept if nothing is said.
  public static final CacheSettings DEFAULT =
      new CacheSettings(OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), PREFETCH);

  private static final int FREE_SHARE = 4;

  /// The disk tier for a store, if it is to have one.
  ///
  /// @param data the data directory
  /// @throws SqlException INVALID_PARAMETER_VALUE if one is asked for where it makes no sense
  Optional<DiskTier> openDisk(Path data, Optional<StoreAddress> store) {
    boolean elsewhere = store.map(StoreAddress::isElsewhere).orElse(false);
    if (!elsewhere) {
      if (diskBytes.orElse(0) > 0) {
        throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "a store on this machine is not cached on its disk")
            .withHint("Leave out --cache-disk, or give a store elsewhere with --store.");
      }
      return Optional.empty();
    }
    boolean bucket = store.map(StoreAddress::isBucket).orElse(false);
    Path place = directory.orElse(data.resolve("cache"));
    long bytes = diskBytes.orElseGet(() -> bucket ? free(place) / FREE_SHARE : 0);
    return bytes == 0 ? Optional.empty() : Optional.of(DiskTier.open(place, bytes));
  }

  private static long free(Path place) {
    Path there = place.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }
}

package io.redward.storage.cache;

import java.util.Optional;

/// What a namespace keeps near at hand.
///
/// @param memoryBytes limit of the memory tier
/// @param disk the disk tier, if its store is read through one
public record CacheOptions(long memoryBytes, Optional<DiskTier> disk) {
  public CacheOptions {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException("a cache of less than nothing");
    }
  }

  public static CacheOptions inMemory(long bytes) {
    return new CacheOptions(bytes, Optional.empty());
  }

  public CacheOptions withMemoryBytes(long bytes) {
    return new CacheOptions(bytes, disk);
  }

  public CacheOptions withDisk(DiskTier tier) {
    return new CacheOptions(memoryBytes, Optional.of(tier));
  }
}

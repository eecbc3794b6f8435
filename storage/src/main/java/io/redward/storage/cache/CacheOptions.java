package io.redward.storage.cache;

import java.util.Optional;

/// What a namespace keeps near at hand.
///
/// @param memoryBytes limit of the memory tier
/// @param disk the disk tier, if its store is read through one
/// @param prefetchThreads blocks read ahead at a time, 0 for none: a store that answers at once
///     gains nothing by it
public record CacheOptions(long memoryBytes, Optional<DiskTier> disk, int prefetchThreads) {
  public CacheOptions {
    if (memoryBytes < 0 || prefetchThreads < 0) {
      throw new IllegalArgumentException("cache options out of range");
    }
  }

  public static CacheOptions inMemory(long bytes) {
    return new CacheOptions(bytes, Optional.empty(), 0);
  }

  public CacheOptions withMemoryBytes(long bytes) {
    return new CacheOptions(bytes, disk, prefetchThreads);
  }

  public CacheOptions withDisk(DiskTier tier) {
    return new CacheOptions(memoryBytes, Optional.of(tier), prefetchThreads);
  }

  public CacheOptions withPrefetchThreads(int threads) {
    return new CacheOptions(memoryBytes, disk, threads);
  }
}

package io.redward.storage.cache;

import java.nio.file.Path;
import java.util.Optional;

/// What a namespace keeps near at hand.
///
/// @param memoryBytes limit of the memory tier
/// @param disk the disk tier, if its store is read through one
/// @param hotSet the file that says what is hot, for the time after a restart, if one is kept
/// @param prefetchThreads blocks read ahead at a time, 0 for none: a store that answers at once
///     gains nothing by it
public record CacheOptions(
    long memoryBytes, Optional<DiskTier> disk, Optional<Path> hotSet, int prefetchThreads) {
  public CacheOptions {
    if (memoryBytes < 0 || prefetchThreads < 0) {
      throw new IllegalArgumentException("cache options out of range");
    }
  }

  public static CacheOptions inMemory(long bytes) {
    return new CacheOptions(bytes, Optional.empty(), Optional.empty(), 0);
  }

  public CacheOptions withMemoryBytes(long bytes) {
    return new CacheOptions(bytes, disk, hotSet, prefetchThreads);
  }

  public CacheOptions withDisk(DiskTier tier) {
    return new CacheOptions(memoryBytes, Optional.of(tier), hotSet, prefetchThreads);
  }

  public CacheOptions withHotSet(Path file) {
    return new CacheOptions(memoryBytes, disk, Optional.of(file), prefetchThreads);
  }

  public CacheOptions withPrefetchThreads(int threads) {
    return new CacheOptions(memoryBytes, disk, hotSet, threads);
  }
}

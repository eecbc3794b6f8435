package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.storage.cache.CacheOptions;
import io.redward.storage.cache.CachedObjectStore;
import io.redward.storage.cache.DiskTier;
import io.redward.storage.cache.HotBlock;
import io.redward.storage.cache.HotSet;
import io.redward.storage.objectstore.ForwardingObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.CacheTier;
import io.redward.storage.table.RowsetSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes back into the cache after a restart.
final class RehydrationTest {
  private static final StorageOptions OPTIONS = new StorageOptions(64 << 20, 2, 1_000, 1_000);
  private static final int ROWS = 4 * RowsetSnapshot.BLOCK_ROWS;

  @TempDir private Path directory;
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void theMemoryOfALocalStoreIsBroughtBackHottestFirst() throws InterruptedException {
    Path hot = directory.resolve("hot");
    Path data = directory.resolve("data");
    CacheOptions cache = CacheOptions.inMemory(64 << 20).withHotSet(hot);
    try (LocalNamespace namespace = LocalNamespace.open(data, OPTIONS.withCache(cache))) {
      TestTable.insert(namespace, 0, ROWS);
      use(namespace);
    }
    List<HotBlock> recorded = HotSet.read(hot).blocks();
    assertThat(recorded.stream().map(HotBlock::heat).toList()).isSortedAccordingTo((a, b) -> b - a);
    assertThat(recorded).hasSizeGreaterThanOrEqualTo(4);
    assertThat(recorded.getFirst().key().columnId()).isEqualTo(1);
    assertThat(recorded.getFirst().key().block()).isEqualTo(1);
    try (LocalNamespace namespace = LocalNamespace.open(data, OPTIONS.withCache(cache))) {
      awaitRehydrated(namespace, 0, recorded.size());
      use(namespace);
      CacheTier memory = namespace.cache().getFirst();
      assertThat(memory.misses()).isZero();
      assertThat(memory.hits()).isPositive();
      assertThat(memory.prefetched()).isZero();
    }
  }

  @Test
  void aDiskThatWasLostIsFilledAgainFromTheStore() throws Exception {
    ObjectStore remote = new InMemoryObjectStore();
    Path cache = directory.resolve("cache");
    try (LocalNamespace namespace = open(remote, cache)) {
      TestTable.insert(namespace, 0, ROWS);
      use(namespace);
    }
    // A machine that starts with nothing but what was hot.
    Path fresh = directory.resolve("fresh");
    Files.createDirectories(fresh);
    Files.copy(cache.resolve("hot"), fresh.resolve("hot"));
    try (LocalNamespace namespace = open(remote, fresh)) {
      awaitRehydrated(namespace, 0, HotSet.read(fresh.resolve("hot")).blocks().size());
      awaitFiles(fresh, files(cache));
      int before = reads.get();
      use(namespace);
      assertThat(reads).as("reads of the store").hasValue(before);
    }
  }

  @Test
  void blocksThatAreNoMoreAreLeftOut() throws Exception {
    Path hot = directory.resolve("hot");
    Path data = directory.resolve("data");
    CacheOptions cache = CacheOptions.inMemory(64 << 20).withHotSet(hot);
    try (LocalNamespace namespace = LocalNamespace.open(data, OPTIONS.withCache(cache))) {
      TestTable.insert(namespace, 0, ROWS);
      use(namespace);
    }
    Path other = directory.resolve("other");
    try (LocalNamespace namespace = LocalNamespace.open(other, OPTIONS.withCache(cache))) {
      assertThat(namespace.snapshot().table(TestTable.ID).rowsets()).isEmpty();
    }
    try (LocalNamespace namespace = LocalNamespace.open(other, OPTIONS.withCache(cache))) {
      assertThat(namespace.cache().getFirst().rehydrated()).isZero();
    }
  }

  private LocalNamespace open(ObjectStore remote, Path cache) {
    ObjectStore counted =
        new ForwardingObjectStore(remote) {
          @Override
          public byte[] read(String key, long offset, int length) {
            reads.incrementAndGet();
            return super.read(key, offset, length);
          }

          @Override
          public void close() {}
        };
    DiskTier disk = DiskTier.open(cache, 64 << 20);
    CacheOptions options =
        CacheOptions.inMemory(64 << 20).withDisk(disk).withHotSet(cache.resolve("hot"));
    return LocalNamespace.open(
        CachedObjectStore.open(counted, disk, "here"), OPTIONS.withCache(options));
  }

  /// Reads block 1 of column 1 of the first rowset most, the others once or twice.
  private static void use(LocalNamespace namespace) {
    List<RowsetSnapshot> rowsets = namespace.snapshot().table(TestTable.ID).rowsets();
    for (RowsetSnapshot rowset : rowsets) {
      for (int block = 0; block < rowset.blockCount(); block++) {
        rowset.block(1, block);
        rowset.block(2, block);
      }
    }
    for (int i = 0; i < 10; i++) {
      rowsets.getFirst().block(1, 1);
    }
  }

  private static void awaitRehydrated(LocalNamespace namespace, int tier, long blocks)
      throws InterruptedException {
    while (namespace.cache().get(tier).rehydrated() < blocks) {
      Thread.sleep(5);
    }
  }

  private static void awaitFiles(Path cache, long count) throws Exception {
    while (files(cache) < count) {
      Thread.sleep(5);
    }
  }

  private static long files(Path cache) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(path -> path.toString().endsWith(".blk")).count();
    }
  }
}

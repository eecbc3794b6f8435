package io.redward.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.Physical;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.table.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BlockCacheTest {
  private static final int ROWS = 1_000;
  private static final long BLOCK_BYTES = block(0).heldBytes();

  @Test
  void whatFitsIsLoadedOnce() {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    AtomicInteger loads = new AtomicInteger();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 10; i++) {
        get(cache, i, loads);
      }
    }
    assertThat(loads).hasValue(10);
    assertThat(cache.counters())
        .isEqualTo(new BlockCache.Counters(20, 10, 0, 0, 10 * BLOCK_BYTES, 10 * BLOCK_BYTES, 10));
  }

  @Test
  void theLimitIsKept() {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    for (int i = 0; i < 100; i++) {
      get(cache, i, new AtomicInteger());
      assertThat(cache.counters().heldBytes()).isLessThanOrEqualTo(10 * BLOCK_BYTES);
    }
    assertThat(cache.counters().blocks()).isEqualTo(10);
  }

  @Test
  void aLongScanDoesNotDriveOutWhatIsUsedAgain() {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      get(cache, i, loads);
      get(cache, i, loads);
    }
    for (int scanned = 100; scanned < 200; scanned++) {
      get(cache, scanned, new AtomicInteger());
      if (scanned % 5 == 0) {
        for (int i = 0; i < 4; i++) {
          get(cache, i, loads);
        }
      }
    }
    assertThat(loads).hasValue(4);
  }

  @Test
  void aBlockLargerThanTheCacheIsHandedOutAndForgotten() {
    BlockCache cache = new BlockCache(1);
    AtomicInteger loads = new AtomicInteger();
    assertThat(get(cache, 1, loads).rowCount()).isEqualTo(ROWS);
    assertThat(get(cache, 1, loads).rowCount()).isEqualTo(ROWS);
    assertThat(loads).hasValue(2);
    assertThat(cache.counters().heldBytes()).isZero();
  }

  @Test
  void aFailedLoadIsTriedAgain() {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    BlockKey key = new BlockKey(1, 1, 1);
    assertThatThrownBy(
            () ->
                cache.get(
                    key,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(cache.get(key, () -> block(1)).rowCount()).isEqualTo(ROWS);
  }

  @Test
  void manyWhoAskAtOnceWaitForOneLoad() throws InterruptedException {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(start);
                    for (int key = 0; key < 10; key++) {
                      get(cache, key, loads);
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(loads).hasValue(10);
  }

  @Test
  void whatIsLoadedAheadIsAHitAndNoMiss() {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    AtomicInteger loads = new AtomicInteger();
    assertThat(cache.loadAhead(new BlockKey(1, 1, 1), 0, () -> block(1))).isTrue();
    assertThat(cache.loadAhead(new BlockKey(1, 1, 1), 0, () -> block(1))).isFalse();
    get(cache, 1, loads);
    assertThat(loads).hasValue(0);
    assertThat(cache.counters().hits()).isEqualTo(1);
    assertThat(cache.counters().misses()).isZero();
    assertThat(cache.counters().ahead()).isEqualTo(1);
  }

  @Test
  void theHottestAreThoseUsedMostAndLately() {
    BlockCache cache = new BlockCache(10 * BLOCK_BYTES);
    for (int i = 0; i < 5; i++) {
      for (int use = 0; use <= 2 * i; use++) {
        get(cache, i, new AtomicInteger());
      }
    }
    assertThat(cache.hottest(2).stream().map(hot -> hot.key().rowsetId())).containsExactly(4, 3);
    for (int use = 0; use < 7; use++) {
      get(cache, 2, new AtomicInteger());
    }
    assertThat(cache.hottest(1).getFirst().key().rowsetId()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Block get(BlockCache cache, int key, AtomicInteger loads) {
    return cache.get(
        new BlockKey(key, 1, 1),
        () -> {
          loads.incrementAndGet();
          return block(key);
        });
  }

  private static Block block(int seed) {
    LongVector vector = new LongVector(ROWS);
    for (int row = 0; row < ROWS; row++) {
      vector.values[row] = seed + row * 7919L % 1000;
    }
    return BlockReader.read(BlockWriter.encode(vector, ROWS, "raw").bytes(), Physical.LONG);
  }
}

package io.redward.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.Physical;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.table.Block;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PrefetcherTest {
  private static final long ROOM = 16 << 20;

  private final BlockCache cache = new BlockCache(ROOM);
  private final AtomicInteger loads = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void whatIsReadAheadIsAHitForWhoeverAsksMeanwhileOrLater() throws InterruptedException {
    try (Prefetcher prefetcher = new Prefetcher(cache, 1, ROOM)) {
      prefetcher.offer(key(1), 100, () -> true, this::slowBlock);
      begun.await();
      Thread release = Thread.ofPlatform().start(gate::countDown);
      cache.get(key(1), this::slowBlock);
      release.join();
      cache.get(key(1), this::slowBlock);
    }
    assertThat(loads).hasValue(1);
    assertThat(cache.counters().hits()).isEqualTo(2);
    assertThat(cache.counters().misses()).isZero();
    assertThat(cache.counters().ahead()).isEqualTo(1);
  }

  @Test
  void whatIsNoLongerWantedWhenItsTurnComesIsNotRead() throws InterruptedException {
    CountDownLatch last = new CountDownLatch(1);
    try (Prefetcher prefetcher = new Prefetcher(cache, 1, ROOM)) {
      prefetcher.offer(key(1), 100, () -> true, this::slowBlock);
      for (int i = 2; i < 50; i++) {
        prefetcher.offer(key(i), 100, () -> false, this::slowBlock);
      }
      prefetcher.offer(
          key(50),
          100,
          () -> {
            last.countDown();
            return false;
          },
          this::slowBlock);
      gate.countDown();
      assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void noMoreIsUnderWayThanTheBoundsAllow() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    try (Prefetcher prefetcher = new Prefetcher(cache, 1, ROOM)) {
      prefetcher.offer(key(1), ROOM / 16, () -> true, this::slowBlock);
      begun.await();
      for (int i = 2; i < 20; i++) {
        prefetcher.offer(key(i), ROOM / 16, () -> asked.incrementAndGet() > 0, this::slowBlock);
      }
      gate.countDown();
      while (asked.get() == 0) {
        Thread.onSpinWait();
      }
    }
    assertThat(asked).as("of an eighth of memory, a sixteenth was left").hasValue(1);
  }

  @Test
  void whatFailsIsLeftToWhoeverNeedsIt() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    try (Prefetcher prefetcher = new Prefetcher(cache, 1, ROOM)) {
      prefetcher.offer(
          key(1),
          100,
          () -> true,
          () -> {
            failed.countDown();
            throw new IllegalStateException("gone");
          });
      failed.await();
      gate.countDown();
      assertThat(cache.get(key(1), this::slowBlock).rowCount()).isEqualTo(10);
    }
    assertThat(loads).hasValue(1);
  }

  private Block slowBlock() {
    loads.incrementAndGet();
    begun.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return BlockReader.read(
        BlockWriter.encode(new LongVector(10), 10, "raw").bytes(), Physical.LONG);
  }

  private static BlockKey key(int number) {
    return new BlockKey(number, 1, 1);
  }
}

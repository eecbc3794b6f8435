package io.redward.storage.cache;

import io.redward.storage.table.Block;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The memory tier: keeps opened blocks up to a limit of bytes; a [TwoLevelClock] says which.
/// Thread-safe; a block is loaded once however many ask for it at a time.
public final class BlockCache {
  private final ConcurrentHashMap<BlockKey, Slot> slots = new ConcurrentHashMap<>();
  private final TwoLevelClock<Slot> clock;
  private final LongAdder hits = new LongAdder();
  private final Heat heat = new Heat();
  private final LongAdder misses = new LongAdder();
  private final LongAdder ahead = new LongAdder();
  private long evicted;

  public BlockCache(long limitBytes) {
    clock = new TwoLevelClock<>(limitBytes);
  }

  /// What the cache has done and holds.
  ///
  /// @param ahead blocks loaded before they were asked for
  public record Counters(
      long hits,
      long misses,
      long ahead,
      long evicted,
      long heldBytes,
      long limitBytes,
      long blocks) {}

  /// The block at `key`, loaded by `loader` if it is not there. What the loader throws is thrown
  /// here and nothing is kept.
  public Block get(BlockKey key, Supplier<Block> loader) {
    while (true) {
      Slot slot = slots.computeIfAbsent(key, Slot::new);
      Block block = slot.block;
      if (block != null) {
        slot.touch();
        hits.increment();
        BlockReads.current().found(slot.bytes);
        return block;
      }
      Block loaded = load(slot, loader);
      if (loaded != null) {
        return loaded;
      }
    }
  }

  /// Loads a block that will be asked for, if it is not there.
  ///
  /// @param heat of an earlier life of the block, or 0
  /// @return true if it was loaded
  public boolean loadAhead(BlockKey key, int heat, Supplier<Block> loader) {
    Slot slot = slots.computeIfAbsent(key, Slot::new);
    if (slot.block != null) {
      return false;
    }
    synchronized (slot) {
      if (slot.block != null || slot.isGone()) {
        return false;
      }
      slot.warm(heat);
      fill(slot, loader);
      ahead.increment();
      return true;
    }
  }

  public boolean contains(BlockKey key) {
    Slot slot = slots.get(key);
    return slot != null && slot.block != null;
  }

  /// True if what is loaded now drives out something else.
  public boolean isFull() {
    synchronized (clock) {
      return clock.bytes() >= clock.limitBytes() / 100 * 95;
    }
  }

  /// The most used blocks, hottest first; see [Heat].
  public List<HotBlock> hottest(int most) {
    List<Slot> all;
    synchronized (clock) {
      all = clock.entries();
    }
    return heat.hottest(all, most, hits.sum(), slot -> new HotBlock(slot.key, slot.heat()));
  }

  public Counters counters() {
    synchronized (clock) {
      return new Counters(
          hits.sum(),
          misses.sum(),
          ahead.sum(),
          evicted,
          clock.bytes(),
          clock.limitBytes(),
          slots.size());
    }
  }

  /// Loads into the slot, or waits for whoever does; null if the slot has gone meanwhile.
  private @Nullable Block load(Slot slot, Supplier<Block> loader) {
    synchronized (slot) {
      Block present = slot.block;
      if (present != null) {
        slot.touch();
        hits.increment();
        BlockReads.current().found(slot.bytes);
        return present;
      }
      if (slot.isGone()) {
        return null;
      }
      misses.increment();
      Block loaded = fill(slot, loader);
      BlockReads.current().waitedFor(slot.bytes);
      return loaded;
    }
  }

  private Block fill(Slot slot, Supplier<Block> loader) {
    Block block;
    try {
      block = loader.get();
    } catch (RuntimeException | Error e) {
      slot.setGone();
      slots.remove(slot.key, slot);
      throw e;
    }
    slot.bytes = block.heldBytes();
    slot.block = block;
    admit(slot);
    return block;
  }

  private void admit(Slot slot) {
    synchronized (clock) {
      clock.add(slot);
      Slot victim = clock.evict();
      while (victim != null) {
        slots.remove(victim.key, victim);
        evicted++;
        victim = clock.evict();
      }
    }
  }

  private static final class Slot extends ClockEntry {
    private final BlockKey key;
    private volatile @Nullable Block block;
    private long bytes;

    Slot(BlockKey key) {
      this.key = key;
    }

    @Override
    long bytes() {
      return bytes;
    }
  }
}

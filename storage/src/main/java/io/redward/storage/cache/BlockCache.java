package io.redward.storage.cache;

import io.redward.storage.table.Block;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps opened blocks up to a limit of bytes. Thread-safe; a block is loaded once however many ask
/// for it at a time.
///
/// Replacement is a clock of two levels, as for the cache in "Amazon Redshift Re-invented" §3.1: a
/// block enters the cold level; the hand over the cold level promotes blocks that were hit since
/// and evicts the others; the hand over the hot level sends blocks that were not hit back to the
/// cold one. So a scan of a table that is larger than the cache does not drive out what is used
/// again and again.
public final class BlockCache {
  /// The cold level keeps at least this share of the limit before hot blocks stay.
  private static final int HOT_SHARE_PERCENT = 75;

  private final long limitBytes;
  private final ConcurrentHashMap<BlockKey, Slot> slots = new ConcurrentHashMap<>();
  private final ArrayDeque<Slot> cold = new ArrayDeque<>();
  private final ArrayDeque<Slot> hot = new ArrayDeque<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private long coldBytes;
  private long hotBytes;

  public BlockCache(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /// What the cache has done and holds.
  public record Counters(long hits, long misses, long heldBytes, long blocks) {}

  /// The block at `key`, loaded by `loader` if it is not there. What the loader throws is thrown
  /// here and nothing is kept.
  public Block get(BlockKey key, Supplier<Block> loader) {
    while (true) {
      Slot slot = slots.computeIfAbsent(key, Slot::new);
      Block block = slot.block;
      if (block != null) {
        slot.touched = true;
        hits.increment();
        return block;
      }
      Block loaded = load(slot, loader);
      if (loaded != null) {
        return loaded;
      }
    }
  }

  public Counters counters() {
    long held;
    synchronized (cold) {
      held = coldBytes + hotBytes;
    }
    return new Counters(hits.sum(), misses.sum(), held, slots.size());
  }

  /// Loads into the slot, or waits for whoever does; null if the slot has gone meanwhile.
  private @Nullable Block load(Slot slot, Supplier<Block> loader) {
    synchronized (slot) {
      Block present = slot.block;
      if (present != null) {
        hits.increment();
        return present;
      }
      if (slot.gone) {
        return null;
      }
      misses.increment();
      Block block;
      try {
        block = loader.get();
      } catch (RuntimeException | Error e) {
        slot.gone = true;
        slots.remove(slot.key, slot);
        throw e;
      }
      slot.block = block;
      slot.bytes = block.heldBytes();
      admit(slot);
      return block;
    }
  }

  private void admit(Slot slot) {
    synchronized (cold) {
      cold.addLast(slot);
      coldBytes += slot.bytes;
      while (coldBytes + hotBytes > limitBytes && !(cold.isEmpty() && hot.isEmpty())) {
        if (cold.isEmpty() || hotBytes * 100 > limitBytes * HOT_SHARE_PERCENT) {
          turnHotHand();
        } else {
          turnColdHand();
        }
      }
    }
  }

  private void turnColdHand() {
    Slot slot = cold.removeFirst();
    coldBytes -= slot.bytes;
    if (slot.touched) {
      slot.touched = false;
      hot.addLast(slot);
      hotBytes += slot.bytes;
    } else {
      slot.gone = true;
      slots.remove(slot.key, slot);
    }
  }

  private void turnHotHand() {
    Slot slot = hot.removeFirst();
    if (slot.touched) {
      slot.touched = false;
      hot.addLast(slot);
    } else {
      hotBytes -= slot.bytes;
      cold.addLast(slot);
      coldBytes += slot.bytes;
    }
  }

  private static final class Slot {
    private final BlockKey key;
    private volatile @Nullable Block block;
    private volatile boolean touched;
    private volatile boolean gone;
    private long bytes;

    Slot(BlockKey key) {
      this.key = key;
    }
  }
}

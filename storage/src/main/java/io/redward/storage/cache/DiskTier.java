package io.redward.storage.cache;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.DirectoryLock;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.CacheTier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The disk tier: ranges of objects as the object store gave them, a file each, up to a limit of
/// bytes; a [TwoLevelClock] says which. Below an encrypted namespace it holds what is encrypted.
/// Thread-safe.
///
/// It never fails a reader. A file that is missing, torn or damaged is a miss and is given up; a
/// disk that takes no more switches admission off for a while. Files outlive the process: the next
/// one takes over what their names say and checks each when it is read.
public final class DiskTier implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DiskTier.class);

  /// Files take whole blocks of the file system.
  private static final long FILE_UNIT = 4096;

  /// A range may take this share of the limit.
  private static final int LARGEST_SHARE = 8;

  private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
  private final Path directory;
  private final CacheFiles files;
  private final Runnable release;
  private final LongSupplier nanos;
  private final TwoLevelClock<DiskEntry> clock;
  private final Map<String, Map<BlockRange, DiskEntry>> objects = new HashMap<>();
  private final LongAdder hits = new LongAdder();
  private final Heat heat = new Heat();
  private final LongAdder misses = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder damaged = new LongAdder();
  private Path root;
  private long blocks;
  private long admitted;
  private long evicted;
  private boolean closed;
  private volatile @Nullable ObjectStore source;
  private volatile String namespace = "";
  private volatile long resumeNanos;
  private volatile boolean paused;

  private DiskTier(
      Path directory, long limitBytes, CacheFiles files, Runnable release, LongSupplier nanos) {
    this.directory = directory;
    this.files = files;
    this.release = release;
    this.nanos = nanos;
    root = directory;
    clock = new TwoLevelClock<>(limitBytes);
  }

  /// Takes a directory, which belongs to one process at a time.
  ///
  /// @throws SqlException OBJECT_IN_USE if another process has it
  public static DiskTier open(Path directory, long limitBytes) {
    Path absolute = directory.toAbsolutePath().normalize();
    DirectoryLock lock;
    try {
      lock = DirectoryLock.acquire(absolute);
    } catch (SqlException e) {
      throw e.state() == SqlState.OBJECT_IN_USE
          ? new SqlException(
                  SqlState.OBJECT_IN_USE,
                  "cache directory \"" + directory + "\" is in use by another process",
                  e)
              .withHint("Give each server a cache directory of its own with --cache-dir.")
          : e;
    }
    return new DiskTier(absolute, limitBytes, new DirectoryFiles(), lock::close, System::nanoTime);
  }

  /// The same over other files and another clock.
  static DiskTier open(Path directory, long limitBytes, CacheFiles files, LongSupplier nanos) {
    return new DiskTier(directory, limitBytes, files, () -> {}, nanos);
  }

  /// The name of the namespace whose ranges these are.
  public String namespace() {
    return namespace;
  }

  /// True if what is taken in now drives out something else.
  public boolean isFull() {
    synchronized (clock) {
      return clock.bytes() >= clock.limitBytes() / 100 * 95;
    }
  }

  public Path directory() {
    return directory;
  }

  /// Takes over what is there of a namespace and removes what is there of others.
  ///
  /// @param namespace a name that no other contents ever have, fit for a directory
  /// @param store from which the ranges come
  void begin(String namespace, ObjectStore store) {
    source = store;
    this.namespace = namespace;
    root = directory.resolve(namespace);
    List<CacheFiles.Found> found;
    try {
      found = files.list(directory);
    } catch (IOException e) {
      LOGGER.warn("the cache directory {} cannot be read: {}", directory, e.toString());
      return;
    }
    List<BlockRange> evictedRanges = new ArrayList<>();
    for (CacheFiles.Found file : found) {
      Optional<BlockRange> range =
          file.path().startsWith(root) ? RangeFile.rangeOf(root, file.path()) : Optional.empty();
      if (range.isPresent()) {
        DiskEntry entry = new DiskEntry(range.get(), charged(file.bytes()));
        synchronized (clock) {
          clock.add(entry);
          index(entry);
          evictedRanges.addAll(evictOver());
        }
      } else if (RangeFile.rangeOf(directory, file.path()).isPresent()) {
        deleteFile(file.path());
      }
    }
    evictedRanges.forEach(range -> deleteFile(RangeFile.path(root, range)));
  }

  /// A range, checked, if it is here.
  Optional<byte[]> find(BlockRange range) {
    DiskEntry entry = entry(range);
    if (entry == null) {
      misses.increment();
      return Optional.empty();
    }
    try {
      byte[] bytes = RangeFile.read(range, files.read(RangeFile.path(root, range)));
      entry.touch();
      hits.increment();
      return Optional.of(bytes);
    } catch (IOException | MalformedBytesException e) {
      if (forget(entry)) {
        damaged.increment();
        LOGGER.warn("cached block {} is given up: {}", range, e.toString());
        deleteFile(RangeFile.path(root, range));
      }
      misses.increment();
      return Optional.empty();
    }
  }

  public boolean contains(BlockRange range) {
    return entry(range) != null;
  }

  /// Keeps a range that has been read from the store, if there is room.
  ///
  /// @param heat of an earlier life, or 0
  void admit(BlockRange range, byte[] bytes, int heat) {
    if (isPaused()) {
      refused.increment();
      return;
    }
    byte[] file = RangeFile.write(range, bytes);
    DiskEntry entry = new DiskEntry(range, charged(file.length));
    if (entry.bytes() > clock.limitBytes() / LARGEST_SHARE) {
      return;
    }
    entry.warm(heat);
    List<BlockRange> victims;
    synchronized (clock) {
      if (closed || entry(range) != null) {
        return;
      }
      clock.add(entry);
      victims = evictOver();
    }
    victims.forEach(victim -> deleteFile(RangeFile.path(root, victim)));
    Path path = RangeFile.path(root, range);
    try {
      files.write(path, file);
    } catch (IOException e) {
      pause(e);
      refused.increment();
      synchronized (clock) {
        clock.remove(entry);
      }
      deleteFile(path);
      return;
    }
    boolean kept;
    synchronized (clock) {
      kept = !entry.isGone();
      if (kept) {
        index(entry);
        admitted++;
      }
    }
    if (!kept) {
      deleteFile(path);
    }
  }

  /// Gives up all ranges of an object.
  void drop(String object) {
    List<BlockRange> ranges = new ArrayList<>();
    synchronized (clock) {
      Map<BlockRange, DiskEntry> entries = objects.remove(object);
      if (entries == null) {
        return;
      }
      for (DiskEntry entry : entries.values()) {
        clock.remove(entry);
        blocks--;
        ranges.add(entry.range);
      }
    }
    ranges.forEach(range -> deleteFile(RangeFile.path(root, range)));
  }

  /// The most used ranges, hottest first; see [Heat].
  public List<HotRange> hottest(int most) {
    List<DiskEntry> all;
    synchronized (clock) {
      all = clock.entries();
    }
    return heat.hottest(all, most, hits.sum(), entry -> new HotRange(entry.range, entry.heat()));
  }

  /// Reads a range that was hot from the store unless it is here.
  ///
  /// @return true if it was brought back
  /// @throws SqlException if the store does not give it
  boolean bringBack(HotRange hot) {
    ObjectStore store = source;
    if (store == null || contains(hot.range())) {
      return false;
    }
    BlockRange range = hot.range();
    admit(range, store.read(range.object(), range.offset(), range.length()), hot.heat());
    return contains(range);
  }

  /// Gives a range that is here the heat of its earlier life.
  public void warm(HotRange hot) {
    DiskEntry entry = entry(hot.range());
    if (entry != null && entry.heat() < hot.heat()) {
      entry.warm(hot.heat());
    }
  }

  /// @param rehydrated blocks brought back after the start
  public CacheTier counters(long rehydrated) {
    synchronized (clock) {
      return new CacheTier(
          "disk",
          clock.limitBytes(),
          clock.bytes(),
          blocks,
          hits.sum(),
          misses.sum(),
          admitted,
          evicted,
          refused.sum(),
          damaged.sum(),
          0,
          rehydrated);
    }
  }

  @Override
  public void close() {
    synchronized (clock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    release.run();
  }

  private @Nullable DiskEntry entry(BlockRange range) {
    synchronized (clock) {
      Map<BlockRange, DiskEntry> entries = objects.get(range.object());
      return entries == null ? null : entries.get(range);
    }
  }

  private void index(DiskEntry entry) {
    DiskEntry before =
        objects.computeIfAbsent(entry.range.object(), o -> new HashMap<>()).put(entry.range, entry);
    if (before == null) {
      blocks++;
    } else {
      clock.remove(before);
    }
  }

  /// True if it was still there.
  private boolean forget(DiskEntry entry) {
    synchronized (clock) {
      if (entry.isGone()) {
        return false;
      }
      clock.remove(entry);
      unindex(entry);
      return true;
    }
  }

  private void unindex(DiskEntry entry) {
    Map<BlockRange, DiskEntry> entries = objects.get(entry.range.object());
    if (entries != null && entries.remove(entry.range, entry)) {
      blocks--;
      if (entries.isEmpty()) {
        objects.remove(entry.range.object());
      }
    }
  }

  private List<BlockRange> evictOver() {
    List<BlockRange> victims = new ArrayList<>();
    DiskEntry victim = clock.evict();
    while (victim != null) {
      unindex(victim);
      evicted++;
      victims.add(victim.range);
      victim = clock.evict();
    }
    return victims;
  }

  private boolean isPaused() {
    if (paused && nanos.getAsLong() - resumeNanos >= 0) {
      paused = false;
    }
    return paused;
  }

  private void pause(IOException cause) {
    resumeNanos = nanos.getAsLong() + PAUSE_NANOS;
    if (!paused) {
      LOGGER.warn(
          "the cache directory {} takes nothing for the next {} s: {}",
          directory,
          PAUSE_NANOS / 1_000_000_000,
          cause.toString());
    }
    paused = true;
  }

  private void deleteFile(Path path) {
    try {
      files.deleteIfExists(path);
    } catch (IOException e) {
      LOGGER.warn("could not remove {}: {}", path, e.toString());
    }
  }

  private static long charged(long bytes) {
    return (bytes + FILE_UNIT - 1) / FILE_UNIT * FILE_UNIT;
  }

  private static final class DiskEntry extends ClockEntry {
    private final BlockRange range;
    private final long bytes;

    DiskEntry(BlockRange range, long bytes) {
      this.range = range;
      this.bytes = bytes;
    }

    @Override
    long bytes() {
      return bytes;
    }
  }
}

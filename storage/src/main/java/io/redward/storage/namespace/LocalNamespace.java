package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.cache.BlockAccess;
import io.redward.storage.cache.BlockCache;
import io.redward.storage.commit.Changes;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.Committer;
import io.redward.storage.commit.Origin;
import io.redward.storage.commit.ReadSet;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.objectstore.DirectoryLock;
import io.redward.storage.objectstore.LocalObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.RaceProbe;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.CacheTier;
import io.redward.storage.table.CommitActivity;
import io.redward.storage.table.History;
import io.redward.storage.table.Housekeeping;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A namespace over an object store, open in this process only or, if its options say so, in others
/// too: then what they commit is seen when a statement begins. Made of an object store,
/// the commit log over it, a block cache, and one background thread that writes checkpoints, folds
/// small rowsets and deletes garbage.
public final class LocalNamespace implements Namespace {
  private final ObjectStore store;
  private final Runnable release;
  private final StorageOptions options;
  private final BlockAccess blocks;
  private final Garbage garbage;
  private final Lease lease;
  private final LeaseWatch others;
  private final LeaseKeeper leaseKeeper;
  private final Committer committer;
  private final Maintenance maintenance;
  private final RowsetIds rowsetIds;
  private final StoredHistory history;
  private final CacheKeeper keeper;
  private final AtomicLong lastPrivateContentVersion = new AtomicLong();
  private final Set<StoredTransaction> active = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalNamespace(ObjectStore store, Runnable release, StorageOptions options) {
    this.store = store;
    this.release = release;
    this.options = options;
    EncryptedObjectStore.requireReadable(store);
    blocks = new BlockAccess(options.cache());
    garbage = new Garbage(store, options.commits());
    lease = new Lease(store, options.commits());
    others = new LeaseWatch(store, options.commits(), lease);
    committer =
        new Committer(
            store,
            options.commits(),
            this::published,
            this::oldestActiveVersion,
            lease::requireEntry);
    if (options.commits().shared() && committer.current().version() == 0) {
      RaceProbe.run(store);
    }
    garbage.collectLeftovers(committer.current());
    rowsetIds = new RowsetIds(store, options.commits(), committer.current().maxRowsetId());
    history = new StoredHistory(this, store);
    maintenance = new Maintenance(this, options);
    try {
      lease.acquire(committer, committer.current().version());
    } catch (RuntimeException | Error e) {
      maintenance.close();
      throw e;
    }
    leaseKeeper = LeaseKeeper.start(options.commits(), this::tendLease);
    keeper = new CacheKeeper(options.cache(), blocks, committer.current(), maintenance::pause);
  }

  /// Opens the namespace in `directory`; an empty or missing directory becomes a fresh one.
  ///
  /// @throws SqlException OBJECT_IN_USE if another process has it open; DATA_CORRUPTED if the log
  ///     is damaged
  public static LocalNamespace open(Path directory, StorageOptions options) {
    DirectoryLock lock = DirectoryLock.acquire(directory);
    try {
      return new LocalNamespace(LocalObjectStore.open(directory), lock::close, options);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /// Opens a namespace over a store that is closed with it, with `directory` for what is local. A
  /// directory serves one process at a time.
  ///
  /// @throws SqlException OBJECT_IN_USE if another process has the directory
  public static LocalNamespace open(Path directory, ObjectStore store, StorageOptions options) {
    DirectoryLock lock;
    try {
      lock = DirectoryLock.acquire(directory);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
    try {
      return new LocalNamespace(store, lock::close, options);
    } catch (RuntimeException | Error e) {
      store.close();
      lock.close();
      throw e;
    }
  }

  /// Opens a namespace over a store that nobody else writes to; closes it at the end.
  public static LocalNamespace open(ObjectStore store, StorageOptions options) {
    return new LocalNamespace(store, () -> {}, options);
  }

  @Override
  public Snapshot snapshot() {
    Tenure tenure = lease.tenure();
    tenure.check();
    committer.refresh();
    Superblock current = committer.current();
    return snapshot(current, current, tenure);
  }

  @Override
  public WriteTransaction begin(Isolation isolation, TransactionOwner owner) {
    Tenure tenure = lease.tenure();
    tenure.check();
    committer.refresh();
    // Registered before its base is certain, so that nothing is forgotten that it may ask about.
    while (true) {
      Origin origin =
          new Origin(
              owner,
              isolation,
              isolation == Isolation.SERIALIZABLE ? new ReadSet() : Origin.WAREHOUSE.reads(),
              new ReadSet());
      StoredTransaction transaction =
          new StoredTransaction(this, committer.current(), origin, tenure);
      active.add(transaction);
      if (transaction.base() == committer.current()) {
        return transaction;
      }
      active.remove(transaction);
    }
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public Housekeeping housekeeping() {
    return maintenance;
  }

  @Override
  public CommitActivity activity() {
    return committer.activity();
  }

  @Override
  public long bytesOnDisk() {
    long bytes = committer.logBytes();
    for (TableState table : committer.current().tables()) {
      for (RowsetState rowset : table.rowsets()) {
        bytes += rowset.file().reference().isInline() ? 0 : rowset.file().reference().bytes();
      }
    }
    return bytes;
  }

  @Override
  public List<CacheTier> cache() {
    BlockCache.Counters memory = blocks.memory().counters();
    List<CacheTier> tiers = new ArrayList<>();
    tiers.add(
        new CacheTier(
            "memory",
            memory.limitBytes(),
            memory.heldBytes(),
            memory.blocks(),
            memory.hits(),
            memory.misses(),
            memory.misses() + memory.ahead(),
            memory.evicted(),
            0,
            0,
            memory.ahead() - keeper.rehydration().blocks(),
            keeper.rehydration().blocks()));
    options
        .cache()
        .disk()
        .ifPresent(disk -> tiers.add(disk.counters(keeper.rehydration().ranges())));
    return tiers;
  }

  /// Does all pending maintenance now: folds, checkpoint, garbage.
  public void maintain() {
    maintenance.runNow();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    keeper.close();
    blocks.close();
    leaseKeeper.close();
    maintenance.close();
    collectGarbage();
    lease.release(committer);
    committer.close();
    store.close();
    release.run();
  }

  /// The newest state of the log.
  Superblock newest() {
    committer.refresh();
    return committer.current();
  }

  /// Renews the lease, and says which states are in use.
  void tendLease() {
    long newest = committer.current().version();
    lease.tend(committer, Math.min(newest, garbage.oldestInUse()));
  }

  Tenure tenure() {
    return lease.tenure();
  }

  void collectGarbage() {
    garbage.collect(committer.current(), committer::newest, () -> others.oldestVersion(committer));
  }

  StoredHistory storedHistory() {
    return history;
  }

  /// @param tenure as it was before the superblock was asked for
  Snapshot snapshot(Superblock superblock, Superblock anchor, Tenure tenure) {
    return new StoredSnapshot(superblock, anchor, blocks, tenure);
  }

  long nextPrivateContentVersion() {
    return lastPrivateContentVersion.decrementAndGet();
  }

  RowsetBuilder builder(long tableId, TableShape shape, Consumer<RowsetFile> sealed) {
    RowsetBuilder.Target target = new RowsetBuilder.Target(tableId, store, rowsetIds::next, sealed);
    return new RowsetBuilder(target, written(shape), options.rowsetBlocks());
  }

  /// The shape of what is written here.
  TableShape written(TableShape declared) {
    return options.divided() ? declared : declared.undivided();
  }

  /// Rowsets that a transaction has written.
  ///
  /// @param sinceMillis when the transaction began, by [#wallMillis]
  record Staged(List<RowsetFile> rowsets, long sinceMillis) {}

  long commit(Changes changes, Superblock base, Origin origin, Staged staged) {
    CommitPolicy policy = options.commits();
    // Other processes take objects that nobody refers to for left-overs after a while.
    if (policy.shared()
        && !staged.rowsets().isEmpty()
        && wallMillis() - staged.sinceMillis() > garbage.leftOverAfter().toMillis() / 2) {
      throw new SqlException(
              SqlState.SERIALIZATION_FAILURE,
              "the transaction has been open too long to be committed")
          .withHint("Run it again, in smaller parts.");
    }
    try {
      return committer.commit(changes, base, origin);
    } catch (SqlException e) {
      if (!committer.isUncertain()) {
        discard(staged.rowsets());
      }
      throw e;
    }
  }

  long wallMillis() {
    return options.commits().clock().millis().getAsLong();
  }

  /// Deletes the objects of rowsets that were never committed.
  void discard(List<RowsetFile> rowsets) {
    for (RowsetFile rowset : rowsets) {
      if (!rowset.reference().isInline()) {
        garbage.delete(rowset.reference().objectKey());
      }
    }
  }

  void ended(StoredTransaction transaction) {
    active.remove(transaction);
  }

  /// Version of the oldest state that an open transaction started on.
  long oldestActiveVersion() {
    long oldest = committer.current().version();
    for (StoredTransaction transaction : active) {
      oldest = Math.min(oldest, transaction.baseVersion());
    }
    return oldest;
  }

  Committer committer() {
    return committer;
  }

  Garbage garbage() {
    return garbage;
  }

  private void published(Superblock before, Superblock after) {
    garbage.published(before, after);
    maintenance.published(after);
  }
}

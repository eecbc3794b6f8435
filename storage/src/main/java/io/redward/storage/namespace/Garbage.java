package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.rowset.RowsetReference;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes objects of rowsets that no superblock in use refers to. A superblock is in use while
/// anybody can reach it: the newest one, and those that snapshots and transactions hold on to.
/// Thread-safe.
final class Garbage {
  private static final Logger LOGGER = LoggerFactory.getLogger(Garbage.class);

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final ArrayDeque<Published> live = new ArrayDeque<>();
  private final ArrayDeque<Dropped> dropped = new ArrayDeque<>();

  Garbage(ObjectStore store, CommitPolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /// A superblock that may still be in use.
  private record Published(long version, WeakReference<Superblock> superblock) {}

  /// An object that superblocks before `version` refer to.
  private record Dropped(long version, String key, Instant since) {}

  /// Deletes what crashed or rolled-back transactions have left behind. Only before anybody in this
  /// process writes; what other processes may be about to commit, or may still read, stays.
  void collectLeftovers(Superblock current) {
    Set<String> referenced = objectKeys(current);
    Instant now = now();
    for (ObjectSummary object : store.list("data/")) {
      if (!referenced.contains(object.key()) && isOver(object.modified(), now)) {
        delete(object.key());
      }
    }
    published(current);
  }

  synchronized void published(Superblock superblock) {
    live.addLast(new Published(superblock.version(), new WeakReference<>(superblock)));
  }

  /// Notes what `after` no longer refers to.
  synchronized void published(Superblock before, Superblock after) {
    published(after);
    Instant since = now();
    for (TableState table : before.tables()) {
      TableState now = after.table(table.tableId()).orElse(null);
      if (now != table) {
        Set<Integer> kept = new HashSet<>();
        if (now != null) {
          now.rowsets().forEach(rowset -> kept.add(rowset.rowsetId()));
        }
        for (RowsetState rowset : table.rowsets()) {
          RowsetReference reference = rowset.file().reference();
          if (!reference.isInline() && !kept.contains(reference.rowsetId())) {
            dropped.addLast(new Dropped(after.version(), reference.objectKey(), since));
          }
        }
      }
    }
  }

  /// True if there may be something to delete.
  synchronized boolean isDue() {
    Dropped first = dropped.peekFirst();
    return first != null && isOver(first.since(), now());
  }

  /// Deletes what nobody can see any more.
  void collect() {
    while (true) {
      Dropped next;
      synchronized (this) {
        Iterator<Published> oldest = live.iterator();
        while (oldest.hasNext()) {
          if (oldest.next().superblock().get() == null) {
            oldest.remove();
          }
        }
        next = dropped.peekFirst();
        if (next == null
            || !live.isEmpty() && live.peekFirst().version() < next.version()
            || !isOver(next.since(), now())) {
          return;
        }
        dropped.removeFirst();
      }
      delete(next.key());
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(policy.clock().millis().getAsLong());
  }

  /// True if no other process can need what has been garbage, or of nobody, since `since`.
  private boolean isOver(Instant since, Instant now) {
    return !policy.shared() || since.plus(policy.retention()).isBefore(now);
  }

  void delete(String key) {
    try {
      store.delete(key);
    } catch (SqlException e) {
      LOGGER.warn("left \"{}\" for the next start: {}", key, e.message());
    }
  }

  private static Set<String> objectKeys(Superblock superblock) {
    Set<String> keys = new HashSet<>();
    for (TableState table : superblock.tables()) {
      for (RowsetState rowset : table.rowsets()) {
        if (!rowset.file().reference().isInline()) {
          keys.add(rowset.file().reference().objectKey());
        }
      }
    }
    return keys;
  }
}

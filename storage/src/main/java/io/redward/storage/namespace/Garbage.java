package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.LogClock;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.table.SavedSnapshot;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes objects that nobody can see any more. Thread-safe.
///
/// An object that a state no longer refers to is **dropped**. It is deleted when all of these hold:
///
/// 1. it was dropped longer ago than the policy's retention (and some grace, for clocks differ), so
///    that the history cannot ask for it, and so long ago that other processes have renewed their
///    leases since;
/// 2. no state from before it was dropped is in use: in this process, held by a snapshot, a query
///    or a transaction, whoever handed it out; or in another one, as its lease says ([Lease]);
/// 3. the newest state does not refer to it, as it does when a clone or a restored table shares it;
/// 4. no saved snapshot refers to it.
///
/// They are looked at in this order, so that what was made from an old state before that was let go
/// of is seen in the newest one.
final class Garbage {
  private static final Logger LOGGER = LoggerFactory.getLogger(Garbage.class);
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final List<InUse> inUse = new ArrayList<>();
  private final LinkedHashMap<String, Dropped> dropped = new LinkedHashMap<>();
  private final Map<String, Set<String>> pinned = new HashMap<>();

  /// Objects of snapshots that were dropped here: one that came and went between two looks would
  /// never be among the pinned ones.
  private final Queue<String> departed = new ConcurrentLinkedQueue<>();

  Garbage(ObjectStore store, CommitPolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /// A state that may still be in use.
  private record InUse(long version, WeakReference<Superblock> state) {}

  /// @param version of the first state that does not refer to it
  /// @param noticed when this process learnt of it
  private record Dropped(long version, Instant since, LogClock.Reading noticed) {}

  /// Keeps what a state refers to while somebody holds on to the state.
  synchronized void hold(Superblock state) {
    inUse.add(new InUse(state.version(), new WeakReference<>(state)));
  }

  /// Notes what `after` no longer refers to.
  synchronized void published(Superblock before, Superblock after) {
    hold(after);
    noteDropped(before, after, now());
  }

  private void noteDropped(Superblock before, Superblock after, Instant since) {
    for (TableState table : before.tables()) {
      TableState now = after.table(table.tableId()).orElse(null);
      if (now == table) {
        continue;
      }
      Set<String> gone = keys(table);
      if (now != null) {
        gone.removeAll(keys(now));
      }
      for (String key : gone) {
        // The last drop counts: a clone may have kept it longer.
        dropped.remove(key);
        dropped.put(key, new Dropped(after.version(), since, policy.clock().now()));
      }
    }
  }

  private static Set<String> keys(TableState table) {
    Set<String> keys = new HashSet<>();
    table
        .rowsets()
        .forEach(
            rowset -> {
              if (!rowset.file().reference().isInline()) {
                keys.add(rowset.file().reference().objectKey());
              }
            });
    return keys;
  }

  /// True if there may be something to delete.
  synchronized boolean isDue() {
    Iterator<Dropped> first = dropped.values().iterator();
    // Where others' leases must be read it is not looked at every commit.
    return !policy.shared() && first.hasNext() && isOver(first.next().since());
  }

  /// Deletes what nobody can see any more.
  ///
  /// @param known the state that this process knows
  /// @param newest finds out the newest state; asked after `others`, for what they let go of before
  ///     they said so may be in a state that they have committed
  /// @param others gives the oldest version that other processes use
  void collect(Superblock known, Supplier<Superblock> newest, LongSupplier others) {
    syncSnapshots(known);
    if (candidates(Long.MAX_VALUE).isEmpty()) {
      return;
    }
    List<String> candidates;
    Superblock current;
    try {
      candidates = candidates(others.getAsLong());
      current = newest.get();
    } catch (SqlException e) {
      LOGGER.warn("nothing is collected while the store does not answer: {}", e.message());
      return;
    }
    if (!syncSnapshots(current) || candidates.isEmpty()) {
      return;
    }
    Set<String> referenced = SavedStates.objects(current);
    pinned.values().forEach(referenced::addAll);
    for (String key : candidates) {
      synchronized (this) {
        dropped.remove(key);
      }
      if (!referenced.contains(key)) {
        delete(key);
      }
    }
  }

  /// Version of the oldest state that may be in use in this process.
  synchronized long oldestInUse() {
    inUse.removeIf(held -> held.state().get() == null);
    return inUse.stream().mapToLong(InUse::version).min().orElse(Long.MAX_VALUE);
  }

  private synchronized List<String> candidates(long oldestOfOthers) {
    long oldest = Math.min(oldestOfOthers, oldestInUse());
    List<String> candidates = new ArrayList<>();
    dropped.forEach(
        (key, drop) -> {
          if (drop.version() <= oldest && isOver(drop.since()) && isKnown(drop.noticed())) {
            candidates.add(key);
          }
        });
    return candidates;
  }

  /// A snapshot was dropped; what it kept is garbage from the next collection on.
  void departed(String object) {
    departed.add(object);
  }

  /// Learns which snapshots have come and gone. What those that went referred to is dropped now.
  ///
  /// @return false if a snapshot cannot be read, so that nothing may be deleted
  private boolean syncSnapshots(Superblock current) {
    Set<String> present = new HashSet<>();
    try {
      for (SavedSnapshot snapshot : SavedStates.of(current)) {
        present.add(snapshot.object());
        if (!pinned.containsKey(snapshot.object())) {
          Superblock state = SavedStates.read(store, snapshot.object());
          pinned.put(snapshot.object(), SavedStates.objects(state));
        }
      }
      for (String object = departed.poll(); object != null; object = departed.poll()) {
        if (!pinned.containsKey(object)) {
          pinned.put(object, SavedStates.objects(SavedStates.read(store, object)));
        }
      }
    } catch (SqlException e) {
      LOGGER.warn("nothing is collected while a snapshot cannot be read: {}", e.message());
      return false;
    }
    Instant now = now();
    LogClock.Reading clock = policy.clock().now();
    for (String object : List.copyOf(pinned.keySet())) {
      if (!present.contains(object)) {
        delete(object);
        Set<String> keys = pinned.getOrDefault(object, Set.of());
        pinned.remove(object);
        synchronized (this) {
          keys.forEach(key -> dropped.putIfAbsent(key, new Dropped(current.version(), now, clock)));
        }
      }
    }
    return true;
  }

  /// Deletes what crashed or rolled-back transactions of this process's predecessor have left
  /// behind, before anybody writes: without a history all that the state does not refer to, else
  /// what was never committed. The rest is for [#recallDropped].
  void collectLeftovers(Superblock current) {
    hold(current);
    if (!syncSnapshots(current)) {
      return;
    }
    Set<String> referenced = SavedStates.objects(current);
    pinned.values().forEach(referenced::addAll);
    for (ObjectSummary object : store.list("data/")) {
      boolean stranger =
          !policy.shared() && (policy.retention().isZero() || isNewer(object.key(), current));
      if (stranger && !referenced.contains(object.key())) {
        delete(object.key());
      }
    }
    for (ObjectSummary object : store.list(SavedStates.OBJECTS)) {
      if (!pinned.containsKey(object.key()) && isLeftOver(object.modified())) {
        delete(object.key());
      }
    }
  }

  private boolean isLeftOver(Instant modified) {
    return !policy.shared() || modified.plus(leftOverAfter()).isBefore(now());
  }

  /// True if a rowset was never committed, as its number tells.
  private static boolean isNewer(String key, Superblock current) {
    return rowsetId(key) > current.maxRowsetId();
  }

  private static long rowsetId(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    try {
      return Long.parseLong(dot < 0 ? name : name.substring(0, dot));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// Finds out what was dropped before this process started, from the history. What neither that
  /// nor anything else refers to goes at once.
  ///
  /// @param start the state that this process started with
  /// @param history tells of every state that is kept, up to `start`
  void recallDropped(Superblock start, CommitSteps history) {
    Garbage recalled = new Garbage(store, policy);
    history.forEach(
        (before, after) ->
            recalled.noteDropped(
                before, after, Instant.ofEpochMilli(after.committedMicros() / 1_000)));
    Set<String> referenced = SavedStates.objects(start);
    List<String> nobodys = new ArrayList<>();
    for (ObjectSummary object : store.list("data/")) {
      if (!referenced.contains(object.key())
          && !isNewer(object.key(), start)
          && !recalled.dropped.containsKey(object.key())
          && isLeftOver(object.modified())) {
        nobodys.add(object.key());
      }
    }
    synchronized (this) {
      Dropped longAgo = new Dropped(start.version(), Instant.EPOCH, policy.clock().now());
      nobodys.forEach(key -> dropped.putIfAbsent(key, longAgo));
      recalled.dropped.forEach(dropped::putIfAbsent);
    }
  }

  /// Walks through states, each with the one before it.
  interface CommitSteps {
    void forEach(BiConsumer<Superblock, Superblock> step);
  }

  private Instant now() {
    return Instant.ofEpochMilli(policy.clock().millis().getAsLong());
  }

  private boolean isOver(Instant since) {
    Duration kept = policy.retention();
    return kept.isZero() || since.plus(kept).plus(GRACE).isBefore(now());
  }

  /// True once every other process has said since then which versions it uses, or has lost its
  /// lease: what their leases say now is from after the drop.
  private boolean isKnown(LogClock.Reading noticed) {
    return !policy.shared()
        || policy.clock().atLeastSince(noticed) > 2 * policy.leaseTerm().toMillis();
  }

  /// How long what nobody refers to stays in a shared store: its transaction may yet commit.
  Duration leftOverAfter() {
    return policy.retention().plus(GRACE);
  }

  void delete(String key) {
    try {
      store.delete(key);
    } catch (SqlException e) {
      LOGGER.warn("left \"{}\" for the next start: {}", key, e.message());
    }
  }
}

package io.redward.storage.objectstore;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/// A store over another in which everything goes wrong at random that can go wrong between a client
/// and an object store, by a seed. Thread-safe.
public final class ChaosObjectStore implements ObjectStore {
  /// What goes wrong.
  public enum Fault {
    /// The answer takes a millisecond longer.
    LATENCY,
    /// 503: nothing is done.
    THROTTLE,
    /// 409: another request for the key is under way; nothing is done.
    CONFLICT,
    /// It is done, and the answer is lost.
    LOST_ANSWER,
    /// It is done, and a repetition inside the network answers that the key is taken.
    TAKEN_BY_ITSELF,
    /// No answer; it is done some operations later.
    LATE,
    /// It is done, and done again some operations later.
    LATE_DUPLICATE,
    /// A put stores the first half of the object and fails.
    PARTIAL,
    /// A list is what it was some time ago.
    STALE_LIST,
    /// One bit of what is read is wrong.
    BIT_FLIP,
    /// There is no room for what is put.
    DISK_FULL,
    /// Nothing is done and nothing is answered.
    VANISHED
  }

  private static final Set<Fault> OF_READS =
      EnumSet.of(Fault.LATENCY, Fault.THROTTLE, Fault.BIT_FLIP, Fault.VANISHED);
  private static final Set<Fault> OF_LISTS =
      EnumSet.of(Fault.LATENCY, Fault.THROTTLE, Fault.STALE_LIST, Fault.VANISHED);
  private static final Set<Fault> OF_PUTS =
      EnumSet.complementOf(EnumSet.of(Fault.BIT_FLIP, Fault.STALE_LIST, Fault.TAKEN_BY_ITSELF));
  private static final Set<Fault> OF_CONDITIONAL_PUTS =
      EnumSet.complementOf(EnumSet.of(Fault.BIT_FLIP, Fault.STALE_LIST, Fault.PARTIAL));
  private static final Set<Fault> OF_DELETES =
      EnumSet.of(Fault.LATENCY, Fault.THROTTLE, Fault.LOST_ANSWER, Fault.VANISHED);

  private final ObjectStore store;
  private final Random random;
  private final Map<Fault, Integer> permille = new EnumMap<>(Fault.class);
  private final Queue<Runnable> late = new ArrayDeque<>();
  private final Map<String, List<ObjectSummary>> listed = new java.util.HashMap<>();
  private long faults;

  public ChaosObjectStore(ObjectStore store, long seed) {
    this.store = store;
    random = new Random(seed);
  }

  /// From now on a fault happens so often in a thousand operations that it may befall.
  public synchronized ChaosObjectStore with(Fault fault, int timesInThousand) {
    permille.put(fault, timesInThousand);
    return this;
  }

  /// From now on nothing goes wrong.
  public synchronized void calm() {
    permille.clear();
  }

  public synchronized long faults() {
    return faults;
  }

  @Override
  public Optional<byte[]> find(String key) {
    Fault fault = next(OF_READS);
    before(fault, "read", key);
    return store.find(key).map(bytes -> flipped(fault, bytes));
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    Fault fault = next(OF_READS);
    before(fault, "read", key);
    return flipped(fault, store.read(key, offset, length));
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    Fault fault = next(OF_PUTS);
    before(fault, "write", key);
    if (fault == Fault.PARTIAL) {
      byte[] first = parts.getFirst();
      store.put(key, List.of(Arrays.copyOf(first, first.length / 2)));
      throw failure("the connection was lost", "write", key);
    }
    boolean again = fault == Fault.LATE || fault == Fault.LATE_DUPLICATE;
    List<byte[]> sent = again ? List.copyOf(parts) : parts;
    later(fault, () -> store.put(key, sent));
    if (fault != Fault.LATE) {
      store.put(key, parts);
    }
    after(fault, "write", key);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    Fault fault = next(OF_CONDITIONAL_PUTS);
    before(fault, "write", key);
    later(fault, () -> store.putIfAbsent(key, bytes));
    boolean stored = fault != Fault.LATE && store.putIfAbsent(key, bytes);
    after(fault, "write", key);
    return stored && fault != Fault.TAKEN_BY_ITSELF;
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    Fault fault = next(OF_LISTS);
    before(fault, "list", prefix);
    List<ObjectSummary> now = store.list(prefix);
    synchronized (this) {
      List<ObjectSummary> before = listed.put(prefix, now);
      return fault == Fault.STALE_LIST && before != null ? before : now;
    }
  }

  @Override
  public void delete(String key) {
    Fault fault = next(OF_DELETES);
    before(fault, "delete", key);
    store.delete(key);
    after(fault, "delete", key);
  }

  @Override
  public Optional<Long> size(String key) {
    before(next(OF_READS), "read", key);
    return store.size(key);
  }

  @Override
  public void close() {}

  /// The fault of the operation that begins; runs what is late first. LATENCY stands for none.
  private Fault next(Set<Fault> possible) {
    Runnable due;
    synchronized (this) {
      due = !late.isEmpty() && random.nextInt(4) == 0 ? late.poll() : () -> {};
    }
    due.run();
    synchronized (this) {
      int roll = random.nextInt(1_000);
      for (Map.Entry<Fault, Integer> each : permille.entrySet()) {
        if (possible.contains(each.getKey())) {
          roll -= each.getValue();
          if (roll < 0) {
            faults++;
            return each.getKey();
          }
        }
      }
      return Fault.LATENCY;
    }
  }

  private void before(Fault fault, String action, String key) {
    switch (fault) {
      case THROTTLE -> throw failure("the object store asks to slow down", action, key);
      case CONFLICT -> throw failure("conflicting request (409)", action, key);
      case VANISHED -> throw failure("the object store cannot be reached", action, key);
      case DISK_FULL ->
          throw new SqlException(
              SqlState.DISK_FULL, "could not " + action + " \"" + key + "\": disk full");
      default -> {}
    }
  }

  private synchronized void later(Fault fault, Runnable action) {
    if (fault == Fault.LATE || fault == Fault.LATE_DUPLICATE) {
      late.add(action);
    }
  }

  private void after(Fault fault, String action, String key) {
    if (fault == Fault.LOST_ANSWER || fault == Fault.LATE) {
      throw failure("no answer", action, key);
    }
  }

  private synchronized byte[] flipped(Fault fault, byte[] bytes) {
    if (fault != Fault.BIT_FLIP || bytes.length == 0) {
      return bytes;
    }
    byte[] damaged = bytes.clone();
    int bit = random.nextInt(bytes.length * 8);
    damaged[bit / 8] ^= (byte) (1 << bit % 8);
    return damaged;
  }

  private static SqlException failure(String reason, String action, String key) {
    return new SqlException(
        SqlState.IO_ERROR, "could not " + action + " \"" + key + "\": " + reason);
  }
}

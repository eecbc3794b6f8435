package io.redward.storage.objectstore;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A store over another that goes wrong at its N-th changing operation, and, if it is to have
/// crashed, at every operation from then on.
public final class FaultyObjectStore implements ObjectStore {
  /// What goes wrong.
  public enum Fault {
    /// The operation is not done and fails.
    FAIL,
    /// The operation is done and its answer is lost.
    LOSE_ANSWER,
    /// Part of the object is stored and the operation fails; what is put if absent is not stored,
    /// since no store may show such an object in part.
    TEAR
  }

  private final ObjectStore store;
  private final Fault fault;
  private final int faultyOperation;
  private final boolean crashes;
  private final AtomicInteger operations = new AtomicInteger();

  public FaultyObjectStore(ObjectStore store, Fault fault, int faultyOperation, boolean crashes) {
    this.store = store;
    this.fault = fault;
    this.faultyOperation = faultyOperation;
    this.crashes = crashes;
  }

  /// Changing operations asked for.
  public int operations() {
    return operations.get();
  }

  @Override
  public Optional<byte[]> find(String key) {
    checkAlive();
    return store.find(key);
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    checkAlive();
    return store.read(key, offset, length);
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    boolean faulty = begin();
    if (faulty && fault == Fault.TEAR) {
      byte[] first = parts.getFirst();
      store.put(key, List.of(Arrays.copyOf(first, first.length / 2)));
    } else if (!faulty || fault == Fault.LOSE_ANSWER) {
      store.put(key, parts);
    }
    end(faulty);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    boolean faulty = begin();
    boolean stored = false;
    if (!faulty || fault == Fault.LOSE_ANSWER) {
      stored = store.putIfAbsent(key, bytes);
    }
    end(faulty);
    return stored;
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    checkAlive();
    return store.list(prefix);
  }

  @Override
  public void delete(String key) {
    boolean faulty = begin();
    if (!faulty || fault == Fault.LOSE_ANSWER) {
      store.delete(key);
    }
    end(faulty);
  }

  @Override
  public Optional<Long> size(String key) {
    checkAlive();
    return store.size(key);
  }

  @Override
  public void close() {}

  private boolean begin() {
    int operation = operations.getAndIncrement();
    if (crashes && operation > faultyOperation) {
      throw failure();
    }
    return operation == faultyOperation;
  }

  private static void end(boolean faulty) {
    if (faulty) {
      throw failure();
    }
  }

  private void checkAlive() {
    if (crashes && operations.get() > faultyOperation) {
      throw failure();
    }
  }

  private static SqlException failure() {
    return new SqlException(SqlState.IO_ERROR, "injected fault");
  }
}

package io.redward.storage.objectstore;

import java.util.List;
import java.util.Optional;

/// A store that asks another, for tests that change one operation.
public class ForwardingObjectStore implements ObjectStore {
  private final ObjectStore store;

  public ForwardingObjectStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> find(String key) {
    return store.find(key);
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    return store.read(key, offset, length);
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    store.put(key, parts);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    return store.putIfAbsent(key, bytes);
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public Optional<Long> size(String key) {
    return store.size(key);
  }

  @Override
  public void close() {
    store.close();
  }
}

package io.redward.storage.objectstore;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Objects on the heap: for tests, and for warehouses that need not outlive their process.
public final class InMemoryObjectStore implements ObjectStore {
  private final ConcurrentNavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();

  private record Stored(byte[] bytes, Instant modified) {
    static Stored now(byte[] bytes) {
      return new Stored(bytes, Instant.now());
    }
  }

  @Override
  public Optional<byte[]> find(String key) {
    return Optional.ofNullable(objects.get(key)).map(stored -> stored.bytes().clone());
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    Stored stored = objects.get(key);
    if (stored == null) {
      throw StoreErrors.missing(key);
    }
    byte[] bytes = stored.bytes();
    if (offset + length > bytes.length) {
      throw StoreErrors.truncated(key, offset + length, bytes.length);
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    objects.put(key, Stored.now(concatenate(key, parts)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    return objects.putIfAbsent(key, Stored.now(bytes.clone())) == null;
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    List<ObjectSummary> found = new ArrayList<>();
    for (Map.Entry<String, Stored> object : objects.tailMap(prefix).entrySet()) {
      if (!object.getKey().startsWith(prefix)) {
        break;
      }
      Stored stored = object.getValue();
      found.add(new ObjectSummary(object.getKey(), stored.bytes().length, stored.modified()));
    }
    return found;
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  @Override
  public Optional<Long> size(String key) {
    return Optional.ofNullable(objects.get(key)).map(stored -> (long) stored.bytes().length);
  }

  @Override
  public void close() {}

  private static byte[] concatenate(String key, List<byte[]> parts) {
    long total = 0;
    for (byte[] part : parts) {
      total += part.length;
    }
    if (total > Integer.MAX_VALUE - 16) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "object \"" + key + "\" is too large for memory");
    }
    byte[] bytes = new byte[(int) total];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, bytes, at, part.length);
      at += part.length;
    }
    return bytes;
  }
}

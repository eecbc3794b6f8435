package io.redward.storage.cache;

import io.redward.storage.bytes.Hashing;
import io.redward.storage.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A store over another whose rowsets are read through a disk tier. Closes both in the end.
///
/// Rowsets are immutable, so a range once read stays right as long as the namespace is the same
/// one: a store that is emptied and filled anew has another `ids/namespace.id`.
public final class CachedObjectStore implements ObjectStore {
  private static final String CACHED = "data/";
  private static final String IDENTITY = "ids/namespace.id";

  private final ObjectStore inner;
  private final DiskTier tier;

  private CachedObjectStore(ObjectStore inner, DiskTier tier) {
    this.inner = inner;
    this.tier = tier;
  }

  /// @param address of the store: copies of a namespace differ in it
  public static CachedObjectStore open(ObjectStore inner, DiskTier tier, String address) {
    try {
      byte[] place = (identity(inner) + "\n" + address).getBytes(StandardCharsets.UTF_8);
      tier.begin(HexFormat.of().toHexDigits(Hashing.of(place, 0, place.length)), inner);
      return new CachedObjectStore(inner, tier);
    } catch (RuntimeException | Error e) {
      tier.close();
      inner.close();
      throw e;
    }
  }

  private static String identity(ObjectStore store) {
    Optional<byte[]> known = store.find(IDENTITY);
    if (known.isEmpty()) {
      byte[] fresh = (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);
      known = store.putIfAbsent(IDENTITY, fresh) ? Optional.of(fresh) : store.find(IDENTITY);
    }
    return new String(known.orElseThrow(), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<byte[]> find(String key) {
    return inner.find(key);
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    if (!key.startsWith(CACHED)) {
      return inner.read(key, offset, length);
    }
    BlockRange range = new BlockRange(key, offset, length);
    Optional<byte[]> cached = tier.find(range);
    if (cached.isPresent()) {
      return cached.get();
    }
    byte[] bytes = inner.read(key, offset, length);
    tier.admit(range, bytes, 0);
    return bytes;
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    tier.drop(key);
    inner.put(key, parts);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    return inner.putIfAbsent(key, bytes);
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    return inner.list(prefix);
  }

  @Override
  public void delete(String key) {
    tier.drop(key);
    inner.delete(key);
  }

  @Override
  public Optional<Long> size(String key) {
    return inner.size(key);
  }

  @Override
  public void suspect(String key) {
    tier.drop(key);
    inner.suspect(key);
  }

  @Override
  public void close() {
    tier.close();
    inner.close();
  }
}

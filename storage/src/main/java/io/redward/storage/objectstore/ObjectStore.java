package io.redward.storage.objectstore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Immutable objects by key. Keys are `/`-separated names of letters, digits, `.`, `-` and `_`.
/// Thread-safe; calls block until the store has answered.
///
/// A call that throws leaves open whether it took effect: a store may have done what it was asked
/// and lost the answer. Callers for whom that matters read back.
///
/// All methods throw [io.redward.foundation.base.SqlException] with DISK_FULL or IO_ERROR naming
/// the object.
public interface ObjectStore extends AutoCloseable {
  /// An object's key and length, and when it was stored by the store's clock.
  record ObjectSummary(String key, long bytes, Instant modified) {}

  /// The whole object, or empty if there is none.
  Optional<byte[]> find(String key);

  /// A range of an object.
  ///
  /// @throws io.redward.foundation.base.SqlException UNDEFINED_FILE if there is no such object,
  ///     DATA_CORRUPTED if it ends before the range does
  byte[] read(String key, long offset, int length);

  /// Stores the concatenation of `parts`, durably before it returns; replaces what was there. Used
  /// for keys that only the caller writes.
  void put(String key, List<byte[]> parts);

  /// Stores an object unless the key is taken, durably before it returns.
  ///
  /// @return false if the key is taken, perhaps by an earlier attempt of the caller
  boolean putIfAbsent(String key, byte[] bytes);

  /// All objects whose key starts with `prefix`, in key order.
  List<ObjectSummary> list(String prefix);

  /// Removes an object; it is no error if there is none.
  void delete(String key);

  /// Length of an object, or empty if there is none.
  Optional<Long> size(String key);

  /// Called when what was read of an object turns out not to be what was written: whoever keeps
  /// something of it on the way gives it up, and the next read asks the store itself.
  default void suspect(String key) {}

  @Override
  void close();
}

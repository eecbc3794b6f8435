package io.redward.storage.encryption;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.StoreErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store that encrypts what it is given and decrypts what it is asked for. Keys, and lengths
/// within a section, are not hidden. Thread-safe.
public final class EncryptedObjectStore implements ObjectStore {
  /// Heads kept, so that a range costs one read.
  private static final int MAX_HEADS = 10_000;

  private final ObjectStore inner;
  private final KeyService root;
  private final Map<String, SealedObject> heads =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SealedObject> eldest) {
          return size() > MAX_HEADS;
        }
      };
  private volatile KeyRing ring;

  private EncryptedObjectStore(ObjectStore inner, KeyService root, KeyRing ring) {
    this.inner = inner;
    this.root = root;
    this.ring = ring;
  }

  /// Over a namespace that is encrypted, or is fresh and will be. Closes `inner` in the end, also
  /// if it throws.
  ///
  /// @throws SqlException INVALID_PARAMETER_VALUE if the key does not fit;
  ///     OBJECT_NOT_IN_PREREQUISITE_STATE if the namespace is not encrypted
  public static EncryptedObjectStore open(ObjectStore inner, KeyService root) {
    try {
      return new EncryptedObjectStore(inner, root, KeyRing.openOrCreate(inner, root));
    } catch (RuntimeException | Error e) {
      inner.close();
      throw e;
    }
  }

  /// The same, changing nothing: a namespace that is not encrypted is an error.
  public static EncryptedObjectStore openToRead(ObjectStore inner, KeyService root) {
    try {
      return new EncryptedObjectStore(inner, root, KeyRing.open(inner, root));
    } catch (RuntimeException | Error e) {
      inner.close();
      throw e;
    }
  }

  /// Refuses a namespace that is encrypted when no key has been given.
  ///
  /// @param store as the namespace is opened with it
  public static void requireReadable(ObjectStore store) {
    if (!(store instanceof EncryptedObjectStore) && store.size(KeyRing.KEY).isPresent()) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE, "the namespace is encrypted and no key is given")
          .withHint("Give the key with --encryption-key-file FILE.");
    }
  }

  @Override
  public Optional<byte[]> find(String key) {
    return inner.find(key).map(stored -> unsealWhole(key, stored));
  }

  private byte[] unsealWhole(String key, byte[] stored) {
    try {
      SealedObject object = open(key, stored);
      int length = Math.toIntExact(object.length());
      if (object.length() != SealedObject.clearLength(stored.length)) {
        throw new MalformedBytesException("its length is not what its head says");
      }
      return object.unseal(stored, SealedObject.HEAD_BYTES, 0, length);
    } catch (MalformedBytesException | ArithmeticException e) {
      throw damaged(key, e);
    }
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    SealedObject known = known(key);
    if (known != null) {
      try {
        return read(key, known, offset, length);
      } catch (MalformedBytesException e) {
        // Written anew since: its head is another one.
        forget(key);
      }
    }
    try {
      SealedObject object = open(key, readHead(key));
      remember(key, object);
      return read(key, object, offset, length);
    } catch (MalformedBytesException e) {
      throw damaged(key, e);
    }
  }

  private byte[] readHead(String key) {
    try {
      return inner.read(key, 0, SealedObject.HEAD_BYTES);
    } catch (SqlException e) {
      if (e.state() == SqlState.DATA_CORRUPTED) {
        throw new MalformedBytesException("it is shorter than the head of an encrypted object");
      }
      throw e;
    }
  }

  private byte[] read(String key, SealedObject object, long offset, int length) {
    if (length == 0) {
      return new byte[0];
    }
    if (offset + length > object.length()) {
      throw StoreErrors.truncated(key, offset + length, object.length());
    }
    byte[] stored =
        inner.read(key, SealedObject.storedOffset(offset), object.storedLength(offset, length));
    return object.unseal(stored, 0, offset, length);
  }

  private SealedObject open(String key, byte[] head) {
    int number = SealedObject.keyNumber(head);
    Optional<AesKey> namespaceKey = ring.key(number);
    if (namespaceKey.isEmpty()) {
      // Another process may have added a key.
      ring = KeyRing.open(inner, root);
      namespaceKey = ring.key(number);
    }
    return SealedObject.open(
        key,
        head,
        namespaceKey.orElseThrow(
            () -> new MalformedBytesException("namespace key " + number + " is not in the ring")));
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    forget(key);
    inner.put(key, seal(key, parts));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    List<byte[]> sealed = seal(key, List.of(bytes));
    int length = sealed.stream().mapToInt(part -> part.length).sum();
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : sealed) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return inner.putIfAbsent(key, whole);
  }

  private List<byte[]> seal(String key, List<byte[]> parts) {
    KeyRing present = ring;
    int number = present.newest();
    return SealedObject.seal(key, parts, present.key(number).orElseThrow(), number);
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    List<ObjectSummary> clear = new ArrayList<>();
    for (ObjectSummary object : inner.list(prefix)) {
      if (!object.key().equals(KeyRing.KEY)) {
        clear.add(
            new ObjectSummary(
                object.key(), SealedObject.clearLength(object.bytes()), object.modified()));
      }
    }
    return clear;
  }

  @Override
  public void delete(String key) {
    forget(key);
    inner.delete(key);
  }

  @Override
  public Optional<Long> size(String key) {
    return inner.size(key).map(SealedObject::clearLength);
  }

  @Override
  public void suspect(String key) {
    forget(key);
    inner.suspect(key);
  }

  @Override
  public void close() {
    inner.close();
  }

  private @Nullable SealedObject known(String key) {
    synchronized (heads) {
      return heads.get(key);
    }
  }

  private void remember(String key, SealedObject object) {
    synchronized (heads) {
      heads.put(key, object);
    }
  }

  private void forget(String key) {
    synchronized (heads) {
      heads.remove(key);
    }
  }

  private static SqlException damaged(String key, RuntimeException cause) {
    String reason = cause instanceof MalformedBytesException e ? e.reason() : cause.toString();
    return new SqlException(
            SqlState.DATA_CORRUPTED, "object \"" + key + "\" is damaged: " + reason, cause)
        .withHint("Restore the object from a backup.");
  }
}

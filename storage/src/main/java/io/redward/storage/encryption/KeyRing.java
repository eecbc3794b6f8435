package io.redward.storage.encryption;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The keys of a namespace, unwrapped. Immutable.
///
/// The object `keys/ring`, the only one that is not encrypted as a whole: `int` magic `RWKR`,
/// `byte` version 1, the root key's id as text, `int` keys, each an `int` number and the wrapped
/// key as a blob; at last CRC-32C of all before.
public final class KeyRing {
  /// Present if the namespace is encrypted.
  public static final String KEY = "keys/ring";

  private static final int MAGIC = 0x524B_5752;
  private static final int VERSION = 1;

  private final TreeMap<Integer, byte[]> keys;

  private KeyRing(TreeMap<Integer, byte[]> keys) {
    this.keys = keys;
  }

  /// The ring of a namespace; a fresh namespace gets one.
  ///
  /// @throws SqlException INVALID_PARAMETER_VALUE if the root key is not the one that wraps it;
  ///     OBJECT_NOT_IN_PREREQUISITE_STATE if the namespace is not encrypted
  static KeyRing openOrCreate(ObjectStore store, KeyService root) {
    Optional<byte[]> present = store.find(KEY);
    if (present.isPresent()) {
      return read(present.get(), root);
    }
    if (!store.list("log/").isEmpty()) {
      throw new SqlException(
              SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
              "the namespace was made without encryption and stays so")
          .withHint("Unload its tables and load them into a namespace that is encrypted.");
    }
    TreeMap<Integer, byte[]> keys = new TreeMap<>();
    keys.put(1, AesKey.random());
    KeyRing fresh = new KeyRing(keys);
    if (store.putIfAbsent(KEY, fresh.write(root))) {
      return fresh;
    }
    return open(store, root);
  }

  /// The ring of a namespace that has one.
  static KeyRing open(ObjectStore store, KeyService root) {
    return read(
        store
            .find(KEY)
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "the namespace is not encrypted")),
        root);
  }

  /// Puts the namespace under another root key. No data is rewritten; servers that run go on.
  ///
  /// @param newKey whether objects written from the next start on get a new namespace key too
  public static void rotate(
      ObjectStore store, KeyService before, KeyService after, boolean newKey) {
    KeyRing ring = open(store, before);
    TreeMap<Integer, byte[]> keys = new TreeMap<>(ring.keys);
    if (newKey) {
      keys.put(keys.lastKey() + 1, AesKey.random());
    }
    store.put(KEY, List.of(new KeyRing(keys).write(after)));
  }

  /// The number of the key that new objects are encrypted under.
  int newest() {
    return keys.lastKey();
  }

  Optional<AesKey> key(int number) {
    return Optional.ofNullable(keys.get(number)).map(AesKey::new);
  }

  private byte[] write(KeyService root) {
    ByteWriter out = new ByteWriter(128);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeText(root.keyId());
    out.writeInt(keys.size());
    keys.forEach(
        (number, key) -> {
          out.writeInt(number);
          out.writeBlob(root.wrap(key, context(number)));
        });
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  private static KeyRing read(byte[] bytes, KeyService root) {
    String keyId = "";
    try {
      int end = bytes.length - 4;
      if (end < 0 || new ByteReader(bytes, end, 4).readInt() != Checksum.of(bytes, 0, end)) {
        throw new MalformedBytesException("checksum mismatch");
      }
      ByteReader in = new ByteReader(bytes, 0, end);
      if (in.readInt() != MAGIC || in.readByte() != VERSION) {
        throw new MalformedBytesException("not a key ring of a known version");
      }
      keyId = in.readText();
      if (!keyId.equals(root.keyId())) {
        throw wrongKey(keyId, root);
      }
      TreeMap<Integer, byte[]> keys = new TreeMap<>();
      for (int left = in.readCount(8); left > 0; left--) {
        int number = in.readInt();
        byte[] key = root.unwrap(in.readBlob(), context(number));
        if (key.length != AesKey.KEY_BYTES) {
          throw new MalformedBytesException("a key of " + key.length + " bytes");
        }
        keys.put(number, Arrays.copyOf(key, key.length));
      }
      in.expectEnd();
      if (keys.isEmpty()) {
        throw new MalformedBytesException("no key");
      }
      return new KeyRing(keys);
    } catch (MalformedBytesException e) {
      throw new SqlException(
              SqlState.DATA_CORRUPTED, "object \"" + KEY + "\" is damaged: " + e.reason(), e)
          .withHint("Restore the object from a backup; nothing can be read without it.");
    }
  }

  private static SqlException wrongKey(String wanted, KeyService given) {
    return new SqlException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the encryption key does not fit the namespace: it is encrypted under key "
                + wanted
                + ", the key given is "
                + given.keyId())
        .withHint("Give the key file that the namespace was made with or last rotated to.");
  }

  private static byte[] context(int number) {
    return (KEY + "/" + number).getBytes(StandardCharsets.US_ASCII);
  }
}

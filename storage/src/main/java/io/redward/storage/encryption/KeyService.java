package io.redward.storage.encryption;

/// Who keeps the root key: wraps and unwraps other keys with it. Thread-safe.
public interface KeyService {
  /// Names the root key without giving it away. It is stored beside what the key has wrapped, so
  /// that a wrong key can be told from damage.
  String keyId();

  /// Encrypts a key.
  ///
  /// @param context what the key is for; needed, the same, to unwrap it
  byte[] wrap(byte[] key, byte[] context);

  /// @throws io.redward.storage.bytes.MalformedBytesException if it was not wrapped by this key for
  ///     this context
  byte[] unwrap(byte[] wrapped, byte[] context);
}

package io.redward.storage.encryption;

import io.redward.storage.bytes.MalformedBytesException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A 256-bit key for AES in Galois/counter mode, which encrypts and authenticates. Thread-safe.
final class AesKey {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  /// What a wrapped key is longer than the key.
  static final int WRAP_BYTES = NONCE_BYTES + TAG_BYTES;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  AesKey(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new MalformedBytesException("a key of " + key.length + " bytes instead of 32");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  /// Encrypts a key under a nonce of its own, which goes before it.
  byte[] wrap(byte[] other, byte[] context) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] wrapped = Arrays.copyOf(nonce, other.length + WRAP_BYTES);
    encrypting().apply(nonce, context, new Piece(other, 0, other.length), wrapped, NONCE_BYTES);
    return wrapped;
  }

  /// @throws MalformedBytesException if it was not wrapped by this key for this context
  byte[] unwrap(byte[] wrapped, byte[] context) {
    if (wrapped.length < WRAP_BYTES) {
      throw new MalformedBytesException("a wrapped key ends early");
    }
    byte[] key = new byte[wrapped.length - WRAP_BYTES];
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
    Piece piece = new Piece(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
    decrypting().apply(nonce, context, piece, key, 0);
    return key;
  }

  Run encrypting() {
    return new Run(Cipher.ENCRYPT_MODE);
  }

  Run decrypting() {
    return new Run(Cipher.DECRYPT_MODE);
  }

  /// Bytes to be worked on.
  record Piece(byte[] bytes, int offset, int length) {}

  /// Encrypts or decrypts piece after piece. One thread at a time.
  final class Run {
    private final Cipher cipher;
    private final int mode;

    private Run(int mode) {
      this.mode = mode;
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no AES-GCM", e);
      }
    }

    /// @param nonce never the same twice under one key when encrypting
    /// @param context authenticated with the piece, not stored
    void apply(byte[] nonce, byte[] context, Piece piece, byte[] out, int outOffset) {
      try {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(context);
        cipher.doFinal(piece.bytes(), piece.offset(), piece.length(), out, outOffset);
      } catch (GeneralSecurityException e) {
        if (mode == Cipher.ENCRYPT_MODE) {
          throw new IllegalStateException("encryption failed", e);
        }
        throw new MalformedBytesException("it was not encrypted with this key, or is damaged");
      }
    }
  }
}

package io.redward.cluster.node;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts and authenticates what members tell each other of queries, where they share a secret:
/// AES-GCM, with a key for each process made of the secret and a number that the process has made
/// up, which stands before each message with the message's own number. A message is good for one
/// query and one purpose. Thread-safe.
final class Seal {
  /// What a sealed message is longer by.
  static final int BYTES = 40;

  /// Of messages that are sealed as parts of others.
  static final Seal NONE = new Seal(Optional.empty());

  /// Purposes beside the numbers of exchanges.
  static final int REPORT = -1;

  static final int ANSWER = -2;
  static final int DESCRIPTION = -3;

  private static final int ID_BYTES = 16;
  private static final int HEAD_BYTES = ID_BYTES + Long.BYTES;
  private static final int TAG_BITS = 128;
  private static final int IV_BYTES = 12;
  private static final int MOST_KEYS = 1_024;

  private final Optional<String> secret;
  private final byte[] id = new byte[ID_BYTES];
  private final AtomicLong sent = new AtomicLong();
  private final Map<ByteBuffer, SecretKeySpec> keys = new ConcurrentHashMap<>();

  /// @param secret empty to leave messages as they are
  Seal(Optional<String> secret) {
    this.secret = secret;
    new SecureRandom().nextBytes(id);
  }

  /// @param query the query that the message is for
  /// @param purpose an exchange's number, or one of this class
  byte[] seal(byte[] message, long query, int purpose) {
    if (secret.isEmpty()) {
      return message;
    }
    long number = sent.incrementAndGet();
    byte[] sealed = new byte[message.length + BYTES];
    ByteBuffer.wrap(sealed).put(id).putLong(number);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, id, number, query, purpose);
      int length = cipher.doFinal(message, 0, message.length, sealed, HEAD_BYTES);
      if (length + HEAD_BYTES != sealed.length) {
        throw new IllegalStateException("a sealed message of another length");
      }
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @throws SecurityException if nobody who knows the secret has sealed the message for this query
  ///     and purpose
  byte[] open(byte[] sealed, long query, int purpose) {
    if (secret.isEmpty()) {
      return sealed;
    }
    try {
      if (sealed.length >= BYTES) {
        byte[] sender = Arrays.copyOf(sealed, ID_BYTES);
        long number = ByteBuffer.wrap(sealed).getLong(ID_BYTES);
        return cipher(Cipher.DECRYPT_MODE, sender, number, query, purpose)
            .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
      }
    } catch (GeneralSecurityException e) {
      throw refused(e);
    }
    throw refused(null);
  }

  private static SecurityException refused(@Nullable GeneralSecurityException cause) {
    return new SecurityException(
        "a message from somebody who does not know the cluster's secret", cause);
  }

  private Cipher cipher(int mode, byte[] sender, long number, long query, int purpose)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] iv = ByteBuffer.allocate(IV_BYTES).putInt(0).putLong(number).array();
    cipher.init(mode, key(sender), new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(query).putInt(purpose).flip());
    return cipher;
  }

  private SecretKeySpec key(byte[] sender) {
    if (keys.size() > MOST_KEYS) {
      keys.clear();
    }
    return keys.computeIfAbsent(
        ByteBuffer.wrap(sender),
        _ -> {
          byte[] purpose = "redward members ".getBytes(StandardCharsets.UTF_8);
          byte[] name = Arrays.copyOf(purpose, purpose.length + ID_BYTES);
          System.arraycopy(sender, 0, name, purpose.length, ID_BYTES);
          return new SecretKeySpec(MemberConfig.sign(secret.orElseThrow(), name), "AES");
        });
  }
}

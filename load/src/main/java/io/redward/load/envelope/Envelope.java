package io.redward.load.envelope;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.MasterKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts and decrypts whole files with the JDK's ciphers.
public final class Envelope {
  private static final String KEY = "x-amz-key";
  private static final String KEY_V2 = "x-amz-key-v2";
  private static final String IV = "x-amz-iv";
  private static final String DESCRIPTION = "x-amz-matdesc";
  private static final String WRAPPING = "x-amz-wrap-alg";
  private static final String CONTENT = "x-amz-cek-alg";
  private static final String LENGTH = "x-amz-unencrypted-content-length";
  private static final String COMMITTED = "x-amz-c";

  private static final String CBC = "AES/CBC/PKCS5Padding";
  private static final String GCM = "AES/GCM/NoPadding";
  private static final int CONTENT_KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int BUFFER_BYTES = 1 << 16;

  /// The cipher keeps all of such a file until it has seen its tag.
  private static final long MOST_GCM_BYTES = 256 << 20;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Envelope() {}

  /// Encrypts a file into another by a key of its own.
  ///
  /// @return the metadata that go with it
  public static Map<String, String> seal(Path plain, Path sealed, MasterKey master)
      throws IOException {
    SecretKey key = new SecretKeySpec(random(CONTENT_KEY_BYTES), "AES");
    byte[] iv = random(BLOCK_BYTES);
    try {
      Cipher wrapping = Cipher.getInstance("AES/ECB/PKCS5Padding");
      wrapping.init(Cipher.ENCRYPT_MODE, master.key());
      byte[] wrapped = wrapping.doFinal(key.getEncoded());
      Cipher cipher = Cipher.getInstance(CBC);
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      through(cipher, plain, sealed);
      return Map.of(
          KEY, Base64.getEncoder().encodeToString(wrapped),
          IV, Base64.getEncoder().encodeToString(iv),
          DESCRIPTION, "{}",
          LENGTH, Long.toString(Files.size(plain)));
    } catch (GeneralSecurityException e) {
      throw new SqlException(SqlState.INTERNAL_ERROR, "could not encrypt a file", e);
    }
  }

  /// Whether an object with such metadata is encrypted in this way.
  public static boolean isSealed(Map<String, String> metadata) {
    return metadata.containsKey(KEY)
        || metadata.containsKey(KEY_V2)
        || metadata.containsKey(COMMITTED);
  }

  /// Decrypts a file into another.
  ///
  /// @param shown what users call the file
  /// @throws SqlException if it is in no known form, or the key is not its key
  public static void open(
      Path sealed, Path plain, Map<String, String> metadata, MasterKey master, String shown)
      throws IOException {
    try {
      String content = metadata.getOrDefault(CONTENT, CBC);
      byte[] iv = decoded(metadata, IV, shown);
      SecretKey key = contentKey(metadata, content, master, shown);
      Cipher cipher = Cipher.getInstance(content);
      if (content.equals(CBC)) {
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
      } else {
        if (Files.size(sealed) > MOST_GCM_BYTES) {
          throw new SqlException(
                  SqlState.PROGRAM_LIMIT_EXCEEDED,
                  "encrypted file \"" + shown + "\" is larger than 256 MB, the limit for " + GCM)
              .withHint("Split it into smaller ones.");
        }
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
      }
      through(cipher, sealed, plain);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SqlException(
          SqlState.DATA_CORRUPTED, "encrypted file \"" + shown + "\" is damaged", e);
    }
  }

  private static SecretKey contentKey(
      Map<String, String> metadata, String content, MasterKey master, String shown) {
    boolean first = !metadata.containsKey(KEY_V2);
    String wrapping = first ? "" : metadata.getOrDefault(WRAPPING, "");
    boolean known = first || wrapping.equals("AESWrap") || wrapping.equals("AES/GCM");
    if (metadata.containsKey(COMMITTED) || !known || !content.equals(CBC) && !content.equals(GCM)) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "encrypted file \"" + shown + "\" is in a form that is not supported")
          .withDetail("Its key is wrapped by \"" + wrapping + "\", its content by " + content)
          .withHint("Encrypt it by an AES key, with AES/CBC or AES/GCM.");
    }
    byte[] wrapped = decoded(metadata, first ? KEY : KEY_V2, shown);
    try {
      byte[] key =
          switch (wrapping) {
            case "AESWrap" -> unwrapped(wrapped, master);
            case "AES/GCM" -> opened(wrapped, content, master);
            default -> {
              Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
              cipher.init(Cipher.DECRYPT_MODE, master.key());
              yield cipher.doFinal(wrapped);
            }
          };
      return new SecretKeySpec(key, "AES");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "the master symmetric key does not decrypt \"" + shown + "\"",
              e)
          .withHint("Give the key with which the file was encrypted.");
    }
  }

  private static byte[] unwrapped(byte[] wrapped, MasterKey master)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(Cipher.UNWRAP_MODE, master.key());
    return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
  }

  /// The nonce comes first; the content's cipher is authenticated with the key.
  private static byte[] opened(byte[] wrapped, String content, MasterKey master)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(GCM);
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
    cipher.init(Cipher.DECRYPT_MODE, master.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(content.getBytes(StandardCharsets.UTF_8));
    return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
  }

  private static byte[] decoded(Map<String, String> metadata, String name, String shown) {
    try {
      return Base64.getDecoder().decode(metadata.getOrDefault(name, "-"));
    } catch (IllegalArgumentException e) {
      throw new SqlException(
          SqlState.DATA_CORRUPTED,
          "encrypted file \"" + shown + "\" has no valid " + name + " in its metadata",
          e);
    }
  }

  private static void through(Cipher cipher, Path from, Path to)
      throws IOException, GeneralSecurityException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] done = cipher.update(buffer, 0, count);
        if (done != null) {
          out.write(done);
        }
      }
      out.write(cipher.doFinal());
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}

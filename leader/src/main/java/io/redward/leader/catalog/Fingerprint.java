package io.redward.leader.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What tells a catalog from all others, in this process and in later ones. Computed when it is
/// first asked for.
final class Fingerprint {
  private final List<Supplier<byte[]>> parts;
  private volatile @Nullable String text;

  /// @param parts digests of the entries, in order of their keys
  Fingerprint(List<Supplier<byte[]>> parts) {
    this.parts = List.copyOf(parts);
  }

  /// The digest of an entry.
  static byte[] of(String key, byte[] value) {
    MessageDigest digest = digest();
    digest.update(key.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return digest.digest(value);
  }

  String text() {
    String known = text;
    if (known == null) {
      MessageDigest digest = digest();
      parts.forEach(part -> digest.update(part.get()));
      known = HexFormat.of().formatHex(digest.digest());
      text = known;
    }
    return known;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package io.redward.leader.session;

import io.redward.leader.session.Warehouse.Credential;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifiers for those who have none: users that do not exist, whose password is disabled or has
/// expired. They look like others and are the same each time, so that a login shows nothing of who
/// exists; no password fits them. They are derived from a secret that the namespace keeps.
final class DecoyCredentials {
  private static final String ENTRY = "security/decoys";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SALT_BYTES = 8;

  private final SecretKeySpec key;

  DecoyCredentials(Namespace namespace) {
    byte[] secret = namespace.snapshot().entries(ENTRY).get(ENTRY);
    if (secret == null) {
      secret = new byte[32];
      new SecureRandom().nextBytes(secret);
      WriteTransaction transaction = namespace.begin();
      transaction.putEntry(ENTRY, secret);
      transaction.commit();
    }
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  Credential of(String user) {
    String salt = HexFormat.of().formatHex(digest("salt", user), 0, SALT_BYTES);
    String hash = HexFormat.of().formatHex(digest("hash", user));
    Base64.Encoder base64 = Base64.getEncoder();
    String scram =
        "SCRAM-SHA-256$4096:"
            + base64.encodeToString(Arrays.copyOf(digest("scram", user), 16))
            + "$"
            + base64.encodeToString(digest("stored", user))
            + ":"
            + base64.encodeToString(digest("server", user));
    return new Credential(Credential.Kind.PASSWORD, scram + " sha256|" + salt + "|" + hash);
  }

  private byte[] digest(String what, String user) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(what.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }
}

package io.redward.leader.command;

import com.ongres.saslprep.SASLprep;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The form in which SCRAM-SHA-256 keeps a password, as PostgreSQL writes it:
/// `SCRAM-SHA-256$iterations:salt$storedKey:serverKey`. Source: RFC 5802 and 7677.
final class ScramVerifier {
  static final String PREFIX = "SCRAM-SHA-256$";

  private static final int ITERATIONS = 4_096;
  private static final String HMAC = "HmacSHA256";

  private ScramVerifier() {}

  static String of(String password, byte[] salt) {
    try {
      SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      byte[] salted =
          factory
              .generateSecret(
                  new PBEKeySpec(prepared(password).toCharArray(), salt, ITERATIONS, 256))
              .getEncoded();
      byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      Base64.Encoder base64 = Base64.getEncoder();
      return PREFIX
          + ITERATIONS
          + ":"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(stored)
          + ":"
          + base64.encodeToString(hmac(salted, "Server Key"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /// The password as clients prepare it; one that the rules forbid is taken as it is, which is what
  /// clients do too.
  private static String prepared(String password) {
    try {
      return new SASLprep().prepareStored(password);
    } catch (IllegalArgumentException e) {
      return password;
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }
}

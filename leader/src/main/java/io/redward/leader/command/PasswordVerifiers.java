package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns what PASSWORD says into a verifier. A clear password is kept in two forms, a salted
/// SHA-256 and SCRAM's, since each client knows only one of their exchanges; `md5…`, `sha256|…` and
/// `SCRAM-SHA-256$…` are taken as verifiers made elsewhere.
public final class PasswordVerifiers {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SCRAM_SALT_BYTES = 16;
  private static final Pattern SCRAM =
      Pattern.compile(
          "SCRAM-SHA-256\\$[1-9][0-9]{3,6}:[A-Za-z0-9+/]{8,88}={0,2}"
              + "\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=");

  private PasswordVerifiers() {}

  static User.Verifier of(String secret) {
    if (secret.startsWith("md5") && secret.length() == 35) {
      return new User.Verifier("MD5", secret.toLowerCase(Locale.ROOT));
    }
    if (secret.startsWith("sha256|")) {
      String[] parts = secret.split("\\|");
      if (parts.length == 3 && parts[1].matches("[0-9a-fA-F]{64}")) {
        return new User.Verifier("SHA256", "sha256|" + parts[2] + "|" + parts[1]);
      }
      if (parts.length == 2) {
        return new User.Verifier("SHA256", sha256(parts[1]));
      }
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid sha256 password");
    }
    if (secret.startsWith(ScramVerifier.PREFIX)) {
      if (!SCRAM.matcher(secret).matches()) {
        throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid SCRAM-SHA-256 password");
      }
      return new User.Verifier("SCRAM", secret);
    }
    requireStrong(secret);
    return ofClear(secret);
  }

  /// The verifier of a clear password, however weak.
  public static User.Verifier ofClear(String secret) {
    byte[] salt = new byte[SCRAM_SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new User.Verifier("PASSWORD", ScramVerifier.of(secret, salt) + " " + sha256(secret));
  }

  /// Redshift's rules for clear passwords.
  private static void requireStrong(String password) {
    boolean good =
        password.length() >= 8
            && password.length() <= 64
            && password.chars().anyMatch(Character::isUpperCase)
            && password.chars().anyMatch(Character::isLowerCase)
            && password.chars().anyMatch(Character::isDigit);
    if (!good) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "password must be at least 8 characters long and contain upper and lower case letters"
                  + " and a number")
          .withHint(
              "A password has 8 to 64 characters, with an upper-case letter, a lower-case letter"
                  + " and a digit.");
    }
  }

  private static String sha256(String password) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    String salt = HexFormat.of().formatHex(random);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(password.getBytes(StandardCharsets.UTF_8));
      digest.update(salt.getBytes(StandardCharsets.US_ASCII));
      return "sha256|" + salt + "|" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}

package io.redward.gateway.console;

import com.ongres.saslprep.SASLprep;
import io.redward.leader.session.Warehouse.Credential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Compares a password in clear with a stored verifier. A user that may not log in by password has
/// a verifier too, which none fits, and takes as long.
final class PasswordCheck {
  private static final Pattern SCRAM =
      Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([^$:]+)\\$([^$:]+):([^$:]+)");

  private PasswordCheck() {}

  static boolean fits(Credential stored, String user, String password) {
    if (password.isEmpty()) {
      return false;
    }
    try {
      return switch (stored.kind()) {
        case PASSWORD -> sha256(stored.value().split(" ")[1], password);
        case SHA256 -> sha256(stored.value(), password);
        case SCRAM -> scram(stored.value(), password);
        case MD5 -> md5(stored.value(), user, password);
        case DISABLED -> false;
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the algorithms are part of every JDK", e);
    }
  }

  private static boolean sha256(String verifier, String password) throws GeneralSecurityException {
    String[] parts = verifier.split("\\|");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(password.getBytes(StandardCharsets.UTF_8));
    sha256.update(parts[1].getBytes(StandardCharsets.US_ASCII));
    return MessageDigest.isEqual(HexFormat.of().parseHex(parts[2]), sha256.digest());
  }

  private static boolean md5(String verifier, String user, String password)
      throws GeneralSecurityException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update((password + user).getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        verifier.getBytes(StandardCharsets.US_ASCII),
        ("md5" + HexFormat.of().formatHex(md5.digest())).getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean scram(String verifier, String password) throws GeneralSecurityException {
    Matcher parts = SCRAM.matcher(verifier);
    if (!parts.matches()) {
      return false;
    }
    PBEKeySpec key =
        new PBEKeySpec(
            prepared(password).toCharArray(),
            Base64.getDecoder().decode(parts.group(2)),
            Integer.parseInt(parts.group(1)),
            256);
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(salted, "HmacSHA256"));
    byte[] clientKey = mac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
    return MessageDigest.isEqual(
        Base64.getDecoder().decode(parts.group(3)),
        MessageDigest.getInstance("SHA-256").digest(clientKey));
  }

  /// As it was prepared when it was stored.
  private static String prepared(String password) {
    try {
      return new SASLprep().prepareStored(password);
    } catch (IllegalArgumentException e) {
      return password;
    }
  }
}

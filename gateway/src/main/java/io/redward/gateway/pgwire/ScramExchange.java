package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The server's side of one SCRAM-SHA-256 exchange: two messages of the client, two answers. Over
/// TLS the client may bind the exchange to the server's certificate (`-PLUS`), so that nobody in
/// between can pass it on. Source: RFC 5802, 5929, 7677.
final class ScramExchange {
  static final String PLAIN = "SCRAM-SHA-256";
  static final String PLUS = "SCRAM-SHA-256-PLUS";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 18;
  private static final String HMAC = "HmacSHA256";
  private static final Pattern VERIFIER =
      Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$([^:]+):(.+)");
  private static final Pattern FIRST =
      Pattern.compile("((?:n|y|p=([a-z-]+)),(?:a=[^,]*)?,)((?:n=[^,]*),r=([!-+\\--~]+)(?:,.*)?)");
  private static final Pattern FINAL =
      Pattern.compile("(c=([A-Za-z0-9+/=]+),r=([!-+\\--~]+)(?:,[^p].*)?),p=([A-Za-z0-9+/=]+)");

  private final String iterations;
  private final String salt;
  private final byte[] storedKey;
  private final byte[] serverKey;
  private final Optional<byte[]> certificateHash;
  private String gs2Header = "";
  private boolean bound;
  private String nonce = "";
  private String messages = "";

  /// @param verifier as PostgreSQL stores it
  /// @param certificateHash what a client may bind to; empty without TLS
  ScramExchange(String verifier, Optional<byte[]> certificateHash) {
    Matcher parts = VERIFIER.matcher(verifier);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
    }
    iterations = parts.group(1);
    salt = parts.group(2);
    storedKey = Base64.getDecoder().decode(parts.group(3));
    serverKey = Base64.getDecoder().decode(parts.group(4));
    this.certificateHash = certificateHash;
  }

  /// The mechanisms to offer, best first.
  List<String> mechanisms() {
    return certificateHash.isPresent() ? List.of(PLUS, PLAIN) : List.of(PLAIN);
  }

  /// Answers the client's first message.
  String first(String mechanism, String message) {
    if (!mechanisms().contains(mechanism)) {
      throw malformed("client selected an invalid SASL authentication mechanism");
    }
    Matcher parts = FIRST.matcher(message);
    if (!parts.matches()) {
      throw malformed("malformed SCRAM message");
    }
    gs2Header = parts.group(1);
    bound = mechanism.equals(PLUS);
    boolean wantsBinding = gs2Header.startsWith("p=");
    if (bound != wantsBinding || bound && !"tls-server-end-point".equals(parts.group(2))) {
      throw malformed("unsupported SCRAM channel-binding type");
    }
    if (gs2Header.startsWith("y") && certificateHash.isPresent()) {
      throw new SqlException(
              SqlState.INVALID_AUTHORIZATION, "SCRAM channel binding negotiation error")
          .withDetail(
              "The client supports SCRAM channel binding but thinks the server does not. However,"
                  + " this server does support channel binding.");
    }
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    nonce = parts.group(4) + Base64.getEncoder().encodeToString(random);
    String answer = "r=" + nonce + ",s=" + salt + ",i=" + iterations;
    messages = parts.group(3) + "," + answer + ",";
    return answer;
  }

  /// Answers the client's last message if it proves that the client knows the password.
  Optional<String> last(String message) {
    Matcher parts = FINAL.matcher(message);
    if (!parts.matches() || !parts.group(3).equals(nonce)) {
      throw malformed("malformed SCRAM message");
    }
    byte[] binding = decoded(parts.group(2));
    if (!MessageDigest.isEqual(binding, expectedBinding())) {
      throw new SqlException(SqlState.INVALID_AUTHORIZATION, "SCRAM channel binding check failed");
    }
    String all = messages + parts.group(1);
    byte[] proof = decoded(parts.group(4));
    byte[] signature = hmac(storedKey, all);
    if (proof.length != signature.length) {
      throw malformed("malformed SCRAM message");
    }
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= signature[i];
    }
    return MessageDigest.isEqual(sha256(proof), storedKey)
        ? Optional.of("v=" + Base64.getEncoder().encodeToString(hmac(serverKey, all)))
        : Optional.empty();
  }

  private byte[] expectedBinding() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(gs2Header.getBytes(StandardCharsets.UTF_8));
    if (bound) {
      expected.writeBytes(certificateHash.orElseThrow());
    }
    return expected.toByteArray();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw malformed("malformed SCRAM message");
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(HMAC + " is part of every JDK", e);
    }
  }

  private static SqlException malformed(String message) {
    return new SqlException(SqlState.PROTOCOL_VIOLATION, message);
  }
}

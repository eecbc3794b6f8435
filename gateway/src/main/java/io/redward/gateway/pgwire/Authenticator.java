package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.session.Warehouse;
import io.redward.leader.session.Warehouse.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// Checks a password against the stored verifier by the exchange that verifier allows: PostgreSQL's
/// MD5 challenge, or the SHA-256 digest of Redshift-compatible drivers (message 13: the proof is
/// SHA-256(SHA-256(password, salt), server nonce, client nonce)). A user that does not exist goes
/// through the same exchange and fails the same way.
final class Authenticator {
  private static final int MD5_PASSWORD = 5;
  private static final int DIGEST = 13;
  private static final int DIGEST_SHA256 = 0;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Warehouse warehouse;
  private final Backend backend;
  private final MessageReader in;

  Authenticator(Warehouse warehouse, Backend backend, MessageReader in) {
    this.warehouse = warehouse;
    this.backend = backend;
    this.in = in;
  }

  /// Returns if the client has proved that it knows `user`'s password.
  ///
  /// @throws SqlException 28P01 if it has not
  void authenticate(String user) throws IOException {
    Optional<Credential> stored = warehouse.credential(user);
    boolean proved =
        switch (stored.map(Credential::kind).orElse(Credential.Kind.DISABLED)) {
          case SHA256 -> digest(stored.orElseThrow().value());
          case MD5 -> md5(stored.orElseThrow().value());
          case SCRAM, DISABLED -> {
            md5("md5" + HexFormat.of().formatHex(random(16)));
            yield false;
          }
        };
    if (!proved) {
      throw new SqlException(
          SqlState.INVALID_PASSWORD, "password authentication failed for user \"" + user + "\"");
    }
  }

  private boolean md5(String verifier) throws IOException {
    byte[] salt = random(4);
    backend.authentication(MD5_PASSWORD, salt);
    backend.flush();
    expect('p');
    String answer = in.string();
    MessageDigest md5 = messageDigest("MD5");
    md5.update(verifier.substring(3).getBytes(StandardCharsets.US_ASCII));
    md5.update(salt);
    String wanted = "md5" + HexFormat.of().formatHex(md5.digest());
    return constantTimeEquals(
        wanted.getBytes(StandardCharsets.US_ASCII), answer.getBytes(StandardCharsets.UTF_8));
  }

  private boolean digest(String verifier) throws IOException {
    String[] parts = verifier.split("\\|");
    byte[] salt = parts[1].getBytes(StandardCharsets.US_ASCII);
    byte[] passwordHash = HexFormat.of().parseHex(parts[2]);
    byte[] nonce = random(16);
    MessageWriter out = backend.writer();
    out.begin('R');
    out.int32(DIGEST);
    out.int32(DIGEST_SHA256);
    out.int32(salt.length);
    out.bytes(salt, 0, salt.length);
    out.int32(nonce.length);
    out.bytes(nonce, 0, nonce.length);
    out.end();
    backend.flush();
    expect('d');
    in.int32();
    byte[] proof = in.bytes(in.int32());
    byte[] clientNonce = in.bytes(in.int32());
    MessageDigest sha256 = messageDigest("SHA-256");
    sha256.update(passwordHash);
    sha256.update(nonce);
    sha256.update(clientNonce);
    return constantTimeEquals(sha256.digest(), proof);
  }

  private void expect(char type) throws IOException {
    if (in.next() != type) {
      throw new ProtocolException("expected a password response");
    }
  }

  private static boolean constantTimeEquals(byte[] wanted, byte[] given) {
    return MessageDigest.isEqual(wanted, given);
  }

  private static byte[] random(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return value;
  }

  private static MessageDigest messageDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every JDK", e);
    }
  }
}

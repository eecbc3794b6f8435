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

/// Checks a password against the stored verifier by the exchange that the verifier allows and the
/// client knows: SCRAM-SHA-256, PostgreSQL's MD5 challenge, or the SHA-256 digest of
/// Redshift-compatible drivers (message 13: the proof is SHA-256(SHA-256(password, salt), server
/// nonce, client nonce)). A user that does not exist goes through the same exchange and fails the
/// same way.
final class Authenticator {
  private static final int CLEAR_PASSWORD = 3;
  private static final int MD5_PASSWORD = 5;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;
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

  /// What the client can do.
  ///
  /// @param digest whether it is a driver that knows message 13, which are those that know no SCRAM
  /// @param encrypted whether nobody can listen
  /// @param certificateHash what an exchange may be bound to; empty without TLS
  record Client(boolean digest, boolean encrypted, Optional<byte[]> certificateHash) {}

  /// Returns if the client has proved that it knows `user`'s password.
  ///
  /// @throws SqlException 28P01 if it has not
  void authenticate(String user, Client client) throws IOException {
    Credential stored =
        warehouse.credential(user).orElse(new Credential(Credential.Kind.DISABLED, ""));
    boolean proved =
        switch (stored.kind()) {
          case PASSWORD -> {
            String[] forms = stored.value().split(" ");
            yield client.digest() ? digest(forms[1]) : scram(forms[0], client);
          }
          case SCRAM -> scram(stored.value(), client);
          case SHA256 -> client.digest() ? digest(stored.value()) : clear(stored.value(), client);
          case MD5 -> md5(stored.value());
          case DISABLED -> {
            md5("md5" + HexFormat.of().formatHex(random(16)));
            yield false;
          }
        };
    if (!proved) {
      throw new SqlException(
          SqlState.INVALID_PASSWORD, "password authentication failed for user \"" + user + "\"");
    }
  }

  private boolean scram(String verifier, Client client) throws IOException {
    if (client.digest()) {
      throw new SqlException(
              SqlState.INVALID_AUTHORIZATION,
              "the password is stored for SCRAM-SHA-256, which this driver does not know")
          .withHint("Set the password anew in clear, or use a PostgreSQL driver.");
    }
    ScramExchange exchange = new ScramExchange(verifier, client.certificateHash());
    MessageWriter out = backend.writer();
    out.begin('R');
    out.int32(SASL);
    exchange.mechanisms().forEach(out::string);
    out.int8(0);
    out.end();
    backend.flush();
    expect('p');
    String mechanism = in.string();
    int length = in.int32();
    String first = new String(in.bytes(Math.max(0, length)), StandardCharsets.UTF_8);
    String answer = exchange.first(mechanism, first);
    backend.authentication(SASL_CONTINUE, answer.getBytes(StandardCharsets.UTF_8));
    backend.flush();
    expect('p');
    String last = new String(in.bytes(in.remaining()), StandardCharsets.UTF_8);
    Optional<String> signature = exchange.last(last);
    if (signature.isPresent()) {
      backend.authentication(SASL_FINAL, signature.get().getBytes(StandardCharsets.UTF_8));
    }
    return signature.isPresent();
  }

  /// The password itself, for clients that know neither the digest nor have SCRAM's form stored.
  private boolean clear(String verifier, Client client) throws IOException {
    if (!client.encrypted()) {
      throw new SqlException(
              SqlState.INVALID_AUTHORIZATION,
              "the password is stored as a SHA-256 digest, which this client can use over TLS only")
          .withHint("Connect with sslmode=require, or set the password anew in clear.");
    }
    backend.authentication(CLEAR_PASSWORD, new byte[0]);
    backend.flush();
    expect('p');
    String[] parts = verifier.split("\\|");
    MessageDigest sha256 = messageDigest("SHA-256");
    sha256.update(in.string().getBytes(StandardCharsets.UTF_8));
    sha256.update(parts[1].getBytes(StandardCharsets.US_ASCII));
    return constantTimeEquals(HexFormat.of().parseHex(parts[2]), sha256.digest());
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

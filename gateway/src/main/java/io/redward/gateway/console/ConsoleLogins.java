package io.redward.gateway.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who is logged in: a secret in the browser's cookie stands for a user until it is ended, left
/// alone too long or too old. Only the digests of the secrets are kept. Thread-safe.
final class ConsoleLogins {
  private static final Duration IDLE = Duration.ofHours(8);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// @param csrf what the page must send with every call, which only a page of ours can read
  record Login(String user, String csrf, Instant since, Instant lastUse) {
    private Login usedAt(Instant now) {
      return new Login(user, csrf, since, now);
    }
  }

  /// @param secret for the cookie
  record Opened(String secret, Login login) {}

  private final InstantSource clock;
  private final Map<String, Login> logins =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Login> eldest) {
          return size() > MOST;
        }
      };

  ConsoleLogins(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Opened open(String user) {
    String secret = random();
    Instant now = clock.instant();
    Login login = new Login(user, random(), now, now);
    logins.put(digest(secret), login);
    return new Opened(secret, login);
  }

  synchronized Optional<Login> find(String secret) {
    String key = digest(secret);
    Login login = logins.get(key);
    if (login == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (now.isAfter(login.lastUse().plus(IDLE)) || now.isAfter(login.since().plus(LONGEST))) {
      logins.remove(key);
      return Optional.empty();
    }
    logins.put(key, login.usedAt(now));
    return Optional.of(login);
  }

  synchronized void end(String secret) {
    logins.remove(digest(secret));
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String digest(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}

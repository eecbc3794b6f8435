package io.redward.leader.session;

import io.redward.leader.catalog.User;
import io.redward.leader.command.PasswordVerifiers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Passwords that last a while, for names `IAM:user`. Asked for again while one is valid, the same
/// is given with the later end, so that all that have been given out stay valid. Kept in memory:
/// they end with the server. Thread-safe.
final class TemporaryPasswords {
  private static final String PREFIX = "iam:";
  private static final int RANDOM_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Given(Warehouse.TemporaryPassword password, User.Verifier verifier) {}

  private final InstantSource clock;
  private final Map<String, Given> given = new HashMap<>();

  TemporaryPasswords(InstantSource clock) {
    this.clock = clock;
  }

  /// The name in the catalog of one who logs in by such a password or by one of their own.
  static String catalogName(String login) {
    String name = login.toLowerCase(Locale.ROOT);
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  synchronized Warehouse.TemporaryPassword give(String user, Duration life) {
    Instant now = clock.instant();
    given.values().removeIf(old -> !old.password().until().isAfter(now));
    String login = "IAM:" + user;
    Given known = given.get(login.toLowerCase(Locale.ROOT));
    Instant until = now.plus(life);
    Given next;
    if (known == null) {
      byte[] random = new byte[RANDOM_BYTES];
      RANDOM.nextBytes(random);
      String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      next =
          new Given(
              new Warehouse.TemporaryPassword(login, secret, until),
              PasswordVerifiers.ofClear(secret));
    } else {
      Warehouse.TemporaryPassword old = known.password();
      Instant later = until.isAfter(old.until()) ? until : old.until();
      next =
          new Given(
              new Warehouse.TemporaryPassword(login, old.password(), later), known.verifier());
    }
    given.put(login.toLowerCase(Locale.ROOT), next);
    return next.password();
  }

  /// The verifier for a name in lower case, if a password of its is valid.
  synchronized Optional<User.Verifier> verifier(String login) {
    return Optional.ofNullable(given.get(login))
        .filter(found -> found.password().until().isAfter(clock.instant()))
        .map(Given::verifier);
  }
}

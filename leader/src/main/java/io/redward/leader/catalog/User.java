package io.redward.leader.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A user.
///
/// @param verifier how a password is checked; empty if the user may not log in by password
/// @param settings ALTER USER ... SET: defaults of the user's sessions
/// @param defaults what is granted on objects that the user will make
public record User(
    int oid,
    String name,
    boolean superuser,
    boolean createDatabase,
    Optional<Verifier> verifier,
    Map<String, String> settings,
    Account account,
    List<DefaultAccess> defaults)
    implements CatalogObject {
  /// A stored password verifier, as the session's credentials know it.
  ///
  /// @param kind MD5, SHA256, SCRAM or PASSWORD
  public record Verifier(String kind, String value) {}

  /// What a user's logins and sessions are bound to.
  ///
  /// @param validUntil when the password ceases to be valid, in microseconds since 1970
  /// @param connectionLimit how many sessions at once; not for superusers
  /// @param sessionTimeout seconds a session may be idle
  /// @param syslogUnrestricted sees other users' rows in system tables
  /// @param externalId the name an identity provider has for the user
  public record Account(
      OptionalLong validUntil,
      OptionalInt connectionLimit,
      OptionalInt sessionTimeout,
      boolean syslogUnrestricted,
      Optional<String> externalId) {
    public static final Account PLAIN =
        new Account(
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            false,
            Optional.empty());
  }

  public User {
    settings = Map.copyOf(new TreeMap<>(settings));
    defaults = List.copyOf(defaults);
  }

  /// A user without limits.
  public User(
      int oid,
      String name,
      boolean superuser,
      boolean createDatabase,
      Optional<Verifier> verifier,
      Map<String, String> settings) {
    this(oid, name, superuser, createDatabase, verifier, settings, Account.PLAIN, List.of());
  }

  User withOid(int oid) {
    return new User(oid, name, superuser, createDatabase, verifier, settings, account, defaults);
  }

  /// The user with the rights of a superuser, or without.
  public User withSuperuser(boolean rights) {
    return new User(oid, name, rights, createDatabase, verifier, settings, account, defaults);
  }

  public User withDefaults(List<DefaultAccess> changed) {
    return new User(oid, name, superuser, createDatabase, verifier, settings, account, changed);
  }

  /// Whether the password is not valid any longer.
  public boolean isExpired(long nowMicros) {
    return account.validUntil().isPresent() && account.validUntil().getAsLong() <= nowMicros;
  }
}

package io.redward.leader.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A user.
///
/// @param verifier how a password is checked; empty if the user may not log in by password
/// @param settings ALTER USER ... SET: defaults of the user's sessions
public record User(
    int oid,
    String name,
    boolean superuser,
    boolean createDatabase,
    Optional<Verifier> verifier,
    Map<String, String> settings)
    implements CatalogObject {
  /// A stored password verifier, as the session's credentials know it.
  ///
  /// @param kind MD5, SHA256 or SCRAM
  public record Verifier(String kind, String value) {}

  public User {
    settings = Map.copyOf(new TreeMap<>(settings));
  }
}

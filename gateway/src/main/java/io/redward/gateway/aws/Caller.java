package io.redward.gateway.aws;

import java.util.Optional;

/// Who makes a call.
///
/// @param user the database user that the caller's access key stands for; empty for a trusted
///     caller, who may name any
public record Caller(Optional<String> user, String remoteAddress) {
  public static final String DEFAULT_USER = "admin";

  /// The database user to work as.
  ///
  /// @param wanted the call's DbUser
  public String databaseUser(Optional<String> wanted) {
    if (user.isPresent() && wanted.isPresent() && !wanted.get().equals(user.get())) {
      throw ApiException.denied(
          "The access key stands for database user \""
              + user.get()
              + "\", not \""
              + wanted.get()
              + "\".");
    }
    return user.or(() -> wanted).orElse(DEFAULT_USER);
  }

  /// True if this caller may see and stop what `databaseUser` has submitted.
  public boolean sees(String databaseUser) {
    return user.isEmpty() || user.get().equals(databaseUser);
  }
}

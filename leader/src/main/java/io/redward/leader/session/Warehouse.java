package io.redward.leader.session;

import io.redward.leader.system.ClientTraits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The leader as seen from a gateway: opens sessions.
public interface Warehouse {
  /// What is needed to check a login without telling whether the user exists: a stored verifier, or
  /// one that looks like those and that no password fits, if there is no such user or it may not
  /// log in by password.
  Optional<Credential> credential(String user);

  /// Waits until a password may be tried: wrong ones make the next ones slow.
  ///
  /// @param address where the client is, without its port
  /// @throws io.redward.foundation.base.SqlException 28P01 if it is not to be tried at all
  void awaitLogin(String user, String address);

  /// Notes in the audit log that a login was refused.
  ///
  /// @param login its secret does not matter
  void loginFailed(Login login);

  /// Notes that the password was right.
  void loggedIn(String user, String address);

  /// A password for `IAM:user` that lasts for a while.
  TemporaryPassword temporaryPassword(String user, Duration life);

  /// Opens a session for an authenticated user.
  ///
  /// @param settings start-up parameters that name settings (`application_name`, `datestyle`, …);
  ///     unknown ones are ignored
  /// @throws io.redward.foundation.base.SqlException 3D000 if there is no such database, 28000 for
  ///     no such user, 53300 when all connections are taken
  Session open(Login login, Map<String, String> settings);

  /// Cancels what the session with this process id runs, if `secret` is its secret.
  void cancel(int processId, int secret);

  /// Settings reported to a client after login, by ParameterStatus name.
  Map<String, String> reportedSettings();

  /// Who logs in to what.
  ///
  /// @param remoteAddress with the port
  /// @param secret the cancel key the gateway has told the client
  record Login(
      String user, String database, String remoteAddress, int secret, ClientTraits client) {
    /// Of somebody of whom no more is known.
    public Login(String user, String database, String remoteAddress, int secret) {
      this(user, database, remoteAddress, secret, ClientTraits.UNKNOWN);
    }
  }

  /// A password that ends by itself.
  ///
  /// @param login the name to log in by
  record TemporaryPassword(String login, String password, Instant until) {}

  /// A stored password verifier.
  ///
  /// @param kind how `value` is made
  record Credential(Kind kind, String value) {
    /// Verifier forms.
    public enum Kind {
      /// `md5` followed by hex of MD5(password || user).
      MD5,
      /// `sha256|salt|hash` with hex SHA-256 of password and salt.
      SHA256,
      /// SCRAM-SHA-256 as PostgreSQL stores it.
      SCRAM,
      /// The forms of SCRAM and SHA256 of one password, a blank between.
      PASSWORD,
      /// The user may not use a password.
      DISABLED
    }
  }
}

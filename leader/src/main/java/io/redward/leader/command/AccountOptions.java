package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.text.Timestamps;
import io.redward.leader.catalog.User.Account;
import io.redward.leader.sql.ast.AccessStatement.UserOption;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// VALID UNTIL, CONNECTION LIMIT, SESSION TIMEOUT, SYSLOG ACCESS and EXTERNALID of CREATE USER and
/// ALTER USER.
final class AccountOptions {
  private static final int SHORTEST_TIMEOUT = 60;
  private static final int LONGEST_TIMEOUT = 1_728_000;

  private AccountOptions() {}

  /// The account with an option changed.
  static Account with(Account old, UserOption option) {
    OptionalLong validUntil = old.validUntil();
    OptionalInt connections = old.connectionLimit();
    OptionalInt timeout = old.sessionTimeout();
    boolean syslog = old.syslogUnrestricted();
    Optional<String> externalId = old.externalId();
    switch (option) {
      case UserOption.ValidUntil until -> validUntil = validUntil(until.timestamp());
      case UserOption.UserConnectionLimit limit ->
          connections =
              limit.limit().connections().map(AccountOptions::limit).orElse(OptionalInt.empty());
      case UserOption.SessionTimeout limit ->
          timeout = limit.seconds().map(AccountOptions::timeout).orElse(OptionalInt.empty());
      case UserOption.SyslogAccess access -> syslog = access.unrestricted();
      case UserOption.ExternalId id -> externalId = Optional.of(id.id());
      case UserOption _ -> {}
    }
    return new Account(validUntil, connections, timeout, syslog, externalId);
  }

  private static OptionalLong validUntil(String text) {
    if (text.toLowerCase(Locale.ROOT).strip().equals("infinity")) {
      return OptionalLong.empty();
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return OptionalLong.of(
        Timestamps.parseZoned(bytes, 0, bytes.length, ZoneOffset.UTC.getRules()));
  }

  private static OptionalInt limit(int connections) {
    if (connections < 0) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + connections);
    }
    return OptionalInt.of(connections);
  }

  private static OptionalInt timeout(int seconds) {
    if (seconds < SHORTEST_TIMEOUT || seconds > LONGEST_TIMEOUT) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "Session timeout must be between "
              + SHORTEST_TIMEOUT
              + " and "
              + LONGEST_TIMEOUT
              + " seconds");
    }
    return OptionalInt.of(seconds);
  }
}

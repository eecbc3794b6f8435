package io.redward.gateway.management;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.leader.session.NullConsumer;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Gives callers passwords that last a while.
final class TemporaryLogins {
  private static final int LEAST_SECONDS = 900;
  private static final int MOST_SECONDS = 3_600;

  private final Warehouse warehouse;

  TemporaryLogins(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// @param wanted the database user that is asked for
  /// @param seconds as the call says
  /// @throws ApiException if the caller may not work as that user or the time is out of bounds
  Warehouse.TemporaryPassword give(Caller caller, Optional<String> wanted, int seconds) {
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw ApiException.validation(
          "The duration must be between " + LEAST_SECONDS + " and " + MOST_SECONDS + " seconds.");
    }
    return warehouse.temporaryPassword(caller.databaseUser(wanted), Duration.ofSeconds(seconds));
  }

  /// Creates a user without a password; one that is there stays as it is.
  void create(String user, Caller caller) {
    Warehouse.Login login =
        new Warehouse.Login(
            WarehouseAddress.ADMIN, WarehouseAddress.DATABASE, caller.remoteAddress(), 0);
    try (Session session = warehouse.open(login, Map.of("application_name", "management"))) {
      String name = "\"" + user.replace("\"", "\"\"") + "\"";
      session.executeScript("create user " + name + " password disable", NullConsumer.INSTANCE);
    } catch (SqlException e) {
      if (e.state() != SqlState.DUPLICATE_OBJECT) {
        throw e;
      }
    }
  }
}

package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.SessionValues;
import io.redward.leader.binder.BoundParameter;
import io.redward.leader.binder.BoundParameter.StableValue;
import io.redward.leader.catalog.WarehouseIdentity;
import io.redward.plan.expression.Constant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What functions of the session see, fixed for one execution: the time, the user, the schema.
final class StableValues {
  private final SessionValues values;

  private StableValues(LeaderSession session) {
    Instant now = session.warehouse().clock().instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    values =
        new SessionValues(
            micros,
            session.transaction().startMicros().orElse(micros),
            session.timeZone().getId(),
            session.user().name(),
            session.user().oid(),
            session.login().user(),
            session.database().name(),
            schema(session),
            session.processId(),
            WarehouseIdentity.of(session.transaction().snapshot()),
            session.functionsHandle(),
            session.database().caseInsensitive());
  }

  /// The values of a statement's parameters.
  ///
  /// @param given by the client
  static List<Constant> all(
      LeaderSession session, List<BoundParameter> parameters, List<Constant> given) {
    List<Constant> constants = new ArrayList<>(parameters.size());
    Optional<StableValues> stable = Optional.empty();
    for (BoundParameter parameter : parameters) {
      switch (parameter) {
        case BoundParameter.ClientValue(int number, SqlType _) ->
            constants.add(given.get(number - 1));
        case BoundParameter.StableValue value -> {
          StableValues fixed = stable.orElseGet(() -> new StableValues(session));
          stable = Optional.of(fixed);
          constants.add(fixed.evaluate(value));
        }
      }
    }
    return constants;
  }

  private static String schema(LeaderSession session) {
    List<String> path = session.settings().searchPath(session.user().name());
    return path.stream()
        .filter(
            name ->
                session.transaction().catalog().schema(session.database().oid(), name).isPresent())
        .findFirst()
        .orElse("");
  }

  private Constant evaluate(StableValue value) {
    return value.function().evaluate(values);
  }
}

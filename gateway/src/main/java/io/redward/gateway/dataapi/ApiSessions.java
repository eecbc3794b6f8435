package io.redward.gateway.dataapi;

import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Leader sessions for statements: one for each, or one that a client keeps alive to use again.
final class ApiSessions {
  /// A session on loan.
  ///
  /// @param keepAlive after its use; zero closes it then
  record Loan(String id, Session session, String user, String database, Duration keepAlive) {}

  private record Kept(Loan loan, Instant until) {}

  private final Warehouse warehouse;
  private final InstantSource clock;
  private final int most;
  private final Map<String, Kept> idle = new HashMap<>();
  private final Map<String, Loan> busy = new HashMap<>();

  ApiSessions(Warehouse warehouse, InstantSource clock, int most) {
    this.warehouse = warehouse;
    this.clock = clock;
    this.most = most;
  }

  /// Names a session that will be opened when it is first used.
  static String newId() {
    return UUID.randomUUID().toString();
  }

  Loan open(String id, Submission.Target target, String remoteAddress, Duration keepAlive) {
    Session session =
        warehouse.open(
            new Warehouse.Login(target.user(), target.database(), remoteAddress, 0),
            Map.of("application_name", "data-api"));
    return new Loan(id, session, target.user(), target.database(), keepAlive);
  }

  /// Takes a kept session.
  ///
  /// @throws ApiException if it is unknown, expired or in use
  synchronized Loan take(String id, Caller caller) {
    expire();
    if (busy.containsKey(id)) {
      throw ApiException.validation("Session " + id + " is busy with another statement.");
    }
    Kept kept = idle.remove(id);
    if (kept == null || !caller.sees(kept.loan().user())) {
      throw ApiException.notFound("Session is not available.", id);
    }
    busy.put(id, kept.loan());
    return kept.loan();
  }

  /// Announces a session that will be kept, so that a second call finds it busy instead of unknown.
  synchronized void announce(Loan loan) {
    if (loan.keepAlive().isZero()) {
      return;
    }
    expire();
    if (idle.size() + busy.size() >= most) {
      loan.session().close();
      throw ApiException.of(
          400, "ActiveSessionsExceededException", "Active sessions exceeded the allowed quota.");
    }
    busy.put(loan.id(), loan);
  }

  /// Gives a session back after use.
  synchronized void giveBack(Loan loan) {
    busy.remove(loan.id());
    if (loan.keepAlive().isZero()) {
      loan.session().close();
    } else {
      idle.put(loan.id(), new Kept(loan, clock.instant().plus(loan.keepAlive())));
    }
  }

  synchronized void expire() {
    Instant now = clock.instant();
    idle.values()
        .removeIf(
            kept -> {
              boolean over = !kept.until().isAfter(now);
              if (over) {
                kept.loan().session().close();
              }
              return over;
            });
  }

  synchronized void close() {
    busy.values().forEach(loan -> loan.session().cancel());
    idle.values().forEach(kept -> kept.loan().session().close());
    idle.clear();
  }
}

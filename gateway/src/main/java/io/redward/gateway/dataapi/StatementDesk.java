package io.redward.gateway.dataapi;

import io.redward.foundation.base.SqlException;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.leader.session.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Takes statements in, runs each on a thread of its own, and keeps them for the retention.
final class StatementDesk {
  /// A client token and the statement it named first.
  private record Token(String statementId, Instant until) {}

  /// What a submission was given.
  ///
  /// @param sessionId of the session it runs in, if that outlives it
  record Receipt(StatementRun run, Optional<String> sessionId) {}

  private final InstantSource clock;
  private final DataApiOptions.Limits limits;
  private final Path directory;
  private final ApiSessions sessions;
  private final Map<String, StatementRun> runs = new LinkedHashMap<>();
  private final Map<String, String> sessionOfRun = new HashMap<>();
  private final Map<String, Token> tokens = new HashMap<>();
  private boolean ending;

  StatementDesk(
      Warehouse warehouse, InstantSource clock, Path directory, DataApiOptions.Limits limits) {
    this.clock = clock;
    this.limits = limits;
    this.directory = directory;
    this.sessions = new ApiSessions(warehouse, clock, limits.sessions());
    empty(directory);
  }

  private static void empty(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> left = Files.list(directory)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The session a submission wants.
  sealed interface SessionWish {
    /// A new one, kept for a time after its use.
    record Fresh(Submission.Target target, Duration keepAlive) implements SessionWish {}

    /// One that was kept.
    record Kept(ApiSessions.Loan loan) implements SessionWish {}
  }

  ApiSessions sessions() {
    return sessions;
  }

  /// Takes no more submissions.
  synchronized void end() {
    ending = true;
  }

  /// Submissions that have not ended.
  synchronized long active() {
    return runs.values().stream().filter(run -> !run.status().ended()).count();
  }

  /// Starts a submission; the same client token gives the same statement again.
  Receipt submit(Submission submission, SessionWish wish, Optional<String> token, Caller caller) {
    StatementRun run = new StatementRun(UUID.randomUUID().toString(), submission, clock);
    synchronized (this) {
      if (ending) {
        throw ApiException.of(
            503, "ServiceUnavailableException", "The server is ending and takes no statements.");
      }
      purge();
      if (token.isPresent()) {
        Token earlier = tokens.get(token.get());
        if (earlier != null && runs.containsKey(earlier.statementId())) {
          return receipt(earlier.statementId());
        }
        tokens.put(token.get(), new Token(run.id(), clock.instant().plus(limits.tokenLife())));
      }
      if (active() >= limits.activeStatements()) {
        throw ApiException.of(
            400,
            "ActiveStatementsExceededException",
            "Active statements exceeded the allowed quota (" + limits.activeStatements() + ").");
      }
      runs.put(run.id(), run);
    }
    Optional<ApiSessions.Loan> loan = loan(wish, run, caller);
    loan.filter(l -> !l.keepAlive().isZero())
        .ifPresent(
            l -> {
              synchronized (this) {
                sessionOfRun.put(run.id(), l.id());
              }
            });
    loan.ifPresent(
        l -> Thread.ofVirtual().name("data-api-" + run.id()).start(() -> carryOut(run, l)));
    synchronized (this) {
      return receipt(run.id());
    }
  }

  private Optional<ApiSessions.Loan> loan(SessionWish wish, StatementRun run, Caller caller) {
    try {
      return Optional.of(
          switch (wish) {
            case SessionWish.Kept kept -> kept.loan();
            case SessionWish.Fresh fresh -> {
              ApiSessions.Loan opened =
                  sessions.open(
                      ApiSessions.newId(),
                      fresh.target(),
                      caller.remoteAddress(),
                      fresh.keepAlive());
              sessions.announce(opened);
              yield opened;
            }
          });
    } catch (SqlException e) {
      run.refuse("FATAL: " + e.message());
      return Optional.empty();
    } catch (ApiException e) {
      synchronized (this) {
        runs.remove(run.id());
      }
      throw e;
    }
  }

  private void carryOut(StatementRun run, ApiSessions.Loan loan) {
    try {
      run.run(loan.session(), directory, limits);
    } finally {
      sessions.giveBack(loan);
    }
  }

  private Receipt receipt(String id) {
    StatementRun run = runs.get(id);
    if (run == null) {
      throw ApiException.notFound("Query does not exist.", id);
    }
    return new Receipt(run, Optional.ofNullable(sessionOfRun.get(id)));
  }

  /// The statement of an id that the caller may see.
  ///
  /// @throws ApiException if there is none
  synchronized Receipt find(String id, Caller caller) {
    purge();
    Receipt receipt = receipt(id);
    if (!caller.sees(receipt.run().submission().target().user())) {
      throw ApiException.notFound("Query does not exist.", id);
    }
    return receipt;
  }

  /// All statements the caller may see, newest first.
  synchronized List<Receipt> all(Caller caller) {
    purge();
    List<Receipt> seen = new ArrayList<>();
    for (StatementRun run : runs.values()) {
      if (caller.sees(run.submission().target().user())) {
        seen.add(receipt(run.id()));
      }
    }
    seen.sort(Comparator.comparing((Receipt r) -> r.run().createdAt()).reversed());
    return seen;
  }

  private void purge() {
    Instant now = clock.instant();
    sessions.expire();
    tokens.values().removeIf(token -> !token.until().isAfter(now));
    runs.values()
        .removeIf(
            run -> {
              boolean over =
                  run.status().ended() && run.updatedAt().plus(limits.retention()).isBefore(now);
              if (over) {
                run.discard();
                sessionOfRun.remove(run.id());
              }
              return over;
            });
  }

  /// Stops all that runs and deletes all results.
  synchronized void close() {
    runs.values().forEach(StatementRun::cancel);
    sessions.close();
    runs.values().forEach(StatementRun::discard);
    runs.clear();
  }
}

package io.redward.leader.system;

import io.redward.leader.catalog.Schema;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The audit log: who has logged in or tried to, what was done to users, which security policies
/// statements were subject to. Keeps the newest; thread-safe.
public final class AccessLog {
  private static final int KEPT = 10_000;

  /// Something that happened to a connection.
  ///
  /// @param event in the words of `stl_connection_log`
  /// @param processId 0 before there is a session
  /// @param micros how long the connection was open; 0 but for its end
  public record Connection(
      String event,
      Instant at,
      String address,
      int processId,
      String database,
      String user,
      String application,
      long micros,
      ClientTraits client) {}

  /// A change of a user.
  ///
  /// @param action create, alter, rename or drop
  /// @param oldName of a user renamed
  /// @param validUntil in microseconds since 1970
  public record UserChange(
      int userOid,
      String name,
      Optional<String> oldName,
      String action,
      boolean createDatabase,
      boolean superuser,
      OptionalLong validUntil,
      int processId,
      long transactionId,
      Instant at) {}

  /// A policy that a statement met.
  ///
  /// @param policy its name; empty where none let any row through
  /// @param command `s`, `u`, `d` or `i`
  /// @param kind of the relation: table or view
  public record PolicyUse(
      QueryLog.Issuer issuer,
      int queryId,
      long transactionId,
      Instant at,
      char command,
      String schema,
      String relation,
      String kind,
      Optional<String> policy) {}

  /// Somebody has ended a session, or the statement it was at.
  ///
  /// @param userOid who did
  /// @param type TERMINATE or CANCEL
  public record Signal(int processId, Instant at, int userOid, String type) {}

  /// A transaction whose changes were undone.
  public record Undone(QueryLog.Issuer issuer, long transactionId, Instant start, Instant end) {}

  /// A transaction that was not let commit because its schema would have become too large.
  ///
  /// @param megabytes what the schema would take
  public record QuotaViolation(
      QueryLog.Issuer issuer, long transactionId, Schema schema, long megabytes, Instant at) {}

  private volatile Consumer<Connection> connectionKeeper = _ -> {};
  private volatile Consumer<UserChange> userKeeper = _ -> {};
  private final Newest<Connection> connections = new Newest<>();
  private final Newest<UserChange> userChanges = new Newest<>();
  private final Newest<PolicyUse> policyUses = new Newest<>();
  private final Newest<PolicyUse> maskUses = new Newest<>();
  private final Newest<Signal> signals = new Newest<>();
  private final Newest<Undone> undone = new Newest<>();
  private final Newest<QuotaViolation> quotaViolations = new Newest<>();

  /// The newest of what happened, oldest first.
  private static final class Newest<T> {
    private final Deque<T> kept = new ArrayDeque<>();

    synchronized void add(T one) {
      kept.addLast(one);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }

    synchronized List<T> all() {
      return new ArrayList<>(kept);
    }
  }

  /// From now on connections and changes of users are told to somebody else, too.
  public void keep(Consumer<Connection> connectionKeeper, Consumer<UserChange> userKeeper) {
    this.connectionKeeper = connectionKeeper;
    this.userKeeper = userKeeper;
  }

  public void add(Connection event) {
    connections.add(event);
    connectionKeeper.accept(event);
  }

  public void add(UserChange change) {
    userChanges.add(change);
    userKeeper.accept(change);
  }

  public void add(PolicyUse use) {
    policyUses.add(use);
  }

  public void addMask(PolicyUse use) {
    maskUses.add(use);
  }

  public void add(Signal signal) {
    signals.add(signal);
  }

  public void add(Undone transaction) {
    undone.add(transaction);
  }

  public void add(QuotaViolation violation) {
    quotaViolations.add(violation);
  }

  public List<QuotaViolation> quotaViolations() {
    return quotaViolations.all();
  }

  public List<PolicyUse> maskUses() {
    return maskUses.all();
  }

  public List<Signal> signals() {
    return signals.all();
  }

  public List<Undone> undone() {
    return undone.all();
  }

  public List<Connection> connections() {
    return connections.all();
  }

  public List<UserChange> userChanges() {
    return userChanges.all();
  }

  public List<PolicyUse> policyUses() {
    return policyUses.all();
  }
}

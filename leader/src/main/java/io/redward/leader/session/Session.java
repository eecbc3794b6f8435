package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One client's conversation: transaction state, prepared statements, settings. Used by one thread
/// at a time, but for [#cancel]. Methods throw `SqlException`; a failed statement leaves an open
/// transaction in state FAILED.
public interface Session extends AutoCloseable {
  /// Identifies the session in `stv_sessions`, `pg_backend_pid()` and cancel requests.
  int processId();

  TransactionState transactionState();

  /// The zone that `timestamp with time zone` is shown in.
  ZoneId timeZone();

  /// Runs a string of statements (the simple protocol): each one's outcome goes to `results`;
  /// statements outside an explicit transaction share one implicit transaction that ends with the
  /// string.
  void executeScript(String text, ResultConsumer results);

  /// The prepared statements by name, which PREPARE and the extended protocol share. Case does not
  /// tell names apart, because DEALLOCATE folds them.
  Map<String, Prepared> statements();

  /// Parses and binds one statement. `parameterTypes` holds PostgreSQL type OIDs, 0 where the
  /// client leaves it open; it may be shorter than the parameters are.
  Prepared prepare(String text, List<Integer> parameterTypes);

  /// Fixes parameter values. Nothing runs before [Portal#fetch].
  Portal bind(Prepared prepared, List<ParameterValue> values);

  /// The portal of an open cursor of DECLARE, which the protocol may describe and fetch from, too.
  Optional<Portal> cursor(String name);

  /// Says that the portal about to be fetched is followed by [#sync] at once, so that its
  /// transaction may be committed with it, and tried again if it loses to another.
  void expectSync();

  /// End of an extended-protocol sequence: commits the implicit transaction, or rolls it back after
  /// an error (`failed`). Portals close.
  void sync(boolean failed);

  /// Stops the running statement, from any thread; does nothing if none runs.
  void cancel();

  /// Has `cut` called, from any thread, when the session is ended from outside; it is then to be
  /// closed once its running statement has ended.
  void whenTerminated(Runnable cut);

  /// Ends the session from outside, from any thread: its running statement is stopped with this
  /// error, then it is cut.
  void terminate(SqlException reason);

  /// Why the session has been ended from outside, if it has.
  Optional<SqlException> terminated();

  /// Rolls back and forgets all.
  @Override
  void close();

  /// As ReadyForQuery reports it.
  enum TransactionState {
    IDLE,
    OPEN,
    FAILED
  }
}

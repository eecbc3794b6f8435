package io.redward.functions.signature;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The sessions of this process by number. Generated code carries a session as a plain `long` and
/// functions of the session look it up here, so that a plan holds no object of the leader's.
public final class OpenSessions {
  private static final Map<Long, SessionFunctions> SESSIONS = new ConcurrentHashMap<>();

  /// From a number that no other process has and no table: a plan that got to another process finds
  /// no session there, and whoever sends plans away can tell which of their values is a session.
  private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong() >>> 1);

  private OpenSessions() {}

  /// Makes a session known and answers its handle.
  public static long open(SessionFunctions session) {
    long handle = NEXT.getAndIncrement();
    SESSIONS.put(handle, session);
    return handle;
  }

  public static void close(long handle) {
    SESSIONS.remove(handle);
  }

  /// The session, empty if it is closed, or open in another process only.
  public static Optional<SessionFunctions> find(long handle) {
    return Optional.ofNullable(SESSIONS.get(handle));
  }

  /// @throws SqlException if the session is closed, or open in another process only
  public static SessionFunctions get(long handle) {
    SessionFunctions session = SESSIONS.get(handle);
    if (session == null) {
      throw new SqlException(SqlState.INTERNAL_ERROR, "no session " + handle + " on this node");
    }
    return session;
  }
}

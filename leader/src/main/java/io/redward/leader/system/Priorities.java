package io.redward.leader.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The priorities that superusers have given to queries, sessions and users. A query has its own,
/// else that of its session, else that of its user. They are shown, not acted on: no statement
/// waits for another. Thread-safe.
public final class Priorities {
  public static final String NORMAL = "normal";
  private static final int KEPT = 10_000;

  private final Map<Integer, String> users = new ConcurrentHashMap<>();
  private final Map<Integer, String> sessions = new ConcurrentHashMap<>();

  /// Those of queries, also of the newest that have ended.
  private final Map<Integer, String> queries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
          return size() > KEPT;
        }
      };

  public synchronized String of(QueryLog.Entry query) {
    String own = queries.get(query.queryId());
    return own == null ? current(query.issuer()) : own;
  }

  private String current(QueryLog.Issuer issuer) {
    String ofSession = sessions.get(issuer.processId());
    return ofSession == null ? users.getOrDefault(issuer.userOid(), NORMAL) : ofSession;
  }

  /// The query keeps the priority that it has now.
  synchronized void ended(QueryLog.Entry query) {
    String now = of(query);
    if (!now.equals(NORMAL)) {
      queries.put(query.queryId(), now);
    }
  }

  /// Whether some query, session or user is critical, which one may be at a time.
  public synchronized boolean isCriticalTaken(Iterable<QueryLog.Entry> running) {
    for (QueryLog.Entry query : running) {
      if ("critical".equals(queries.get(query.queryId()))) {
        return true;
      }
    }
    return sessions.containsValue("critical") || users.containsValue("critical");
  }

  public synchronized void query(int queryId, String priority) {
    queries.put(queryId, priority);
  }

  /// Answers the priority before.
  public Optional<String> session(int processId, String priority) {
    return Optional.ofNullable(sessions.put(processId, priority));
  }

  public void sessionEnded(int processId) {
    sessions.remove(processId);
  }

  /// Answers the priority before.
  public Optional<String> user(int oid, String priority) {
    return Optional.ofNullable(users.put(oid, priority));
  }

  public void resetUser(int oid) {
    users.remove(oid);
  }
}

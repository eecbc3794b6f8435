package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.signature.PriorityTarget;
import io.redward.leader.catalog.User;
import io.redward.leader.system.Priorities;
import io.redward.leader.system.QueryLog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `change_query_priority` and its kin, with their documented answers.
final class PriorityChanges {
  private static final String CRITICAL = "critical";
  private static final List<String> LEVELS =
      List.of(CRITICAL, "highest", "high", Priorities.NORMAL, "low", "lowest");

  private final LeaderSession session;
  private final QueryLog log;
  private final Priorities priorities;

  PriorityChanges(LeaderSession session) {
    this.session = session;
    log = session.warehouse().log();
    priorities = log.priorities();
  }

  String change(PriorityTarget kind, String target, String priority) {
    String wanted = priority.strip().toLowerCase(Locale.ROOT);
    boolean reset = kind == PriorityTarget.USER && wanted.equals("reset");
    if (!reset && !LEVELS.contains(wanted)) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "Invalid priority: \"" + priority + "\"");
    }
    return switch (kind) {
      case QUERY -> query(Integer.parseInt(target), wanted);
      case SESSION -> session(Integer.parseInt(target), wanted);
      case USER -> user(target, wanted, reset);
    };
  }

  private String query(int queryId, String wanted) {
    QueryLog.Entry query =
        log.running().stream()
            .filter(entry -> entry.queryId() == queryId)
            .findFirst()
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "Query " + queryId + " is not running or waiting"));
    boolean own = query.issuer().userOid() == session.user().oid() && !wanted.equals(CRITICAL);
    if (!own) {
      requireSuperuser("query");
    }
    requireFree(wanted);
    String before = priorities.of(query);
    priorities.query(queryId, wanted);
    return "Succeeded to change query priority. Priority changed from "
        + capitalized(before)
        + " to "
        + capitalized(wanted)
        + ".";
  }

  private String session(int processId, String wanted) {
    requireSuperuser("session");
    int target = processId == -1 ? session.processId() : processId;
    if (session.warehouse().session(target).isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "Session (pid:" + target + ") does not exist");
    }
    requireFree(wanted);
    Optional<String> before = priorities.session(target, wanted);
    return "Succeeded to change session priority. Changed session (pid:"
        + target
        + ") priority "
        + before.map(level -> "from " + level + " ").orElse("")
        + "to "
        + wanted
        + ".";
  }

  private String user(String name, String wanted, boolean reset) {
    requireSuperuser("user");
    User user =
        session
            .transaction()
            .catalog()
            .user(name.strip().toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.UNDEFINED_OBJECT, "user \"" + name + "\" does not exist"));
    if (reset) {
      priorities.resetUser(user.oid());
      return "Succeeded to reset priority for user (" + user.name() + ").";
    }
    requireFree(wanted);
    Optional<String> before = priorities.user(user.oid(), wanted);
    return "Succeeded to change user priority. Changed user ("
        + user.name()
        + ") priority "
        + before.map(level -> "from " + capitalized(level) + " ").orElse("")
        + "to "
        + wanted
        + ".";
  }

  private void requireFree(String wanted) {
    if (wanted.equals(CRITICAL) && priorities.isCriticalTaken(log.running())) {
      throw new SqlException(
          SqlState.OBJECT_IN_USE, "Only one session, user, or query can be of priority CRITICAL");
    }
  }

  private void requireSuperuser(String what) {
    if (!session.user().superuser()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to change the priority of a " + what);
    }
  }

  private static String capitalized(String level) {
    return level.substring(0, 1).toUpperCase(Locale.ROOT) + level.substring(1);
  }
}

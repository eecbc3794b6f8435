package io.redward.leader.session;

import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.User;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a prepared statement was planned as last, and all that this rested on. As long as that is
/// as it was, nobody need look for the plan: no name, no table and no setting can have another
/// meaning. Used by one session's thread.
final class LastPlan {
  private @Nullable Found found;

  /// A plan and what it is found by in the cache, for results that are kept by it.
  record Choice(Optional<PlanCache.Key> key, StatementPlan plan) {}

  /// @param version of the snapshot, which no commit has followed
  /// @param settings count of the session's changes of settings
  private record Found(long version, long settings, User user, Database database, Choice choice) {}

  /// The plan, if it is certain to be right still.
  Optional<Choice> find(LeaderSession session, Snapshot snapshot) {
    Found last = found;
    if (last == null
        || last.version() != snapshot.version()
        || last.settings() != session.settings().changes()
        || last.user() != session.user()
        || last.database() != session.database()
        || session.transaction().reads() != ReadRecorder.NONE) {
      return Optional.empty();
    }
    return Optional.of(last.choice());
  }

  /// Keeps what was found, unless it is right but once, or for this transaction alone.
  void keep(LeaderSession session, Snapshot snapshot, Choice choice) {
    boolean lasting =
        choice.key().isPresent()
            && choice.plan().reusable()
            && choice.plan().recursions().isEmpty()
            && choice.plan().bound().references().tables().stream().allMatch(oid -> oid >= 0)
            && session.transaction().reads() == ReadRecorder.NONE;
    found =
        lasting
            ? new Found(
                snapshot.version(),
                session.settings().changes(),
                session.user(),
                session.database(),
                choice)
            : null;
  }
}

package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// Earlier states of a namespace, made from checkpoints and commits. They reach back as far as the
/// policy's retention says, but no further than [#MAX_COMMITS]. Thread-safe.
public final class CommitHistory {
  /// Commits are objects: more of them would make lists of the log long.
  public static final int MAX_COMMITS = 10_000;

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final CommitLog log;

  CommitHistory(ObjectStore store, CommitPolicy policy, CommitLog log) {
    this.store = store;
    this.policy = policy;
    this.log = log;
  }

  /// The state after the commit at `version`.
  ///
  /// @throws SqlException UNDEFINED_OBJECT if there is no such version, or none any more
  public Superblock at(long version, Superblock current) {
    if (version > current.version() || version < 0) {
      throw new SqlException(SqlState.UNDEFINED_OBJECT, "version " + version + " does not exist")
          .withDetail("The newest version is " + current.version() + ".");
    }
    long oldest = oldestKept(current);
    if (version < oldest) {
      throw tooOld("version " + version, oldest);
    }
    if (version == current.version()) {
      return current;
    }
    Superblock state = start(version, oldest);
    while (state.version() < version) {
      state = log.next(state).orElseThrow(() -> tooOld("version " + version, oldest));
    }
    return state;
  }

  /// The newest version that was committed at or before that time.
  ///
  /// @param micros since 1970
  /// @throws SqlException UNDEFINED_OBJECT if it is no longer kept
  public long versionAt(long micros, Superblock current) {
    long oldest = oldestKept(current);
    long found = current.committedMicros() <= micros ? current.version() : newestUntil(micros);
    if (found < oldest || found == 0) {
      throw tooOld("the state of that time", oldest);
    }
    return found;
  }

  /// The oldest version that can be seen.
  public long oldestKept(Superblock current) {
    if (policy.retention().isZero()) {
      return current.version();
    }
    long since = (policy.clock().millis().getAsLong() - policy.retention().toMillis()) * 1_000;
    long least = Math.max(0, current.version() - MAX_COMMITS);
    // What was the newest then can still be seen.
    return current.committedMicros() <= since
        ? current.version()
        : Math.max(least, newestUntil(since));
  }

  /// Tells of every state from the oldest that is kept to `last`, each with the one before it.
  public void forEach(Superblock last, BiConsumer<Superblock, Superblock> steps) {
    long oldest = oldestKept(last);
    Superblock state = start(oldest, oldest);
    while (state.version() < last.version()) {
      Superblock before = state;
      state = log.next(before).orElseThrow(() -> tooOld("version " + before.version(), oldest));
      if (before.version() >= oldest) {
        steps.accept(before, state);
      }
    }
  }

  /// The last commit made at or before that time, 0 if there is none in the log.
  private long newestUntil(long micros) {
    List<Long> commits = positions(LogNames.COMMIT);
    int low = 0;
    int high = commits.size();
    // All commits before `low` are old enough, those from `high` on are not.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (committedMicros(commits.get(middle)) <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : commits.get(low - 1);
  }

  private long committedMicros(long position) {
    String key = LogNames.commit(position);
    Optional<byte[]> bytes = store.find(key);
    try {
      // Deleted since it was listed: it was older than what is kept.
      return bytes.isEmpty() ? 0 : CommitFormat.committedMicros(bytes.get());
    } catch (MalformedBytesException e) {
      throw CommitLog.damaged(key, e);
    }
  }

  /// The state of the newest checkpoint from which `version` can be made.
  private Superblock start(long version, long oldest) {
    for (long position : positions(LogNames.CHECKPOINT).reversed()) {
      if (position <= version) {
        String key = LogNames.checkpoint(position);
        Optional<byte[]> bytes = store.find(key);
        if (bytes.isPresent()) {
          try {
            return CheckpointFormat.read(bytes.get(), store);
          } catch (MalformedBytesException e) {
            throw CommitLog.damaged(key, e);
          }
        }
      }
    }
    if (version > 0 && store.size(LogNames.commit(1)).isEmpty()) {
      throw tooOld("version " + version, oldest);
    }
    return Superblock.empty();
  }

  private List<Long> positions(String suffix) {
    List<Long> positions = new ArrayList<>();
    for (ObjectSummary object : store.list(LogNames.PREFIX)) {
      OptionalLong position = LogNames.position(object.key(), suffix);
      position.ifPresent(positions::add);
    }
    return positions;
  }

  private static SqlException tooOld(String what, long oldest) {
    return new SqlException(SqlState.UNDEFINED_OBJECT, what + " is older than the history kept")
        .withDetail("The oldest version that can be seen is " + oldest + ".")
        .withHint("Snapshots can be kept longer; see --history-retention for the history.");
  }
}

package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.bytes.UnknownVersionException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects under `log/`: `<20 digits>.commit`, one a log position without gaps up to the
/// newest, [Archives] of the older ones, and what [Checkpoints] keeps. Appending is for one thread
/// of a process at a time; any number of processes may append.
final class CommitLog {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommitLog.class);
  private static final int RECOVERIES = 5;
  private static final int REREADS = 3;

  /// A store that repeats requests itself has waited by then, and somebody waits for the statement.
  private static final long READ_PATIENCE_NANOS = 3_000_000_000L;

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final Checkpoints checkpoints;
  private final Closings closings;
  private final Archives archives;
  private final LogTrimmer trimmer;
  private final CommitHistory history;

  CommitLog(ObjectStore store, CommitPolicy policy) {
    this.store = store;
    this.policy = policy;
    closings = new Closings(store);
    archives = new Archives(store);
    checkpoints = new Checkpoints(store, closings, archives);
    trimmer = new LogTrimmer(store, policy, closings, archives);
    history = new CommitHistory(store, policy, this);
  }

  CommitHistory history() {
    return history;
  }

  /// The newest valid checkpoint with the commits after it, found by asking for one position after
  /// another. The store's list serves to notice damage: a commit that is missing before a later
  /// one, or that does not read back as written, is an error that names it, for what has been
  /// acknowledged is never left out silently.
  Superblock recover() {
    for (int attempt = 1; ; attempt++) {
      List<ObjectSummary> listed = store.list(LogNames.PREFIX);
      Superblock superblock = checkpoints.newest(positions(listed, LogNames.CHECKPOINT));
      long start = superblock.version();
      long end = closings.isClosed(start + 1) ? closings.end() : 0;
      Optional<Superblock> next;
      while ((next = next(superblock, end)).isPresent()) {
        superblock = next.get();
      }
      long last = positions(listed, LogNames.COMMIT).stream().reduce(end - 1, Math::max);
      if (last <= superblock.version()) {
        return superblock;
      }
      // Deleted by another process since it was listed, or lost.
      if (!closings.isClosed(superblock.version() + 1) || attempt == RECOVERIES) {
        throw missing(superblock.version() + 1, last);
      }
      LOGGER.debug("recovery from {} was overtaken at {}", start, superblock.version());
    }
  }

  /// The state after the commit that follows `superblock`, or empty if there is none.
  ///
  /// @param end of what is closed: what is before it is looked for among the archived commits
  Optional<Superblock> next(Superblock superblock, long end) {
    long position = superblock.version() + 1;
    if (position >= end) {
      return step(superblock).map(Step::state);
    }
    return archived(position)
        .map(bytes -> replay(superblock, LogNames.commit(position), bytes).state());
  }

  /// The commit at a closed position; empty if it is no longer kept.
  Optional<byte[]> archived(long position) {
    return retrying(() -> archives.find(position));
  }

  /// A commit as it is applied.
  ///
  /// @param state after it
  record Step(Superblock state, List<Changes> transactions) {}

  /// The commit that follows `superblock`, or empty if there is none.
  Optional<Step> step(Superblock superblock) {
    String key = LogNames.commit(superblock.version() + 1);
    return retrying(() -> store.find(key).map(bytes -> replay(superblock, key, bytes)));
  }

  private <T> T retrying(Supplier<T> read) {
    long pauseMillis = policy.pause().toMillis();
    long begun = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        return read.get();
      } catch (SqlException e) {
        boolean damaged = e.state() == SqlState.DATA_CORRUPTED;
        boolean patient = System.nanoTime() - begun < READ_PATIENCE_NANOS;
        if (attempt == (damaged ? REREADS : policy.attempts()) || !patient || isRefusal(e)) {
          throw e;
        }
        // What was damaged on its way here may come through the next time.
        if (!damaged) {
          pause(pauseMillis, e);
          pauseMillis *= 2;
        }
      }
    }
  }

  /// True if the commit at `position` may have been deleted.
  boolean isClosed(long position) {
    return closings.isClosed(position);
  }

  /// The first position that is not closed.
  long closedEnd() {
    return closings.end();
  }

  private Step replay(Superblock before, String key, byte[] bytes) {
    CommitFormat.Commit commit;
    try {
      commit = CommitFormat.read(bytes, store);
      if (commit.position() != before.version() + 1) {
        throw new MalformedBytesException("it is the commit at " + commit.position());
      }
    } catch (MalformedBytesException e) {
      throw damaged(key, e);
    }
    Superblock superblock = before;
    for (Changes changes : commit.transactions()) {
      superblock = superblock.apply(changes, commit.position(), commit.position());
    }
    return new Step(superblock.committedAt(commit.committedMicros()), commit.transactions());
  }

  /// Writes the commit at `position`.
  ///
  /// A put without an answer, or with the answer that the key is taken, decides nothing: the object
  /// there may be this very one, put by a request whose answer was lost or that came through
  /// twice. So the object is read back. If there is none, the same bytes are put again; that is
  /// safe, since whichever request arrives first is the only one that counts.
  ///
  /// @param author who writes, and in which attempt; nobody writes another commit under it
  /// @return false if the position is taken by another commit, and never will be by this one
  /// @throws UncertainCommitException if it cannot be found out whether the commit was written
  /// @throws SqlException if it was not written
  boolean append(long position, CommitFormat.Author author, byte[] bytes) {
    String key = LogNames.commit(position);
    long pauseMillis = policy.pause().toMillis();
    for (int attempt = 1; ; attempt++) {
      SqlException failure;
      try {
        if (store.putIfAbsent(key, bytes)) {
          return true;
        }
        failure =
            new SqlException(
                SqlState.IO_ERROR,
                "object \"" + key + "\" was reported as present and then as missing");
      } catch (SqlException e) {
        failure = e;
      }
      switch (readBack(key, author)) {
        case OWN -> {
          return true;
        }
        case FOREIGN -> {
          return false;
        }
        case ABSENT -> {
          if (attempt == 1 && isRefusal(failure)) {
            throw failure;
          }
        }
        case UNKNOWN -> {}
      }
      if (attempt == policy.attempts()) {
        throw new UncertainCommitException(failure);
      }
      try {
        pause(pauseMillis, failure);
      } catch (SqlException e) {
        throw new UncertainCommitException(e);
      }
      pauseMillis *= 2;
    }
  }

  private enum Found {
    OWN,
    FOREIGN,
    ABSENT,
    UNKNOWN
  }

  /// What is at a key. An object that does not check out may have been damaged on its way here, so
  /// it says nothing.
  private Found readBack(String key, CommitFormat.Author author) {
    try {
      Optional<byte[]> present = store.find(key);
      if (present.isEmpty()) {
        return Found.ABSENT;
      }
      return CommitFormat.author(present.get()).equals(author) ? Found.OWN : Found.FOREIGN;
    } catch (SqlException | MalformedBytesException e) {
      LOGGER.debug("could not read back \"{}\"", key, e);
      return Found.UNKNOWN;
    }
  }

  /// True if the store has said that it will not do it, so that it cannot happen later either.
  private static boolean isRefusal(SqlException failure) {
    return switch (failure.state()) {
      case DISK_FULL, INSUFFICIENT_PRIVILEGE, UNDEFINED_FILE -> true;
      default -> false;
    };
  }

  private static void pause(long millis, SqlException failure) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /// Writes a checkpoint, archives the commits before it, and forgets what is no longer needed.
  void checkpoint(Superblock superblock) {
    PointerFormat.Pointer newest = checkpoints.write(superblock);
    trimmer.trim(newest, history.oldestKept(superblock));
  }

  /// Deletes single commits of stretches that others must have heard by now are closed.
  void trim() {
    trimmer.deleteCommits();
  }

  long bytes() {
    return store.list(LogNames.PREFIX).stream().mapToLong(ObjectSummary::bytes).sum();
  }

  /// Log position of the newest checkpoint object, 0 if there is none.
  long newestCheckpointPosition() {
    return checkpoints.newestPosition();
  }

  private static List<Long> positions(List<ObjectSummary> listed, String suffix) {
    List<Long> positions = new ArrayList<>();
    for (ObjectSummary object : listed) {
      LogNames.position(object.key(), suffix).ifPresent(positions::add);
    }
    return positions;
  }

  static SqlException damaged(String key, MalformedBytesException cause) {
    if (cause instanceof UnknownVersionException later) {
      return later.of("object \"" + key + "\"");
    }
    return new SqlException(
            SqlState.DATA_CORRUPTED, "object \"" + key + "\" is damaged: " + cause.reason(), cause)
        .withHint("Restore the object from a backup.");
  }

  private static SqlException missing(long position, long last) {
    return new SqlException(
            SqlState.DATA_CORRUPTED,
            "object \""
                + LogNames.commit(position)
                + "\" is missing, but later commits up to "
                + last
                + " are there")
        .withHint("Restore the object from a backup.");
  }
}

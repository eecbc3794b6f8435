package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects under `log/`: `<20 digits>.commit`, one a log position from 1 on without gaps, and
/// `<20 digits>.checkpoint`, the superblock after that commit. The newest two checkpoints are kept,
/// and the commits since the older one. Appending is for one thread at a time.
final class CommitLog {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommitLog.class);
  private static final String PREFIX = "log/";
  private static final String COMMIT = ".commit";
  private static final String CHECKPOINT = ".checkpoint";

  private final ObjectStore store;

  CommitLog(ObjectStore store) {
    this.store = store;
  }

  /// The newest valid checkpoint with the commits after it. A commit that is missing before a later
  /// one, or that does not read back as written, is an error that names it: what has been
  /// acknowledged is never left out silently.
  Superblock recover() {
    List<Long> checkpoints = positions(CHECKPOINT);
    List<Long> commits = positions(COMMIT);
    Superblock superblock = newestCheckpoint(checkpoints);
    long last = commits.isEmpty() ? 0 : commits.getLast();
    for (long position = superblock.version() + 1; position <= last; position++) {
      superblock = next(superblock).orElseThrow(missing(position, last));
    }
    return superblock;
  }

  /// The state after the commit that follows `superblock`, or empty if there is none.
  Optional<Superblock> next(Superblock superblock) {
    long position = superblock.version() + 1;
    String key = commitKey(position);
    return store.find(key).map(bytes -> replay(superblock, key, bytes));
  }

  private Superblock replay(Superblock before, String key, byte[] bytes) {
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
    return superblock;
  }

  /// Writes the commit at `position`.
  ///
  /// @return false if the position is taken by somebody else's commit
  /// @throws UncertainCommitException if it cannot be found out whether the commit was written
  /// @throws SqlException if it was not written
  boolean append(long position, byte[] bytes) {
    String key = commitKey(position);
    SqlException failure = null;
    try {
      if (store.putIfAbsent(key, bytes)) {
        return true;
      }
    } catch (SqlException e) {
      failure = e;
    }
    Optional<byte[]> present;
    try {
      present = store.find(key);
    } catch (SqlException e) {
      throw new UncertainCommitException(failure == null ? e : failure);
    }
    if (present.isPresent()) {
      return Arrays.equals(present.get(), bytes);
    }
    throw new UncertainCommitException(failure == null ? lost(key) : failure);
  }

  /// Writes a checkpoint and forgets what the last two do not need.
  void checkpoint(Superblock superblock) {
    store.put(checkpointKey(superblock.version()), List.of(CheckpointFormat.write(superblock)));
    List<Long> checkpoints = positions(CHECKPOINT);
    if (checkpoints.size() < 2) {
      return;
    }
    long oldest = checkpoints.get(checkpoints.size() - 2);
    for (long position : checkpoints) {
      if (position < oldest) {
        store.delete(checkpointKey(position));
      }
    }
    for (long position : positions(COMMIT)) {
      if (position <= oldest) {
        store.delete(commitKey(position));
      }
    }
  }

  long bytes() {
    return store.list(PREFIX).stream().mapToLong(ObjectSummary::bytes).sum();
  }

  /// Log position of the newest checkpoint object, 0 if there is none.
  long newestCheckpointPosition() {
    List<Long> checkpoints = positions(CHECKPOINT);
    return checkpoints.isEmpty() ? 0 : checkpoints.getLast();
  }

  private Superblock newestCheckpoint(List<Long> positions) {
    SqlException first = null;
    for (int i = positions.size() - 1; i >= 0; i--) {
      String key = checkpointKey(positions.get(i));
      try {
        Superblock superblock = CheckpointFormat.read(store.find(key).orElseThrow(), store);
        if (first != null) {
          LOGGER.warn("using the checkpoint \"{}\" instead: {}", key, first.message());
        }
        return superblock;
      } catch (MalformedBytesException e) {
        first = first == null ? damaged(key, e) : first;
      }
    }
    if (first != null && store.find(commitKey(1)).isEmpty()) {
      throw first;
    }
    return Superblock.empty();
  }

  private List<Long> positions(String suffix) {
    List<Long> positions = new ArrayList<>();
    for (ObjectSummary object : store.list(PREFIX)) {
      String name = object.key().substring(PREFIX.length());
      if (name.endsWith(suffix) && name.length() == 20 + suffix.length()) {
        positions.add(Long.parseLong(name.substring(0, 20)));
      }
    }
    return positions;
  }

  static String commitKey(long position) {
    return PREFIX + String.format(Locale.ROOT, "%020d", position) + COMMIT;
  }

  private static String checkpointKey(long position) {
    return PREFIX + String.format(Locale.ROOT, "%020d", position) + CHECKPOINT;
  }

  private static SqlException damaged(String key, MalformedBytesException cause) {
    return new SqlException(
            SqlState.DATA_CORRUPTED, "object \"" + key + "\" is damaged: " + cause.reason(), cause)
        .withHint("Restore the object from a backup.");
  }

  private static SqlException lost(String key) {
    return new SqlException(
        SqlState.IO_ERROR, "object \"" + key + "\" was reported as present and then as missing");
  }

  private static java.util.function.Supplier<SqlException> missing(long position, long last) {
    return () ->
        new SqlException(
                SqlState.DATA_CORRUPTED,
                "object \""
                    + commitKey(position)
                    + "\" is missing, but later commits up to "
                    + last
                    + " are there")
            .withHint("Restore the object from a backup.");
  }
}

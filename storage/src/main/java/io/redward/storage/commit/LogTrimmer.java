package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.commit.PointerFormat.Pointer;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Keeps a log short after each checkpoint: few objects however many commits there were. For each
/// stretch of the log before the newest checkpoint, in this order:
///
/// 1. its commits are archived and the archive read back, unless they are older than all that
///    somebody may want to see;
/// 2. it is closed: nobody reads a single commit there any more, or puts one that counts;
/// 3. the single commits are deleted; where other processes may write, only once all of them must
///    have heard that it is closed;
/// 4. its archive grows together with its neighbours', and goes when the history has moved on.
///
/// Whoever goes on after a crash, or at the same time, finds what is done and does the rest.
final class LogTrimmer {
  /// Checkpoints of the history are so many commits apart, for what is between is replayed.
  private static final int CHECKPOINT_DISTANCE = 1_000;

  /// Commits of a larger sum are archived in smaller stretches.
  private static final long ARCHIVE_BYTES = 32L << 20;

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final Closings closings;
  private final Archives archives;

  /// Since when stretches with single commits are known to be closed.
  private final Map<Stretch, LogClock.Reading> closedSince = new HashMap<>();

  LogTrimmer(ObjectStore store, CommitPolicy policy, Closings closings, Archives archives) {
    this.store = store;
    this.policy = policy;
    this.closings = closings;
    this.archives = archives;
  }

  /// @param newest checkpoints
  /// @param oldestKept the oldest version that somebody may want to see
  synchronized void trim(Pointer newest, long oldestKept) {
    List<Long> checkpoints = positions(LogNames.CHECKPOINT);
    // A damaged newest checkpoint is made up for by the one before it and the commits since.
    long needed =
        checkpoints.stream()
            .filter(position -> position <= Math.min(oldestKept, newest.previous()))
            .reduce(0L, Math::max);
    close(newest, needed);
    closings.merge(newest);
    Set<Long> kept = new HashSet<>(List.of(newest.checkpoint(), newest.previous()));
    lastClosing(newest).ifPresent(last -> kept.addAll(List.of(last.checkpoint(), last.previous())));
    deleteCheckpoints(checkpoints, newest.previous(), needed, kept);
    deleteCommits();
    archives.merge(archived());
    archives.deleteUntil(needed, archived());
  }

  private Optional<Pointer> lastClosing(Pointer newest) {
    try {
      return closings.last();
    } catch (SqlException e) {
      if (e.state() != SqlState.DATA_CORRUPTED) {
        throw e;
      }
      closings.mendLast(newest);
      return Optional.of(newest);
    }
  }

  private void close(Pointer newest, long needed) {
    long end = closings.end();
    // The first stretch begins with position 0, where nothing is.
    long first = end == 1 ? 0 : end;
    int level = Stretch.TOP_LEVEL;
    Optional<Stretch> next;
    while ((next = Stretch.largest(first, newest.checkpoint(), level)).isPresent()) {
      Stretch stretch = next.get();
      if (stretch.last() > needed && stretch.level() > Archives.TOP_LEVEL) {
        level = Archives.TOP_LEVEL;
        continue;
      }
      if (stretch.last() > needed && !archive(stretch)) {
        level = stretch.level() - 1;
        continue;
      }
      closings.close(stretch, newest);
      first = stretch.last() + 1;
      level = Stretch.TOP_LEVEL;
    }
  }

  /// @return false if the stretch takes too much for one archive
  private boolean archive(Stretch stretch) {
    List<byte[]> commits = new ArrayList<>();
    long bytes = 0;
    for (long position = stretch.first(); position <= stretch.last(); position++) {
      byte[] commit = read(position);
      bytes += commit.length;
      if (bytes > ARCHIVE_BYTES && stretch.level() > 0) {
        return false;
      }
      commits.add(commit);
    }
    // Who was slow may have read what was put in the place of commits that were deleted since.
    if (!policy.shared() || !closings.isClosed(stretch.first())) {
      archives.put(stretch, commits);
    }
    return true;
  }

  private byte[] read(long position) {
    String key = LogNames.commit(position);
    Optional<byte[]> commit = store.find(key);
    if (commit.isEmpty()) {
      throw new SqlException(SqlState.DATA_CORRUPTED, "object \"" + key + "\" is missing");
    }
    try {
      if (CommitFormat.position(commit.get()) != position) {
        throw new MalformedBytesException("it is the commit of another position");
      }
    } catch (MalformedBytesException e) {
      throw CommitLog.damaged(key, e);
    }
    return commit.get();
  }

  /// @param until nothing is known of checkpoints behind it: somebody may be about to point there
  private void deleteCheckpoints(List<Long> all, long until, long needed, Set<Long> kept) {
    long last = -CHECKPOINT_DISTANCE;
    for (long position : all) {
      if (position >= until
          || kept.contains(position)
          || position >= needed && position >= last + CHECKPOINT_DISTANCE) {
        last = position;
      } else {
        store.delete(LogNames.checkpoint(position));
      }
    }
  }

  /// Deletes the single commits of stretches that have been closed for long enough.
  synchronized void deleteCommits() {
    long end = closings.end();
    Set<Stretch> left = new HashSet<>();
    for (long position : positions(LogNames.COMMIT)) {
      if (position < end) {
        Stretch stretch = Stretch.of(0, position);
        if (isOver(stretch)) {
          store.delete(LogNames.commit(position));
        } else {
          left.add(stretch);
        }
      }
    }
    closedSince.keySet().retainAll(left);
  }

  /// True once a closed stretch has been so for as long as others may rely on its being open.
  private boolean isOver(Stretch stretch) {
    if (!policy.shared()) {
      return true;
    }
    LogClock.Reading since = closedSince.computeIfAbsent(stretch, s -> policy.clock().now());
    return policy.clock().atLeastSince(since) >= CommitPolicy.GRACE.toMillis();
  }

  private Set<Stretch> archived() {
    Set<Stretch> archived = new HashSet<>();
    for (ObjectSummary object : store.list(LogNames.PREFIX)) {
      Stretch.named(object.key()).ifPresent(archived::add);
    }
    return archived;
  }

  private List<Long> positions(String suffix) {
    return store.list(LogNames.PREFIX).stream()
        .map(object -> LogNames.position(object.key(), suffix))
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .toList();
  }
}

package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.commit.PointerFormat.Pointer;
import io.redward.storage.objectstore.ObjectStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checkpoints of a log, what points to them, and which stretches of the log are closed.
///
/// 1. `log/newest` points to the newest checkpoint. It is a hint: lost, damaged or out of date it
///    costs time only.
/// 2. Commits are deleted by whole epochs, in order, and only some time after `epochs/<n>.closed`
/// was
///    put, which is never deleted and points to a checkpoint behind the epoch.
/// 3. So a commit position in an epoch that is not closed, or was not a while ago, is either taken
///    or free for good reason: nobody can be given a position again whose commit has been deleted.
/// 4. The checkpoint that the last closed epoch points to is kept, and so are the newest two.
///
/// Epochs are closed in order, so the last closed one is found by doubling and halving, without
/// asking the store for a list.
final class Checkpoints {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checkpoints.class);

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final Map<Long, LogClock.Reading> closedSince = new HashMap<>();

  Checkpoints(ObjectStore store, CommitPolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /// Position of the newest checkpoint, as far as is known; 0 if there is none.
  long newestPosition() {
    return hint().map(Pointer::checkpoint).orElse(0L);
  }

  /// True if the commits of an epoch may have been deleted.
  boolean isClosed(long epoch) {
    return store.size(LogNames.closed(epoch)).isPresent();
  }

  /// The newest checkpoint that checks out and has all commits after it in the log; the empty state
  /// if there is none.
  ///
  /// @param listed positions of checkpoints that the store lists, oldest first
  Superblock newest(List<Long> listed) {
    Optional<Pointer> hint = hint();
    Set<Long> tried = new LinkedHashSet<>();
    hint.ifPresent(pointer -> tried.addAll(List.of(pointer.checkpoint(), pointer.previous())));
    tried.addAll(listed.reversed());
    tried.remove(0L);
    Failures failures = new Failures();
    for (long position : tried) {
      if (!isClosed(LogNames.epochOf(position + 1))) {
        Superblock found = read(position, failures);
        if (found != null) {
          return found;
        }
      }
    }
    OptionalLong last = lastClosed(LogNames.epochOf(hint.map(Pointer::checkpoint).orElse(0L) + 1));
    if (last.isPresent()) {
      Superblock found = read(closed(last.getAsLong()).checkpoint(), failures);
      if (found != null) {
        return found;
      }
    }
    if (failures.first != null && (last.isPresent() || store.size(LogNames.commit(1)).isEmpty())) {
      throw failures.first;
    }
    return Superblock.empty();
  }

  private static final class Failures {
    private @Nullable SqlException first;
  }

  private @Nullable Superblock read(long position, Failures failures) {
    String key = LogNames.checkpoint(position);
    SqlException failure;
    try {
      Optional<byte[]> bytes = store.find(key);
      if (bytes.isPresent()) {
        Superblock superblock = CheckpointFormat.read(bytes.get(), store);
        if (failures.first != null) {
          LOGGER.warn("using the checkpoint \"{}\" instead: {}", key, failures.first.message());
        }
        return superblock;
      }
      failure = new SqlException(SqlState.DATA_CORRUPTED, "object \"" + key + "\" is missing");
    } catch (MalformedBytesException e) {
      failure = CommitLog.damaged(key, e);
    } catch (SqlException e) {
      failure = damageOrThrow(e);
    }
    failures.first = failures.first == null ? failure : failures.first;
    return null;
  }

  /// Of a store that checks its objects itself, as an encrypted one does.
  private static SqlException damageOrThrow(SqlException failure) {
    if (failure.state() != SqlState.DATA_CORRUPTED) {
      throw failure;
    }
    return failure;
  }

  /// Writes a checkpoint, points to it, and closes and deletes what is no longer needed.
  ///
  /// @param oldestKept the oldest version that somebody may want to see
  void write(Superblock superblock, long oldestKept) {
    long position = superblock.version();
    store.put(LogNames.checkpoint(position), List.of(CheckpointFormat.write(superblock)));
    Pointer before = hint().orElse(new Pointer(0, 0));
    Pointer now = before;
    if (before.checkpoint() < position) {
      now = new Pointer(position, before.checkpoint());
      store.put(LogNames.NEWEST, List.of(PointerFormat.write(now)));
    }
    long needed = Math.min(now.previous(), newestNotAfter(oldestKept));
    close(needed, position);
    delete(now, needed);
  }

  /// Closes the epochs that end at or before `position`.
  private void close(long position, long checkpoint) {
    OptionalLong last = lastClosed(LogNames.epochOf(position));
    long epoch = last.isPresent() ? last.getAsLong() + 1 : 0;
    for (; LogNames.lastOf(epoch) <= position; epoch++) {
      // Somebody else may have closed it: as good.
      store.putIfAbsent(LogNames.closed(epoch), PointerFormat.write(new Pointer(checkpoint, 0)));
    }
  }

  /// The newest checkpoint from which a version can be made.
  private long newestNotAfter(long version) {
    return positions(LogNames.CHECKPOINT).stream()
        .filter(position -> position <= version)
        .reduce(0L, Math::max);
  }

  private void delete(Pointer newest, long needed) {
    OptionalLong last = lastClosed(LogNames.epochOf(newest.checkpoint()));
    if (last.isEmpty()) {
      deleteCheckpoints(needed, Set.of());
      return;
    }
    deleteCheckpoints(needed, Set.of(closed(last.getAsLong()).checkpoint()));
    for (long position : positions(LogNames.COMMIT)) {
      long epoch = LogNames.epochOf(position);
      if (epoch <= last.getAsLong() && isOver(epoch)) {
        store.delete(LogNames.commit(position));
      }
    }
  }

  private void deleteCheckpoints(long needed, Collection<Long> kept) {
    for (long position : positions(LogNames.CHECKPOINT)) {
      if (position < needed && !kept.contains(position)) {
        store.delete(LogNames.checkpoint(position));
      }
    }
  }

  /// True once a closed epoch has been so for as long as others may rely on its being open.
  private boolean isOver(long epoch) {
    if (!policy.shared()) {
      return true;
    }
    LogClock.Reading since = closedSince.computeIfAbsent(epoch, e -> policy.clock().now());
    return policy.clock().atLeastSince(since) >= CommitPolicy.GRACE.toMillis();
  }

  /// The last closed epoch, looked for from `guess`.
  private OptionalLong lastClosed(long guess) {
    long open = guess;
    long step = 1;
    while (isClosed(open)) {
      open += step;
      step *= 2;
    }
    long low = -1;
    long high = open;
    // All epochs up to `low` are closed, none from `high` on.
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isClosed(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low < 0 ? OptionalLong.empty() : OptionalLong.of(low);
  }

  private Pointer closed(long epoch) {
    String key = LogNames.closed(epoch);
    try {
      return PointerFormat.read(
          store
              .find(key)
              .orElseThrow(
                  () ->
                      new SqlException(
                          SqlState.DATA_CORRUPTED, "object \"" + key + "\" is missing")));
    } catch (MalformedBytesException e) {
      throw CommitLog.damaged(key, e);
    }
  }

  private Optional<Pointer> hint() {
    try {
      return store.find(LogNames.NEWEST).map(PointerFormat::read);
    } catch (MalformedBytesException e) {
      LOGGER.warn("object \"{}\" is damaged: {}", LogNames.NEWEST, e.reason());
      return Optional.empty();
    } catch (SqlException e) {
      LOGGER.warn("{}", damageOrThrow(e).message());
      return Optional.empty();
    }
  }

  private List<Long> positions(String suffix) {
    return store.list(LogNames.PREFIX).stream()
        .map(object -> LogNames.position(object.key(), suffix))
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .toList();
  }
}

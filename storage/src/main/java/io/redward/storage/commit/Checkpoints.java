package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.commit.PointerFormat.Pointer;
import io.redward.storage.objectstore.ObjectStore;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checkpoints of a log and what points to them.
///
/// 1. `log/newest` points to the newest checkpoint. It is a hint: lost, damaged or out of date it
///    costs time only.
/// 2. What closes the last stretch of the log ([Closings]) points to a checkpoint behind it, and
///    that is kept. So are the newest two, with all commits between them, single or archived.
final class Checkpoints {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checkpoints.class);

  private final ObjectStore store;
  private final Closings closings;
  private final Archives archives;
  private volatile boolean hintTold;

  Checkpoints(ObjectStore store, Closings closings, Archives archives) {
    this.store = store;
    this.closings = closings;
    this.archives = archives;
  }

  /// Position of the newest checkpoint, as far as is known; 0 if there is none.
  long newestPosition() {
    return hint().map(Pointer::checkpoint).orElse(0L);
  }

  /// The newest checkpoint that checks out and has all commits after it in the log; the empty state
  /// if there is none.
  ///
  /// @param listed positions of checkpoints that the store lists, oldest first
  Superblock newest(List<Long> listed) {
    Optional<Pointer> hint = hint();
    Set<Long> candidates = new LinkedHashSet<>();
    hint.ifPresent(pointer -> candidates.addAll(List.of(pointer.checkpoint(), pointer.previous())));
    candidates.addAll(listed.reversed());
    candidates.remove(0L);
    Failures failures = new Failures();
    // First those that no archive need be read for, and that none can be newer than.
    for (long position : candidates) {
      if (!closings.isClosed(position + 1)) {
        Superblock found = read(position, failures);
        if (found != null) {
          return found;
        }
      }
    }
    closings.last().ifPresent(pointer -> candidates.add(pointer.checkpoint()));
    closings.last().ifPresent(pointer -> candidates.add(pointer.previous()));
    candidates.remove(0L);
    for (long position : candidates.stream().sorted(Comparator.reverseOrder()).toList()) {
      Superblock found = read(position, failures);
      if (found != null) {
        return found;
      }
    }
    if (failures.first != null
        && store.size(LogNames.commit(1)).isEmpty()
        && archives.find(1).isEmpty()) {
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

  /// Writes a checkpoint and points to it.
  ///
  /// @return the newest checkpoint, which may be of somebody else's, and the one before it
  Pointer write(Superblock superblock) {
    long position = superblock.version();
    store.put(LogNames.checkpoint(position), List.of(CheckpointFormat.write(superblock)));
    Pointer before = hint().orElse(new Pointer(0, 0));
    if (before.checkpoint() >= position) {
      return before;
    }
    Pointer now = new Pointer(position, before.checkpoint());
    store.put(LogNames.NEWEST, List.of(PointerFormat.write(now)));
    return now;
  }

  /// Once: the hint is looked at again and again until the next checkpoint mends it.
  private void complain(String message) {
    if (!hintTold) {
      hintTold = true;
      LOGGER.warn("{}; recovery does without", message);
    }
  }

  private Optional<Pointer> hint() {
    try {
      return store.find(LogNames.NEWEST).map(PointerFormat::read);
    } catch (MalformedBytesException e) {
      complain("object \"" + LogNames.NEWEST + "\" is damaged: " + e.reason());
      return Optional.empty();
    } catch (SqlException e) {
      complain(damageOrThrow(e).message());
      return Optional.empty();
    }
  }
}

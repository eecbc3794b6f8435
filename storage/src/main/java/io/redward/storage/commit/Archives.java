package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.commit.ArchiveFormat.Archive;
import io.redward.storage.objectstore.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The archived commits of a log. Archives of a level grow into one of the next; a larger one is
/// there before the smaller ones go, so who looks for a position asks from the smallest up.
/// Thread-safe.
final class Archives {
  /// The largest archive: a thousand commits.
  static final int TOP_LEVEL = 3;

  /// Archives are not merged into one that takes more than this in memory.
  private static final long MAX_BYTES = 64L << 20;

  private static final int KEPT = 4;
  private static final int REREADS = 3;

  private final ObjectStore store;

  /// Those read last; they never change.
  private final Map<Long, Archive> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Archive> eldest) {
          return size() > KEPT;
        }
      };

  Archives(ObjectStore store) {
    this.store = store;
  }

  /// The archived commit at a position; empty if it is in no archive.
  ///
  /// @throws SqlException DATA_CORRUPTED if the archive is damaged
  Optional<byte[]> find(long position) {
    synchronized (known) {
      for (Archive archive : known.values()) {
        if (archive.holds(position)) {
          return Optional.of(archive.commit(position));
        }
      }
    }
    for (int level = 0; level <= TOP_LEVEL; level++) {
      Optional<Archive> archive = read(Stretch.of(level, position));
      if (archive.isPresent() && archive.get().holds(position)) {
        synchronized (known) {
          known.put(archive.get().first(), archive.get());
        }
        return Optional.of(archive.get().commit(position));
      }
    }
    return Optional.empty();
  }

  /// @throws SqlException DATA_CORRUPTED if it is damaged, not only on its way here
  Optional<Archive> read(Stretch stretch) {
    for (int attempt = 1; ; attempt++) {
      try {
        return store.find(stretch.archive()).map(bytes -> ArchiveFormat.read(bytes, stretch));
      } catch (MalformedBytesException e) {
        if (attempt == REREADS) {
          throw CommitLog.damaged(stretch.archive(), e);
        }
      } catch (SqlException e) {
        if (attempt == REREADS || e.state() != SqlState.DATA_CORRUPTED) {
          throw e;
        }
      }
    }
  }

  /// Puts the archive of a stretch and reads it back. One that is there already holds the same,
  /// unless half of it was written: then it is put again.
  void put(Stretch stretch, List<byte[]> commits) {
    Archive archive = new Archive(stretch.first(), commits);
    byte[] bytes = ArchiveFormat.write(archive);
    store.putIfAbsent(stretch.archive(), bytes);
    if (holds(stretch, archive)) {
      return;
    }
    // Of a stretch only what was committed is ever archived, so no other one is lost.
    store.put(stretch.archive(), List.of(bytes));
    if (!holds(stretch, archive)) {
      throw new SqlException(
          SqlState.IO_ERROR, "object \"" + stretch.archive() + "\" does not read back as written");
    }
  }

  private boolean holds(Stretch stretch, Archive archive) {
    Optional<Archive> back;
    try {
      back = read(stretch);
    } catch (SqlException e) {
      if (e.state() == SqlState.DATA_CORRUPTED) {
        return false;
      }
      throw e;
    }
    if (back.isEmpty()) {
      return false;
    }
    for (int i = 0; i < archive.commits().size(); i++) {
      if (!Arrays.equals(back.get().commits().get(i), archive.commits().get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Merges archives that together are one of the next level.
  ///
  /// @param present those that there are; what is merged replaces its parts in it
  void merge(Set<Stretch> present) {
    for (int level = 0; level < TOP_LEVEL; level++) {
      for (Stretch part : List.copyOf(present)) {
        Stretch whole = part.parent();
        if (part.level() == level && !present.contains(whole)) {
          merge(whole, present);
        }
      }
    }
    for (Stretch part : List.copyOf(present)) {
      if (part.level() < TOP_LEVEL && present.contains(part.parent())) {
        // It may have been put by somebody who did not live to read it back.
        if (read(part.parent()).isPresent()) {
          store.delete(part.archive());
          present.remove(part);
        }
      }
    }
  }

  private void merge(Stretch whole, Set<Stretch> present) {
    if (!present.containsAll(whole.parts())) {
      return;
    }
    List<byte[]> commits = new ArrayList<>();
    long bytes = 0;
    for (Stretch part : whole.parts()) {
      Optional<Archive> archive = read(part);
      bytes += archive.map(Archive::bytes).orElse(0L);
      if (archive.isEmpty() || bytes > MAX_BYTES) {
        return;
      }
      commits.addAll(archive.get().commits());
    }
    put(whole, commits);
    present.add(whole);
    for (Stretch part : whole.parts()) {
      store.delete(part.archive());
      present.remove(part);
    }
  }

  /// Those that end at or before a position are deleted, oldest first, so that what is left has no
  /// gap.
  void deleteUntil(long position, Collection<Stretch> present) {
    present.stream()
        .filter(stretch -> stretch.last() <= position)
        .sorted(Comparator.comparingLong(Stretch::last))
        .forEach(stretch -> store.delete(stretch.archive()));
  }
}

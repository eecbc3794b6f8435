package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.commit.PointerFormat.Pointer;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which positions of a log are closed: all before some end. A position that is closed is decided
/// for good; what is put there later counts for nothing. The objects that say so are merged as
/// stretches grow together but never otherwise deleted, and a larger one is there before the
/// smaller ones go: who asks from the smallest up is never told that a closed position is open.
///
/// Asks for no list, so that whoever has slept may rely on the answer. Thread-safe.
final class Closings {
  private final ObjectStore store;

  /// All before it were closed when it was last asked; it never goes back.
  private volatile long knownEnd;

  Closings(ObjectStore store) {
    this.store = store;
  }

  boolean isClosed(long position) {
    return position < knownEnd || holding(position).isPresent();
  }

  /// A closed stretch that a position is in, the smallest.
  private Optional<Stretch> holding(long position) {
    for (int level = 0; level <= Stretch.TOP_LEVEL; level++) {
      Stretch stretch = Stretch.of(level, position);
      if (store.size(stretch.closed()).isPresent()) {
        return Optional.of(stretch);
      }
    }
    return Optional.empty();
  }

  /// The first position that is not closed.
  long end() {
    long end = Math.max(1, knownEnd);
    Optional<Stretch> next = holding(end);
    if (next.isEmpty()) {
      return end;
    }
    // From far behind large steps are found first; what has not been merged yet, or is merged
    // meanwhile, by asking for one stretch after another.
    end = Math.max(end, skip());
    while ((next = holding(end)).isPresent()) {
      end = next.get().last() + 1;
    }
    knownEnd = Math.max(knownEnd, end);
    return end;
  }

  /// A position with nothing but closed ones before it.
  private long skip() {
    long end = 0;
    for (int level = Stretch.TOP_LEVEL; level >= 0; level--) {
      Stretch next = Stretch.of(level, end);
      while (store.size(next.closed()).isPresent()) {
        end = next.last() + 1;
        next = next.next();
      }
    }
    return end;
  }

  /// Somebody else may have closed it: as good.
  void close(Stretch stretch, Pointer checkpoints) {
    store.putIfAbsent(stretch.closed(), PointerFormat.write(checkpoints));
  }

  /// What the last closing points to; empty if nothing is closed.
  ///
  /// @throws SqlException DATA_CORRUPTED if it is damaged
  Optional<Pointer> last() {
    long last = end() - 1;
    for (int level = 0; last > 0 && level <= Stretch.TOP_LEVEL; level++) {
      Stretch stretch = Stretch.of(level, last);
      if (stretch.last() == last) {
        Optional<Pointer> pointer = read(stretch);
        if (pointer.isPresent()) {
          return pointer;
        }
      }
    }
    if (last > 0) {
      throw new SqlException(
          SqlState.DATA_CORRUPTED,
          "what says that the log is closed up to position " + last + " is missing");
    }
    return Optional.empty();
  }

  /// Writes the last closing again, which is damaged.
  void mendLast(Pointer checkpoints) {
    long last = end() - 1;
    for (int level = 0; level <= Stretch.TOP_LEVEL; level++) {
      Stretch stretch = Stretch.of(level, last);
      if (stretch.last() == last && store.size(stretch.closed()).isPresent()) {
        store.put(stretch.closed(), List.of(PointerFormat.write(checkpoints)));
      }
    }
  }

  private Optional<Pointer> read(Stretch stretch) {
    try {
      return store.find(stretch.closed()).map(PointerFormat::read);
    } catch (MalformedBytesException e) {
      throw CommitLog.damaged(stretch.closed(), e);
    }
  }

  /// Makes one of what closes four stretches that are one of the next level.
  void merge(Pointer checkpoints) {
    Set<Stretch> present = new HashSet<>();
    for (ObjectSummary object : store.list(Stretch.CLOSED_PREFIX)) {
      Stretch.named(object.key()).ifPresent(present::add);
    }
    for (int level = 0; level < Stretch.TOP_LEVEL; level++) {
      for (Stretch part : List.copyOf(present)) {
        Stretch whole = part.parent();
        if (part.level() == level
            && !present.contains(whole)
            && present.containsAll(whole.parts())) {
          close(whole, checkpoints);
          present.add(whole);
        }
      }
    }
    for (Stretch part : present) {
      if (part.level() < Stretch.TOP_LEVEL && present.contains(part.parent())) {
        store.delete(part.closed());
      }
    }
  }
}

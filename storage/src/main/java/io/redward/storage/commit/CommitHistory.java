package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/// Earlier states of a namespace, made from checkpoints and commits. They reach back as far as the
/// policy's retention says, but no further than [#MAX_COMMITS]. Thread-safe.
public final class CommitHistory {
  /// More of them would make reading the history long.
  public static final int MAX_COMMITS = 10_000;

  private static final int KEPT_TIMES = 1_000;

  private final ObjectStore store;
  private final CommitPolicy policy;
  private final CommitLog log;

  /// When commits were made that were asked for. The same ones are again and again.
  private final Map<Long, Long> times =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
              return size() > KEPT_TIMES;
            }
          });

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
    long end = log.closedEnd();
    while (state.version() < version) {
      state = after(state, end).orElseThrow(() -> tooOld("version " + version, oldest));
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
    if (oldest == last.version()) {
      return;
    }
    Superblock state = start(oldest, oldest);
    long end = log.closedEnd();
    while (state.version() < last.version()) {
      Superblock before = state;
      state = after(before, end).orElseThrow(() -> tooOld("version " + before.version(), oldest));
      if (before.version() >= oldest) {
        steps.accept(before, state);
      }
    }
  }

  /// @param end of what was closed a while ago
  private Optional<Superblock> after(Superblock state, long end) {
    Optional<Superblock> next = log.next(state, end);
    // It may have been archived since.
    return next.isPresent() || state.version() + 1 < end ? next : log.next(state, log.closedEnd());
  }

  /// The last commit made at or before that time, 0 if there is none in the log.
  private long newestUntil(long micros) {
    long end = log.closedEnd();
    TreeMap<Long, Long> kept = new TreeMap<>();
    for (ObjectSummary object : store.list(LogNames.PREFIX)) {
      LogNames.position(object.key(), LogNames.COMMIT)
          .ifPresent(position -> kept.merge(position, position, Math::max));
      Stretch.named(object.key())
          .ifPresent(stretch -> kept.merge(stretch.first(), stretch.last(), Math::max));
    }
    long until = 0;
    for (Iterator<Map.Entry<Long, Long>> all = kept.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Long> range = all.next();
      boolean single = range.getKey().equals(range.getValue());
      // What somebody has put late where all is decided counts for nothing.
      if (range.getKey() <= until || single && range.getKey() < end) {
        all.remove();
      } else {
        until = range.getValue();
      }
    }
    long[] firsts = kept.keySet().stream().mapToLong(Long::longValue).toArray();
    long first = lastUntil(micros, end, firsts);
    if (first == 0) {
      return 0;
    }
    long last = kept.getOrDefault(first, first);
    return lastUntil(micros, end, LongStream.rangeClosed(first, last).toArray());
  }

  /// Of ascending positions the last with a commit made at or before that time, 0 if there is none.
  private long lastUntil(long micros, long end, long[] positions) {
    int low = 0;
    int high = positions.length;
    // All commits before `low` are old enough, those from `high` on are not.
    while (low < high) {
      int middle = (low + high) >>> 1;
      OptionalLong time = committedMicros(positions[middle], end);
      if (time.isPresent() && time.getAsLong() <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : positions[low - 1];
  }

  /// When a commit was made; empty if it is damaged, which is no reason to forget those before it.
  private OptionalLong committedMicros(long position, long end) {
    Long known = times.get(position);
    if (known != null) {
      return OptionalLong.of(known);
    }
    try {
      Optional<byte[]> bytes =
          position < end ? log.archived(position) : store.find(LogNames.commit(position));
      // Deleted since it was listed: it was older than what is kept.
      long micros = bytes.isEmpty() ? 0 : CommitFormat.committedMicros(bytes.get());
      if (bytes.isPresent()) {
        times.put(position, micros);
      }
      return OptionalLong.of(micros);
    } catch (MalformedBytesException e) {
      return OptionalLong.empty();
    } catch (SqlException e) {
      if (e.state() != SqlState.DATA_CORRUPTED) {
        throw e;
      }
      return OptionalLong.empty();
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
    if (version > 0 && store.size(LogNames.commit(1)).isEmpty() && log.archived(1).isEmpty()) {
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

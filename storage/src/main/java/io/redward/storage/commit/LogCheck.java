package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.check.Finding;
import io.redward.storage.check.FindingKind;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.rowset.RowsetFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a commit log: every object in it reads back as written, no position is missing, every
/// commit fits the state before it, and every checkpoint is what the commits before it add up to.
/// A commit that is archived and there by itself too is so only until somebody deletes it; if the
/// two differ, the archive counts. Reads only.
public final class LogCheck {
  private static final String PREFIX = "log/";
  private static final Pattern NAME = Pattern.compile("log/(\\d{20})\\.(commit|checkpoint)");

  /// Names that say where things are and hold no state.
  private static final Pattern POINTER = Pattern.compile("log/(newest|.*\\.closed)");

  private final ObjectStore store;
  private final List<Finding> findings = new ArrayList<>();
  private final TreeMap<Long, CommitFormat.Commit> commits = new TreeMap<>();
  private final TreeMap<Long, Superblock> checkpoints = new TreeMap<>();
  private final Set<Long> commitPositions = new HashSet<>();
  private final Set<Long> archived = new HashSet<>();
  private final TreeMap<Long, String> checkpointKeys = new TreeMap<>();

  private long closedEnd;

  private LogCheck(ObjectStore store) {
    this.store = store;
  }

  /// What was found.
  ///
  /// @param state the newest state, or empty if none can be made
  /// @param commits commits in the log
  /// @param checkpoints checkpoints in the log
  /// @param mentioned keys of objects that some state in the log refers to
  public record Result(
      Optional<Superblock> state,
      int commits,
      int checkpoints,
      Set<String> mentioned,
      List<Finding> findings) {}

  public static Result run(ObjectStore store) {
    LogCheck check = new LogCheck(store);
    check.readObjects();
    check.checkArchives();
    check.checkAuthors();
    Superblock state = check.replay();
    return new Result(
        Optional.ofNullable(state),
        check.commitPositions.size(),
        check.checkpointKeys.size(),
        check.mentioned(),
        List.copyOf(check.findings));
  }

  private Set<String> mentioned() {
    Set<String> keys = new HashSet<>();
    checkpoints.values().forEach(state -> keys.addAll(SavedStates.objects(state)));
    for (CommitFormat.Commit commit : commits.values()) {
      for (Changes changes : commit.transactions()) {
        changes.added().stream()
            .map(RowsetFile::reference)
            .filter(reference -> !reference.isInline())
            .forEach(reference -> keys.add(reference.objectKey()));
      }
    }
    return keys;
  }

  private void readObjects() {
    closedEnd = new Closings(store).end();
    List<ObjectSummary> listed = store.list(PREFIX);
    listed.forEach(
        object -> Stretch.named(object.key()).ifPresent(stretch -> readArchive(object, stretch)));
    for (ObjectSummary object : listed) {
      if (Stretch.named(object.key()).isPresent()) {
        continue;
      }
      Matcher name = NAME.matcher(object.key());
      if (!name.matches()) {
        if (!POINTER.matcher(object.key()).matches()) {
          add(FindingKind.UNKNOWN_OBJECT, object.key(), "not a name of a commit or checkpoint");
        }
        continue;
      }
      long position = Long.parseLong(name.group(1));
      boolean commit = name.group(2).equals("commit");
      if (commit && position < closedEnd) {
        // Waits for being deleted, or was put late: it counts for nothing.
        continue;
      }
      if (commit) {
        commitPositions.add(position);
      } else {
        checkpointKeys.put(position, object.key());
      }
      readObject(object.key(), position, commit);
    }
  }

  private void readArchive(ObjectSummary object, Stretch stretch) {
    Optional<byte[]> bytes = Optional.empty();
    try {
      bytes = store.find(object.key());
      if (bytes.isPresent()) {
        ArchiveFormat.Archive archive = ArchiveFormat.read(bytes.get(), stretch);
        for (long at = archive.first(); archive.holds(at); at++) {
          commitPositions.add(at);
          archived.add(at);
          commits.put(at, CommitFormat.read(archive.commit(at), store));
        }
      }
    } catch (MalformedBytesException e) {
      add(FindingKind.DAMAGED_ARCHIVE, object.key(), e.reason());
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      add(FindingKind.DAMAGED_ARCHIVE, object.key(), "inconsistent lengths");
    } catch (SqlException e) {
      boolean damaged = e.state() == SqlState.DATA_CORRUPTED;
      add(
          damaged ? FindingKind.DAMAGED_ARCHIVE : FindingKind.UNREADABLE_OBJECT,
          object.key(),
          e.message());
    }
  }

  /// Archives go oldest first, so what is left of them has no gap.
  private void checkArchives() {
    if (archived.isEmpty()) {
      return;
    }
    long first = archived.stream().reduce(Long.MAX_VALUE, Math::min);
    for (long position = first; position < closedEnd; position++) {
      if (!archived.contains(position)) {
        add(
            FindingKind.MISSING_COMMIT,
            LogNames.commit(position),
            "it is in no archive, but those from position " + first + " on are kept");
        return;
      }
    }
  }

  private void readObject(String key, long position, boolean commit) {
    FindingKind kind = commit ? FindingKind.DAMAGED_COMMIT : FindingKind.DAMAGED_CHECKPOINT;
    try {
      Optional<byte[]> bytes = store.find(key);
      if (bytes.isEmpty()) {
        // Collected since it was listed; if it is needed the gap is noticed.
        commitPositions.remove(commit ? position : -1);
        return;
      }
      long told;
      if (commit) {
        CommitFormat.Commit read = CommitFormat.read(bytes.get(), store);
        commits.put(position, read);
        told = read.position();
      } else {
        Superblock read = CheckpointFormat.read(bytes.get(), store);
        checkpoints.put(position, read);
        told = read.version();
      }
      if (told != position) {
        add(kind, key, "it says that it is of position " + told);
        commits.remove(commit ? position : -1);
        checkpoints.remove(commit ? -1 : position);
      }
    } catch (MalformedBytesException e) {
      add(kind, key, e.reason());
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      add(kind, key, "inconsistent lengths");
    } catch (SqlException e) {
      boolean damaged = e.state() == SqlState.DATA_CORRUPTED;
      add(damaged ? kind : FindingKind.UNREADABLE_OBJECT, key, e.message());
    }
  }

  private void checkAuthors() {
    Map<CommitFormat.Author, Long> authors = new HashMap<>();
    for (Map.Entry<Long, CommitFormat.Commit> commit : commits.entrySet()) {
      Long earlier = authors.put(commit.getValue().author(), commit.getKey());
      if (earlier != null) {
        add(
            FindingKind.REPEATED_COMMIT,
            LogNames.commit(commit.getKey()),
            "the same attempt of the same writer as at position " + earlier);
      }
    }
  }

  /// The newest state, compared with every checkpoint on the way. Starts at the oldest checkpoint
  /// of those with all commits after them, so that the later ones can be compared.
  private @Nullable Superblock replay() {
    long last = last();
    long start = start(last);
    Superblock state = start == 0 ? Superblock.empty() : checkpoints.get(start);
    Superblock newest = null;
    while (state != null && state.version() < last) {
      long position = state.version() + 1;
      if (!commitPositions.contains(position)) {
        add(
            FindingKind.MISSING_COMMIT,
            LogNames.commit(position),
            "no such object, but the log goes on to position " + last);
      }
      Superblock next = apply(state, position);
      if (next == null) {
        // A later checkpoint may know what came of it; what is between is lost.
        Map.Entry<Long, Superblock> later = checkpoints.ceilingEntry(position);
        next = later == null ? null : later.getValue();
      } else {
        compare(next);
      }
      state = next;
      newest = next == null ? newest : next;
    }
    newest = newest == null ? state : newest;
    if (newest == null || newest.version() < last) {
      add(
          FindingKind.UNREADABLE_LOG,
          PREFIX,
          "no state of position " + last + " can be made of what is there");
    }
    return newest;
  }

  private long last() {
    long last = commitPositions.stream().reduce(0L, Math::max);
    return checkpoints.isEmpty() ? last : Math.max(last, checkpoints.lastKey());
  }

  /// The position from which on the log must be whole: that of the newest checkpoint but one, for
  /// older commits may have been deleted.
  private long start(long last) {
    Long newest = checkpointKeys.isEmpty() ? null : checkpointKeys.lastKey();
    Long needed = newest == null ? null : checkpointKeys.lowerKey(newest);
    if (needed == null || whole(0, last)) {
      return 0;
    }
    if (!checkpoints.containsKey(needed)) {
      Long readable = checkpoints.floorKey(last);
      return readable == null ? 0 : readable;
    }
    long from = needed;
    for (long earlier : checkpoints.headMap(from, false).descendingKeySet()) {
      if (!whole(earlier, from)) {
        break;
      }
      from = earlier;
    }
    return from;
  }

  private boolean whole(long from, long to) {
    for (long position = from + 1; position <= to; position++) {
      if (!commitPositions.contains(position)) {
        return false;
      }
    }
    return true;
  }

  /// The state after the commit at `position`, or null if that is missing or does not fit at all.
  private @Nullable Superblock apply(Superblock before, long position) {
    CommitFormat.Commit commit = commits.get(position);
    if (commit == null) {
      return null;
    }
    Superblock state = before;
    for (Changes changes : commit.transactions()) {
      if (!fits(state, changes, LogNames.commit(position))) {
        return null;
      }
      state = state.apply(changes, position, position);
    }
    return state.committedAt(commit.committedMicros());
  }

  /// Says what is replaced or deleted and not there; false if the changes cannot even be applied.
  private boolean fits(Superblock before, Changes changes, String key) {
    for (Changes.RowsetKey replaced : changes.replaced()) {
      if (find(before, replaced).isEmpty()) {
        add(FindingKind.CONTRADICTORY_COMMIT, key, "it replaces " + place(replaced) + ", unknown");
      }
    }
    if (changes.deletes().isEmpty()) {
      return true;
    }
    boolean applicable = true;
    Superblock with = before.apply(changes.withDeletes(Map.of()), before.version() + 1, 0);
    for (Map.Entry<Changes.RowsetKey, int[]> delete : changes.deletes().entrySet()) {
      Optional<RowsetState> rowset = find(with, delete.getKey());
      if (rowset.isEmpty()) {
        add(
            FindingKind.CONTRADICTORY_COMMIT,
            key,
            "it deletes rows of " + place(delete.getKey()) + ", unknown");
        continue;
      }
      for (int row : delete.getValue()) {
        boolean outside = row < 0 || row >= rowset.get().rowCount();
        applicable &= !outside;
        if (outside || rowset.get().isDeleted(row)) {
          add(
              FindingKind.CONTRADICTORY_COMMIT,
              key,
              "it deletes row " + row + " of " + place(delete.getKey()) + ", not there any more");
          break;
        }
      }
    }
    return applicable;
  }

  private static Optional<RowsetState> find(Superblock state, Changes.RowsetKey key) {
    return state.table(key.tableId()).flatMap(table -> table.rowset(key.rowsetId()));
  }

  private static String place(Changes.RowsetKey key) {
    return "rowset " + key.rowsetId() + " of table " + key.tableId();
  }

  private void compare(Superblock replayed) {
    Superblock kept = checkpoints.get(replayed.version());
    if (kept != null) {
      difference(kept, replayed)
          .ifPresent(
              reason ->
                  add(
                      FindingKind.CONTRADICTORY_CHECKPOINT,
                      checkpointKeys.getOrDefault(replayed.version(), PREFIX),
                      "not what the commits before it add up to: " + reason));
    }
  }

  private static Optional<String> difference(Superblock kept, Superblock replayed) {
    if (!kept.entries().keySet().equals(replayed.entries().keySet())) {
      return Optional.of("other entries");
    }
    for (Map.Entry<String, Entry> entry : kept.entries().entrySet()) {
      Entry other = replayed.entries().get(entry.getKey());
      if (other == null || !Arrays.equals(entry.getValue().value(), other.value())) {
        return Optional.of("entry " + entry.getKey());
      }
    }
    if (kept.tables().size() != replayed.tables().size()) {
      return Optional.of(kept.tables().size() + " tables, not " + replayed.tables().size());
    }
    for (TableState table : kept.tables()) {
      Optional<TableState> other = replayed.table(table.tableId());
      if (other.isEmpty() || !same(table.rowsets(), other.get().rowsets())) {
        return Optional.of("rows of table " + table.tableId());
      }
    }
    return Optional.empty();
  }

  private static boolean same(List<RowsetState> kept, List<RowsetState> replayed) {
    if (kept.size() != replayed.size()) {
      return false;
    }
    for (int i = 0; i < kept.size(); i++) {
      RowsetState left = kept.get(i);
      RowsetState right = replayed.get(i);
      if (left.rowsetId() != right.rowsetId()
          || left.rowCount() != right.rowCount()
          || left.deletedCount() != right.deletedCount()
          || !Arrays.equals(left.deleted(), right.deleted())) {
        return false;
      }
    }
    return true;
  }

  private void add(FindingKind kind, String object, String reason) {
    findings.add(new Finding(kind, object, reason));
  }
}

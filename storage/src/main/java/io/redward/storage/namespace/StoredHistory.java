package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.History;
import io.redward.storage.table.SavedSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Earlier states of a namespace. Every one that is handed out is reported as in use.
final class StoredHistory implements History {
  private final LocalNamespace namespace;
  private final ObjectStore store;

  /// States that somebody may have in use, so that they are not made twice.
  private final Map<Long, WeakReference<Superblock>> known = new ConcurrentHashMap<>();

  StoredHistory(LocalNamespace namespace, ObjectStore store) {
    this.namespace = namespace;
    this.store = store;
  }

  @Override
  public long oldestVersion() {
    return namespace.committer().history().oldestKept(namespace.committer().current());
  }

  @Override
  public Snapshot at(long version) {
    Tenure tenure = namespace.tenure();
    tenure.check();
    Superblock current = namespace.committer().current();
    WeakReference<Superblock> kept = known.get(version);
    Superblock state = kept == null ? null : kept.get();
    if (state == null || version < oldestVersion()) {
      state = namespace.committer().history().at(version, current);
      namespace.garbage().hold(state);
      known.values().removeIf(reference -> reference.get() == null);
      known.put(version, new WeakReference<>(state));
    }
    return namespace.snapshot(state, state, tenure);
  }

  @Override
  public Snapshot at(Instant time) {
    Superblock current = namespace.committer().current();
    long micros = Math.multiplyExact(time.getEpochSecond(), 1_000_000L) + time.getNano() / 1_000;
    return at(namespace.committer().history().versionAt(micros, current));
  }

  @Override
  public List<SavedSnapshot> saved() {
    return SavedStates.of(namespace.committer().current());
  }

  @Override
  public Snapshot open(SavedSnapshot snapshot) {
    Tenure tenure = namespace.tenure();
    tenure.check();
    // What is dropped while this is held stays until `state` is known to be in use.
    Superblock current = namespace.newest();
    try {
      Superblock state = SavedStates.read(store, snapshot.object());
      namespace.garbage().hold(state);
      return namespace.snapshot(state, state, tenure);
    } finally {
      Reference.reachabilityFence(current);
    }
  }

  @Override
  public SavedSnapshot save(SaveRequest request) {
    return save(request, false);
  }

  SavedSnapshot save(SaveRequest request, boolean automatic) {
    Superblock held = namespace.newest();
    requireFree(request.name(), held);
    Superblock state = SavedStates.part(held, request.table());
    String object = SavedStates.newObject(state);
    long rows = 0;
    long bytes = 0;
    for (TableState table : state.tables()) {
      for (RowsetState rowset : table.rowsets()) {
        rows += rowset.rowCount() - rowset.deletedCount();
        bytes += rowset.file().reference().bytes();
      }
    }
    SavedSnapshot saved =
        new SavedSnapshot(
            request.name(),
            object,
            state.version(),
            state.committedMicros(),
            namespace.wallMillis() * 1_000,
            request.owner(),
            automatic,
            request.expires().isPresent()
                ? OptionalLong.of(request.expires().get().toEpochMilli() * 1_000)
                : OptionalLong.empty(),
            request.table(),
            request.subject(),
            rows,
            bytes);
    try {
      SavedStates.put(store, object, state);
      commitEntry(request.name(), saved, object);
    } finally {
      // Until it is committed nothing but this keeps the state's objects.
      Reference.reachabilityFence(held);
    }
    return saved;
  }

  private void commitEntry(String name, @Nullable SavedSnapshot saved, String object) {
    WriteTransaction transaction = namespace.begin();
    try {
      if (saved == null) {
        transaction.removeEntry(SavedStates.entryKey(name));
      } else {
        if (transaction.view().entry(SavedStates.entryKey(name)).isPresent()) {
          throw taken(name);
        }
        transaction.putEntry(SavedStates.entryKey(name), SavedStates.value(saved));
      }
      transaction.commit();
    } catch (SqlException e) {
      transaction.rollback();
      if (saved != null && !namespace.committer().isUncertain()) {
        namespace.garbage().delete(object);
      }
      throw e;
    }
  }

  @Override
  public void drop(String name) {
    if (namespace.newest().value(SavedStates.entryKey(name)).isEmpty()) {
      throw new SqlException(SqlState.UNDEFINED_OBJECT, "snapshot \"" + name + "\" does not exist");
    }
    Optional<String> object =
        saved().stream()
            .filter(snapshot -> snapshot.name().equals(name))
            .map(SavedSnapshot::object)
            .findFirst();
    commitEntry(name, null, "");
    object.ifPresent(namespace.garbage()::departed);
  }

  private static void requireFree(String name, Superblock state) {
    if (state.value(SavedStates.entryKey(name)).isPresent()) {
      throw taken(name);
    }
  }

  private static SqlException taken(String name) {
    return new SqlException(SqlState.DUPLICATE_OBJECT, "snapshot \"" + name + "\" already exists");
  }
}

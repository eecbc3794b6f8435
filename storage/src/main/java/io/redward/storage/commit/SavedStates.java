package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.SavedSnapshot;
import io.redward.storage.table.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/// Saved snapshots as they are stored: an entry `snapshot/<name>` that commits like any other, and
/// the state itself as an object `snapshots/<20 digits>-<id>.snapshot` of the same form as a
/// checkpoint. The entry's value: text object, `long` version, `long` time of that version, `long`
/// time of the snapshot, text owner, `byte` 1 if automatic, `long` time it expires or 0, `byte` 1
/// if of one table, `long` table, text subject, `long` rows, `long` bytes; times in microseconds.
public final class SavedStates {
  /// Where the entries are.
  public static final String ENTRY = "snapshot/";

  /// Where the states are.
  public static final String OBJECTS = "snapshots/";

  private SavedStates() {}

  public static String entryKey(String name) {
    return ENTRY + name;
  }

  /// A fresh object for a state.
  public static String newObject(Superblock state) {
    return OBJECTS
        + String.format(Locale.ROOT, "%020d", state.version())
        + "-"
        + UUID.randomUUID()
        + ".snapshot";
  }

  public static void put(ObjectStore store, String object, Superblock state) {
    store.put(object, List.of(CheckpointFormat.write(state)));
  }

  /// @throws SqlException DATA_CORRUPTED if the object is missing or damaged
  public static Superblock read(ObjectStore store, String object) {
    Optional<byte[]> bytes = store.find(object);
    if (bytes.isEmpty()) {
      throw new SqlException(SqlState.DATA_CORRUPTED, "object \"" + object + "\" is missing")
          .withHint("Restore the object from a backup, or drop the snapshot.");
    }
    try {
      return CheckpointFormat.read(bytes.get(), store);
    } catch (MalformedBytesException e) {
      throw CommitLog.damaged(object, e);
    }
  }

  /// The rows of one table, or all.
  public static Superblock part(Superblock state, OptionalLong table) {
    return table.isPresent() ? state.only(table.getAsLong()) : state;
  }

  /// All snapshots that a state knows of, by name.
  public static List<SavedSnapshot> of(Superblock state) {
    return parseAll(state.values(ENTRY));
  }

  public static List<SavedSnapshot> of(Snapshot state) {
    return parseAll(state.entries(ENTRY));
  }

  private static List<SavedSnapshot> parseAll(SortedMap<String, byte[]> entries) {
    List<SavedSnapshot> saved = new ArrayList<>();
    entries.forEach((key, value) -> saved.add(parse(key.substring(ENTRY.length()), value)));
    return saved;
  }

  /// Keys of all objects that a state's rows are in.
  public static Set<String> objects(Superblock state) {
    Set<String> keys = new HashSet<>();
    for (TableState table : state.tables()) {
      for (RowsetState rowset : table.rowsets()) {
        if (!rowset.file().reference().isInline()) {
          keys.add(rowset.file().reference().objectKey());
        }
      }
    }
    return keys;
  }

  public static byte[] value(SavedSnapshot snapshot) {
    ByteWriter out = new ByteWriter(128);
    out.writeText(snapshot.object());
    out.writeLong(snapshot.version());
    out.writeLong(snapshot.stateMicros());
    out.writeLong(snapshot.createdMicros());
    out.writeText(snapshot.owner());
    out.writeByte(snapshot.automatic() ? 1 : 0);
    out.writeLong(snapshot.expiresMicros().orElse(0));
    out.writeByte(snapshot.tableId().isPresent() ? 1 : 0);
    out.writeLong(snapshot.tableId().orElse(0));
    out.writeText(snapshot.subject());
    out.writeLong(snapshot.rows());
    out.writeLong(snapshot.bytes());
    return out.toByteArray();
  }

  private static SavedSnapshot parse(String name, byte[] value) {
    ByteReader in = new ByteReader(value);
    String object = in.readText();
    long version = in.readLong();
    long stateMicros = in.readLong();
    long createdMicros = in.readLong();
    String owner = in.readText();
    boolean automatic = in.readByte() != 0;
    long expires = in.readLong();
    boolean ofTable = in.readByte() != 0;
    long table = in.readLong();
    return new SavedSnapshot(
        name,
        object,
        version,
        stateMicros,
        createdMicros,
        owner,
        automatic,
        expires == 0 ? OptionalLong.empty() : OptionalLong.of(expires),
        ofTable ? OptionalLong.of(table) : OptionalLong.empty(),
        in.readText(),
        in.readLong(),
        in.readLong());
  }
}

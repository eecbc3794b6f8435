package io.redward.storage.commit;

import io.redward.storage.rowset.RowsetFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The state of a namespace at one log position: entries and tables. An immutable value; a commit
/// makes the next one.
public final class Superblock {
  private final long version;
  private final long entryVersion;
  private final long committedMicros;
  private final TreeMap<String, Entry> entries;
  private final Map<Long, TableState> tables;
  private final int maxRowsetId;

  Superblock(
      long version,
      long entryVersion,
      long committedMicros,
      TreeMap<String, Entry> entries,
      Map<Long, TableState> tables,
      int maxRowsetId) {
    this.version = version;
    this.entryVersion = entryVersion;
    this.committedMicros = committedMicros;
    this.entries = entries;
    this.tables = tables;
    this.maxRowsetId = maxRowsetId;
  }

  /// The state before the first commit.
  static Superblock empty() {
    return new Superblock(0, 0, 0, new TreeMap<>(), Map.of(), 0);
  }

  public long version() {
    return version;
  }

  /// As of which version the entries are: the newest that changed one.
  public long entryVersion() {
    return entryVersion;
  }

  /// When it was committed, in microseconds since 1970; grows with the version. 0 if it was
  /// committed before times were kept.
  public long committedMicros() {
    return committedMicros;
  }

  /// The same, committed at that time.
  Superblock committedAt(long micros) {
    return new Superblock(version, entryVersion, micros, entries, tables, maxRowsetId);
  }

  /// The same with the rows of one table only.
  Superblock only(long tableId) {
    TableState table = tables.get(tableId);
    Map<Long, TableState> kept = table == null ? Map.of() : Map.of(tableId, table);
    return new Superblock(version, entryVersion, committedMicros, entries, kept, maxRowsetId);
  }

  public Optional<byte[]> value(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  public SortedMap<String, byte[]> values(String prefix) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (Map.Entry<String, Entry> entry : entries.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      found.put(entry.getKey(), entry.getValue().value());
    }
    return found;
  }

  /// Empty if the table holds no rowset.
  public Optional<TableState> table(long tableId) {
    return Optional.ofNullable(tables.get(tableId));
  }

  public Collection<TableState> tables() {
    return tables.values();
  }

  public int maxRowsetId() {
    return maxRowsetId;
  }

  boolean sameEntry(Superblock other, String key) {
    return entries.get(key) == other.entries.get(key);
  }

  Map<String, Entry> entries() {
    return entries;
  }

  /// The state after `changes`, at log position `version`.
  ///
  /// @param contentVersion of the tables, and of the entries, that change
  public Superblock apply(Changes changes, long version, long contentVersion) {
    TreeMap<String, Entry> newEntries = entries;
    if (!changes.puts().isEmpty() || !changes.removes().isEmpty()) {
      newEntries = new TreeMap<>(entries);
      for (Map.Entry<String, byte[]> put : changes.puts().entrySet()) {
        newEntries.put(put.getKey(), new Entry(put.getValue()));
      }
      newEntries.keySet().removeAll(changes.removes());
    }
    Set<Long> changed = changes.tables();
    Map<Long, TableState> newTables = tables;
    int newMax = maxRowsetId;
    if (!changed.isEmpty()) {
      newTables = new HashMap<>(tables);
      for (long tableId : changed) {
        List<RowsetState> rowsets = changedRowsets(tableId, changes);
        if (rowsets.isEmpty()) {
          newTables.remove(tableId);
        } else {
          newTables.put(tableId, new TableState(tableId, rowsets, contentVersion));
        }
      }
      for (RowsetFile added : changes.added()) {
        newMax = Math.max(newMax, added.reference().rowsetId());
      }
    }
    long newEntryVersion = newEntries == entries ? entryVersion : contentVersion;
    return new Superblock(version, newEntryVersion, committedMicros, newEntries, newTables, newMax);
  }

  private List<RowsetState> changedRowsets(long tableId, Changes changes) {
    List<RowsetState> rowsets = new ArrayList<>();
    TableState before = tables.get(tableId);
    if (before != null && !changes.truncations().contains(tableId)) {
      Set<Integer> replaced = new HashSet<>();
      for (Changes.RowsetKey key : changes.replaced()) {
        if (key.tableId() == tableId) {
          replaced.add(key.rowsetId());
        }
      }
      for (RowsetState rowset : before.rowsets()) {
        if (!replaced.contains(rowset.rowsetId())) {
          rowsets.add(rowset);
        }
      }
    }
    for (RowsetFile added : changes.added()) {
      if (added.reference().tableId() == tableId) {
        rowsets.add(new RowsetState(added));
      }
    }
    if (changes.deletes().isEmpty()) {
      return rowsets;
    }
    for (int i = 0; i < rowsets.size(); i++) {
      RowsetState rowset = rowsets.get(i);
      int[] rows = changes.deletes().get(new Changes.RowsetKey(tableId, rowset.rowsetId()));
      if (rows != null) {
        rowsets.set(i, rowset.withDeleted(rows));
      }
    }
    rowsets.removeIf(rowset -> rowset.deletedCount() == rowset.rowCount());
    return rowsets;
  }
}

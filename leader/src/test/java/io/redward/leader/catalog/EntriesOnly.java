package io.redward.leader.catalog;

import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A transaction over nothing that keeps entries and remembers truncated tables.
public final class EntriesOnly implements WriteTransaction, Snapshot {
  final TreeMap<String, byte[]> entries = new TreeMap<>();
  final List<Long> truncated = new ArrayList<>();

  private long changes;

  @Override
  public long version() {
    return 1;
  }

  @Override
  public long entryVersion() {
    return -changes;
  }

  @Override
  public Optional<byte[]> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public SortedMap<String, byte[]> entries(String prefix) {
    return entries.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  @Override
  public TableSnapshot table(long tableId) {
    throw new UnsupportedOperationException("no rows here");
  }

  @Override
  public Snapshot view() {
    return this;
  }

  @Override
  public void putEntry(String key, byte[] value) {
    entries.put(key, value);
    changes++;
  }

  @Override
  public void removeEntry(String key) {
    entries.remove(key);
    changes++;
  }

  @Override
  public void guard(long tableId, ReadScope scope) {}

  @Override
  public void requireUnchanged(String key) {}

  @Override
  public RowAppender append(long tableId, TableShape shape) {
    throw new UnsupportedOperationException("no rows here");
  }

  @Override
  public void delete(long tableId, int rowsetId, int[] rows) {
    throw new UnsupportedOperationException("no rows here");
  }

  @Override
  public void truncate(long tableId) {
    truncated.add(tableId);
  }

  @Override
  public void share(long tableId, Snapshot source, long sourceTable) {
    throw new UnsupportedOperationException("no snapshots here");
  }

  @Override
  public boolean move(long tableId, long sourceTable) {
    throw new UnsupportedOperationException("no snapshots here");
  }

  @Override
  public void restore(Snapshot source, Predicate<String> kept) {
    throw new UnsupportedOperationException("no snapshots here");
  }

  @Override
  public boolean hasChanges() {
    return !entries.isEmpty();
  }

  @Override
  public OptionalLong commit() {
    return OptionalLong.empty();
  }

  @Override
  public void rollback() {}
}

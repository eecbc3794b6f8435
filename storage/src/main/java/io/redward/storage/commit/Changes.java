package io.redward.storage.commit;

import io.redward.storage.rowset.RowsetFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a transaction does. Applied in this order: entries, truncations, removed rowsets, added
/// rowsets, deleted rows. Built by one transaction under its lock, read-only from its commit on.
public final class Changes {
  /// A rowset of a table.
  public record RowsetKey(long tableId, int rowsetId) {}

  private final Map<String, byte[]> puts = new TreeMap<>();
  private final Set<String> removes = new LinkedHashSet<>();
  private final Set<String> requirements = new HashSet<>();
  private final Set<Long> truncations = new LinkedHashSet<>();
  private final Map<RowsetKey, RowMoves> replaced = new LinkedHashMap<>();
  private final List<RowsetFile> added = new ArrayList<>();
  private final Map<RowsetKey, int[]> deletes = new LinkedHashMap<>();

  public void put(String key, byte[] value) {
    removes.remove(key);
    puts.put(key, value);
  }

  public void remove(String key) {
    puts.remove(key);
    removes.add(key);
  }

  public void require(String key) {
    requirements.add(key);
  }

  /// Drops the table's rows, those added here before too.
  public void truncate(long tableId) {
    truncations.add(tableId);
    added.removeIf(rowset -> rowset.reference().tableId() == tableId);
    deletes.keySet().removeIf(key -> key.tableId() == tableId);
  }

  /// Whether rows of the table have been added or taken away.
  public boolean touches(long tableId) {
    return tables().contains(tableId);
  }

  /// Whether rowsets are only rewritten, so that no reader can tell: rows that are taken out of a
  /// table are in others of the same one.
  boolean isFold() {
    Set<Long> rewritten = new HashSet<>();
    replaced.keySet().forEach(key -> rewritten.add(key.tableId()));
    return !rewritten.isEmpty() && rewritten.containsAll(tables());
  }

  /// Tables whose rowsets are handed to another one.
  Set<Long> givers() {
    Set<Long> givers = new HashSet<>();
    if (!isFold()) {
      replaced.keySet().forEach(key -> givers.add(key.tableId()));
    }
    return givers;
  }

  /// Takes a rowset out that another table gets. Who wants to delete rows of it does not find them.
  public void giveAway(RowsetKey key) {
    replaced.put(key, RowMoves.UNKNOWN);
  }

  /// Takes a rowset out whose live rows are in an added one.
  public void replace(RowsetKey key, RowMoves moves) {
    replaced.put(key, moves);
  }

  public void add(RowsetFile rowset) {
    added.add(rowset);
  }

  /// Deletes rows, given ascending and without repetition.
  public void delete(RowsetKey key, int[] rows) {
    deletes.merge(key, rows, Changes::union);
  }

  public boolean hasEntries() {
    return !puts.isEmpty() || !removes.isEmpty();
  }

  public boolean isEmpty() {
    return puts.isEmpty()
        && removes.isEmpty()
        && truncations.isEmpty()
        && replaced.isEmpty()
        && added.isEmpty()
        && deletes.isEmpty();
  }

  Map<String, byte[]> puts() {
    return puts;
  }

  Set<String> removes() {
    return removes;
  }

  Set<String> requirements() {
    return requirements;
  }

  Set<Long> truncations() {
    return truncations;
  }

  Set<RowsetKey> replaced() {
    return replaced.keySet();
  }

  /// Where the rows of replaced rowsets went.
  Map<RowsetKey, RowMoves> moves() {
    return replaced;
  }

  public List<RowsetFile> added() {
    return added;
  }

  Map<RowsetKey, int[]> deletes() {
    return deletes;
  }

  /// The same but for the deleted rows.
  Changes withDeletes(Map<RowsetKey, int[]> moved) {
    Changes copy = new Changes();
    copy.puts.putAll(puts);
    copy.removes.addAll(removes);
    copy.requirements.addAll(requirements);
    copy.truncations.addAll(truncations);
    copy.replaced.putAll(replaced);
    copy.added.addAll(added);
    copy.deletes.putAll(moved);
    return copy;
  }

  /// Tables whose rows change.
  Set<Long> tables() {
    Set<Long> tables = new HashSet<>(truncations);
    replaced.keySet().forEach(key -> tables.add(key.tableId()));
    added.forEach(rowset -> tables.add(rowset.reference().tableId()));
    deletes.keySet().forEach(key -> tables.add(key.tableId()));
    return tables;
  }

  /// The rows of a bitmap, ascending.
  public static int[] rows(long[] bitmap) {
    return RowListFormat.ofBitmap(bitmap);
  }

  /// Rows a rowset, ascending, of many row ids.
  public static Map<Integer, int[]> byRowset(long[] rowIds, int count) {
    long[] sorted = Arrays.copyOf(rowIds, count);
    Arrays.sort(sorted);
    Map<Integer, int[]> rows = new HashMap<>();
    int from = 0;
    while (from < count) {
      int rowset = (int) (sorted[from] >>> 32);
      int to = from;
      int[] found = new int[16];
      int size = 0;
      while (to < count && (int) (sorted[to] >>> 32) == rowset) {
        if (to == from || sorted[to] != sorted[to - 1]) {
          found = size == found.length ? Arrays.copyOf(found, size * 2) : found;
          found[size++] = (int) sorted[to];
        }
        to++;
      }
      rows.put(rowset, Arrays.copyOf(found, size));
      from = to;
    }
    return rows;
  }

  static int[] union(int[] left, int[] right) {
    int[] merged = new int[left.length + right.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < left.length || j < right.length) {
      if (j == right.length || i < left.length && left[i] < right[j]) {
        merged[size++] = left[i++];
      } else {
        if (i < left.length && left[i] == right[j]) {
          i++;
        }
        merged[size++] = right[j++];
      }
    }
    return Arrays.copyOf(merged, size);
  }
}

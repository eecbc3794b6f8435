package io.redward.leader.command;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Which tables have been declared anew and still hold rows laid out as before: an entry each,
/// written in the commit that declares them and removed when all rows have been rewritten, so that
/// neither a crash nor a rollback loses or makes one up.
public final class LayoutChanges {
  private static final String PREFIX = "layout/";

  private LayoutChanges() {}

  /// A table that is to be rewritten.
  ///
  /// @param type what was altered, as `svl_auto_worker_action` says it: sortkey, encode or distkey
  /// @param since the state it was altered in, which tells two changes apart
  /// @param previous how it was
  public record Change(int table, String type, long since, String previous) {}

  /// Notes what differs if stored rows have to be rewritten for it.
  public static void note(
      WriteTransaction transaction, TableDefinition before, TableDefinition after) {
    TableLayout old = before.layout();
    TableLayout now = after.layout();
    boolean sorted =
        !now.sortKey().isEmpty()
            && (!now.sortKey().equals(old.sortKey()) || interleaved(now) != interleaved(old));
    boolean encoded =
        before.columns().stream()
            .anyMatch(
                column ->
                    after
                        .column(column.id())
                        .filter(c -> !c.encoding().equals(column.encoding()))
                        .isPresent());
    if (sorted) {
      put(transaction, after.oid(), "sortkey", sortKey(before));
    } else if (encoded) {
      put(transaction, after.oid(), "encode", "ENCODE: " + encodings(before));
    } else if (divided(before, after)
        && transaction.entries().entry(PREFIX + after.oid()).isEmpty()) {
      put(transaction, after.oid(), "distkey", "DIST STYLE: " + old.style() + ";");
    }
  }

  /// Whether rows are to be divided by another column than before.
  private static boolean divided(TableDefinition before, TableDefinition after) {
    return after.shape().division().isPresent()
        && !after.shape().division().equals(before.shape().division());
  }

  private static boolean interleaved(TableLayout layout) {
    return layout.sortKind() == TableLayout.SortKind.INTERLEAVED;
  }

  private static String encodings(TableDefinition table) {
    List<String> encodings = new ArrayList<>();
    table.columns().forEach(column -> encodings.add(column.name() + " " + column.encoding()));
    return String.join(", ", encodings) + ";";
  }

  /// A table's sort key in words.
  public static String sortKey(TableDefinition table) {
    List<String> names = new ArrayList<>();
    table.layout().sortKey().forEach(id -> names.add(table.column(id).orElseThrow().name()));
    String kind = interleaved(table.layout()) ? "INTERLEAVED " : "";
    return "SORTKEY: " + (names.isEmpty() ? "None" : kind + String.join(", ", names)) + ";";
  }

  private static void put(WriteTransaction transaction, int table, String type, String previous) {
    String value = type + " " + transaction.entries().version() + " " + previous;
    transaction.putEntry(PREFIX + table, value.getBytes(StandardCharsets.UTF_8));
  }

  /// Rows of one table are now another one's too, rewritten or not.
  public static void copy(WriteTransaction transaction, Snapshot source, int from, int to) {
    source.entry(PREFIX + from).ifPresent(value -> transaction.putEntry(PREFIX + to, value));
  }

  /// All that are to be done.
  public static List<Change> of(Snapshot snapshot) {
    List<Change> changes = new ArrayList<>();
    snapshot
        .entries(PREFIX)
        .forEach(
            (key, value) -> {
              String[] parts = new String(value, StandardCharsets.UTF_8).split(" ", 3);
              int table = Integer.parseInt(key.substring(PREFIX.length()));
              changes.add(new Change(table, parts[0], Long.parseLong(parts[1]), parts[2]));
            });
    return changes;
  }

  /// Notes that a table is as declared.
  public static void done(WriteTransaction transaction, int table) {
    transaction.removeEntry(PREFIX + table);
  }
}

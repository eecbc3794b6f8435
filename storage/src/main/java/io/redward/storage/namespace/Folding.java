package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import java.util.ArrayList;
import java.util.List;

/// Folds small rowsets of a table into larger ones. Rowsets are of a tier by their rows; when a
/// tier has gathered enough, all of it becomes one rowset of the next tier, so that a row is
/// rewritten once a tier however small the inserts are. Rowsets that are mostly deleted are
/// rewritten too.
///
/// A fold is a commit of its own that changes no row. Transactions that saw rows at their old
/// places find them again by its [io.redward.storage.commit.RowMoves], and rows that are deleted
/// while it is written are deleted at their new places too. A fold that meets another one of its
/// rowsets gives up and is tried again.
final class Folding {
  private static final int[] TIER_ROWS = {1 << 10, 1 << 14, 1 << 18};
  private static final int ATTEMPTS = 5;
  /// Folds of a table in one go; other work of the thread has its turn then.
  private static final int MAX_FOLDS = 32;

  private final LocalNamespace namespace;
  private final StorageOptions options;
  private final Runnable pause;
  private volatile boolean stopped;

  Folding(LocalNamespace namespace, StorageOptions options, Runnable pause) {
    this.namespace = namespace;
    this.options = options;
    this.pause = pause;
  }

  /// True if there may be something to fold. Reads nothing, for it is asked at every commit.
  boolean isDue(TableState table) {
    for (int tier = 0; tier < TIER_ROWS.length; tier++) {
      if (ofTier(table, tier).size() >= options.foldRowsets()) {
        return true;
      }
    }
    return table.rowsets().stream().anyMatch(Folding::mostlyDeleted);
  }

  /// Ends the running [#foldAll] after the fold it is at, and every later one at once.
  void stop() {
    stopped = true;
  }

  void foldAll() {
    for (TableState table : List.copyOf(namespace.committer().current().tables())) {
      foldTable(table.tableId());
    }
  }

  void foldTable(long tableId) {
    int failures = 0;
    for (int folds = 0; folds < MAX_FOLDS && failures < ATTEMPTS && !stopped; folds++) {
      Superblock current = namespace.committer().current();
      List<RowsetState> chosen = current.table(tableId).map(this::choose).orElse(List.of());
      if (chosen.isEmpty()) {
        return;
      }
      try {
        fold(tableId, chosen, current);
      } catch (SqlException e) {
        if (e.state() != SqlState.SERIALIZATION_FAILURE) {
          throw e;
        }
        failures++;
      }
    }
  }

  /// Rowsets to fold into one, in the order of their rows; empty if there is nothing to do.
  private List<RowsetState> choose(TableState table) {
    for (int tier = 0; tier < TIER_ROWS.length; tier++) {
      List<RowsetState> small = ofTier(table, tier);
      small.removeIf(Folding::isDivision);
      if (small.size() >= options.foldRowsets()) {
        List<RowsetState> alike = alike(small);
        if (alike.size() > 1) {
          return alike;
        }
      }
    }
    for (RowsetState rowset : table.rowsets()) {
      if (mostlyDeleted(rowset)) {
        return List.of(rowset);
      }
    }
    return List.of();
  }

  private static List<RowsetState> ofTier(TableState table, int tier) {
    int least = tier == 0 ? 0 : TIER_ROWS[tier - 1];
    List<RowsetState> small = new ArrayList<>();
    for (RowsetState rowset : table.rowsets()) {
      int live = rowset.rowCount() - rowset.deletedCount();
      if (live >= least && live < TIER_ROWS[tier]) {
        small.add(rowset);
      }
    }
    return small;
  }

  /// What has been divided would be so again.
  private static boolean isDivision(RowsetState rowset) {
    return rowset.rowCount() >= Division.MIN_ROWS && rowset.file().shape().division().isPresent();
  }

  private static boolean mostlyDeleted(RowsetState rowset) {
    return rowset.deletedCount() * 2L > rowset.rowCount();
  }

  /// The last rowset with those of the same columns, as many as one rowset takes.
  private List<RowsetState> alike(List<RowsetState> rowsets) {
    List<Integer> wanted = columnIds(rowsets.getLast().file().shape());
    int limit = maxRows();
    List<RowsetState> alike = new ArrayList<>();
    long rows = 0;
    for (RowsetState rowset : rowsets) {
      rows += rowset.rowCount() - rowset.deletedCount();
      if (rows <= limit && columnIds(rowset.file().shape()).equals(wanted)) {
        alike.add(rowset);
      }
    }
    return alike;
  }

  private int maxRows() {
    return Math.min(8, options.rowsetBlocks()) * RowsetSnapshot.BLOCK_ROWS;
  }

  private void fold(long tableId, List<RowsetState> sources, Superblock base) {
    TableShape shape = sources.getLast().file().shape();
    new Rewriting(namespace, tableId, shape, pause).run(sources, base, false);
  }

  private static List<Integer> columnIds(TableShape shape) {
    return shape.columns().stream().map(TableShape.Column::id).toList();
  }
}

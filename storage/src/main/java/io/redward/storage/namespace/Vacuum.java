package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.SortedRegion;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Cleans up one table: rewrites rowsets with deleted rows or of another layout, then merges
/// rowsets whose sort key ranges overlap, a window of a few million rows at a time in the order of
/// their keys; with an interleaved key in the one [ZOrder] of all rows. Each step is a commit of
/// its own; one that meets a concurrent change of its rowsets is tried again on the newest state.
final class Vacuum {
  private static final int ATTEMPTS = 20;
  /// Merges remember where every row went.
  static final long WINDOW_ROWS = 8L << 20;
  /// What one pass leaves overlapping at the windows' ends a second one puts in order.
  private static final int PASSES = 2;

  /// Rewriting an interleaved table pays if a range touches several times the blocks that it must.
  private static final double MIN_DEPTH = 8;
  private static final double MAX_SKEW = 3;

  private final LocalNamespace namespace;
  private final long tableId;
  private final VacuumRequest request;
  private final VacuumRun run;
  private final Runnable pause;
  private final long windowRows;

  /// @param windowRows that are put in order at once
  Vacuum(LocalNamespace namespace, VacuumRun run, Runnable pause, long windowRows) {
    this.windowRows = windowRows;
    this.namespace = namespace;
    this.tableId = run.tableId();
    this.request = run.request();
    this.run = run;
    this.pause = pause;
  }

  /// What the table holds, and how much of it out of order.
  static VacuumRun.Measure measure(TableSnapshot table, TableShape shape) {
    long all = 0;
    for (RowsetSnapshot rowset : table.rowsets()) {
      all += rowset.rowCount();
    }
    long unsorted =
        shape.sortKey().isEmpty() || shape.interleaved()
            ? 0
            : SortedRegion.unsortedRows(
                table.rowsets(), shape.sortKey().getFirst(), shape.division());
    return new VacuumRun.Measure(
        table.rowCount(),
        all - table.rowCount(),
        Math.max(0, table.rowCount() - unsorted),
        table.encodedBytes(),
        table.rowsets().size());
  }

  /// @return false if there was nothing to do
  boolean run() {
    boolean worked = false;
    if (request.delete() || request.rewrite()) {
      run.enter(VacuumRun.Stage.DELETE);
      worked = rewriteEach();
    }
    if (request.sort() && !request.shape().sortKey().isEmpty()) {
      run.enter(VacuumRun.Stage.SORT);
      worked |= sort();
    }
    return worked;
  }

  /// Rewrites, one by one, rowsets that hold too many deleted rows or are not laid out as declared.
  private boolean rewriteEach() {
    boolean worked = false;
    Set<Integer> done = new HashSet<>();
    for (int attempt = 0; attempt < ATTEMPTS; ) {
      Superblock base = namespace.committer().current();
      Optional<RowsetState> next =
          rowsets(base).stream()
              .filter(rowset -> !done.contains(rowset.rowsetId()) && needsRewrite(rowset))
              .findFirst();
      if (next.isEmpty()) {
        return worked;
      }
      try {
        done.addAll(rewrite(List.of(next.get()), base, false));
        worked = true;
        attempt = 0;
      } catch (SqlException e) {
        attempt = retried(e, attempt);
      }
    }
    return worked;
  }

  private boolean needsRewrite(RowsetState rowset) {
    long live = (long) rowset.rowCount() - rowset.deletedCount();
    boolean purge = request.delete() && live * 100 < (long) rowset.rowCount() * threshold();
    return purge || (request.rewrite() || request.sort()) && laidOutOtherwise(rowset);
  }

  private boolean laidOutOtherwise(RowsetState rowset) {
    TableShape written = rowset.file().shape();
    TableShape declared = shape(rowset);
    boolean sortedOtherwise =
        !written.sortKey().equals(declared.sortKey())
            || written.interleaved() != declared.interleaved();
    // Where no order is asked for any order will do.
    return sortedOtherwise && !declared.sortKey().isEmpty()
        || declared.division().isPresent()
            && !Division.isDivided(rowset.file(), declared.division().getAsInt())
        || !encodings(written).equals(encodings(declared));
  }

  private static List<String> encodings(TableShape shape) {
    return shape.columns().stream().map(TableShape.Column::encoding).toList();
  }

  /// Of 95 percent, the rows may stay up to 5 in 100; of 100 none may.
  private int threshold() {
    return request.thresholdPercent();
  }

  private boolean sort() {
    TableShape shape = request.shape();
    if (shape.interleaved()) {
      TableSnapshot table = namespace.snapshot().table(tableId);
      return (request.rewrite() || isSkewed(table, shape)) && interleave();
    }
    VacuumRun.Measure now = measure(namespace.snapshot().table(tableId), shape);
    boolean sortedEnough = now.sortedRows() * 100 >= now.rows() * threshold();
    if (sortedEnough && !request.rewrite()) {
      return false;
    }
    boolean worked = false;
    for (int pass = 0; pass < PASSES; pass++) {
      run.enter(pass == 0 ? VacuumRun.Stage.SORT : VacuumRun.Stage.MERGE);
      boolean merged = mergeWindows();
      worked |= merged;
      if (!merged) {
        return worked;
      }
    }
    return worked;
  }

  /// Whether a narrow range of some column of an interleaved key touches many more blocks than it
  /// would were all of the table in order.
  static boolean isSkewed(TableSnapshot table, TableShape shape) {
    for (int column : SortOrder.interleavedColumns(shape)) {
      double depth = SortedRegion.depth(table.rowsets(), column);
      double least = SortedRegion.interleavedDepth(table.rowsets(), shape.sortKey().size());
      if (depth > MIN_DEPTH && depth > least * MAX_SKEW) {
        return true;
      }
    }
    return false;
  }

  /// Puts a window of rowsets after the other in the order of all rows. What one pass has written
  /// is spread over all of the order, and a second one takes together what is near.
  private boolean interleave() {
    List<RowsetState> all = new ArrayList<>(rowsets(namespace.committer().current()));
    all.removeIf(rowset -> !hasKey(rowset));
    ZOrder order = ZOrder.of(all, request.shape());
    Map<Integer, Long> lasts = new HashMap<>();
    boolean worked = false;
    for (int pass = 0; pass < PASSES; pass++) {
      run.enter(pass == 0 ? VacuumRun.Stage.SORT : VacuumRun.Stage.MERGE);
      int windows = interleaveWindows(order, lasts);
      worked |= windows > 0;
      if (windows < 2) {
        return worked;
      }
    }
    return worked;
  }

  /// @return how many windows there were
  private int interleaveWindows(ZOrder order, Map<Integer, Long> lasts) {
    Set<Integer> left = new HashSet<>();
    rowsets(namespace.committer().current()).forEach(rowset -> left.add(rowset.rowsetId()));
    int windows = 0;
    for (int attempt = 0; attempt < ATTEMPTS; ) {
      Superblock base = namespace.committer().current();
      List<RowsetState> window = interleavedWindow(base, left, lasts);
      if (window.size() < 2) {
        return windows;
      }
      try {
        lasts.putAll(
            new Rewriting(namespace, tableId, shape(window.getFirst()), pause)
                .interleave(window, base, order));
        window.forEach(rowset -> left.remove(rowset.rowsetId()));
        run.rewrote(window.stream().mapToLong(s -> s.rowCount() - s.deletedCount()).sum());
        windows++;
        attempt = 0;
      } catch (SqlException e) {
        attempt = retried(e, attempt);
      }
    }
    return windows;
  }

  private List<RowsetState> interleavedWindow(
      Superblock base, Set<Integer> left, Map<Integer, Long> lasts) {
    List<RowsetState> ordered = new ArrayList<>(rowsets(base));
    ordered.removeIf(rowset -> !left.contains(rowset.rowsetId()) || !hasKey(rowset));
    ordered.sort(Comparator.comparing(r -> lasts.getOrDefault(r.rowsetId(), ZOrder.NONE)));
    List<RowsetState> window = new ArrayList<>();
    long rows = 0;
    for (RowsetState rowset : ordered) {
      if (sameColumns(window, rowset)) {
        if (rows + rowset.rowCount() > windowRows && window.size() > 1) {
          return window;
        }
        window.add(rowset);
        rows += rowset.rowCount();
      }
    }
    return window;
  }

  private boolean hasKey(RowsetState rowset) {
    return request.shape().sortKey().stream().allMatch(rowset.file()::hasColumn);
  }

  /// One pass over the table's rowsets in the order of their keys.
  private boolean mergeWindows() {
    boolean worked = false;
    Set<Integer> done = new HashSet<>();
    for (int attempt = 0; attempt < ATTEMPTS; ) {
      Superblock base = namespace.committer().current();
      List<RowsetState> window = window(base, done);
      if (window.isEmpty()) {
        return worked;
      }
      try {
        done.addAll(rewrite(window, base, true));
        worked = true;
        attempt = 0;
      } catch (SqlException e) {
        attempt = retried(e, attempt);
      }
    }
    return worked;
  }

  /// The next neighbours by key that overlap and that this pass has not written; empty at the end.
  private List<RowsetState> window(Superblock base, Set<Integer> done) {
    List<RowsetState> ordered = new ArrayList<>(rowsets(base));
    ordered.removeIf(rowset -> done.contains(rowset.rowsetId()) || bounds(rowset).isEmpty());
    ordered.sort(Comparator.comparing(r -> bounds(r).orElseThrow(), SortedRegion::compareMins));
    List<RowsetState> window = new ArrayList<>();
    long rows = 0;
    ValueBounds widest = null;
    for (RowsetState rowset : ordered) {
      ValueBounds bounds = bounds(rowset).orElseThrow();
      boolean joins = widest == null || SortedRegion.startsBeforeEnd(bounds, widest);
      boolean fits = rows + rowset.rowCount() <= windowRows && sameColumns(window, rowset);
      if (!joins || !fits) {
        if (window.size() > 1) {
          return window;
        }
        window.clear();
        rows = 0;
        widest = null;
      }
      window.add(rowset);
      rows += rowset.rowCount();
      widest = widest == null || SortedRegion.compareMaxes(bounds, widest) > 0 ? bounds : widest;
    }
    return window.size() > 1 ? window : List.of();
  }

  private boolean sameColumns(List<RowsetState> window, RowsetState rowset) {
    return window.isEmpty()
        || window.getFirst().file().shape().columns().stream()
            .map(TableShape.Column::id)
            .toList()
            .equals(rowset.file().shape().columns().stream().map(TableShape.Column::id).toList());
  }

  private Optional<ValueBounds> bounds(RowsetState rowset) {
    return rowset.file().bounds(request.shape().sortKey().getFirst());
  }

  private List<Integer> rewrite(List<RowsetState> sources, Superblock base, boolean merge) {
    List<Integer> written =
        new Rewriting(namespace, tableId, shape(sources.getFirst()), pause)
            .run(sources, base, merge);
    run.rewrote(sources.stream().mapToLong(s -> s.rowCount() - s.deletedCount()).sum());
    return written;
  }

  /// The declared layout for a rowset's columns; those it is older than it goes on without.
  private TableShape shape(RowsetState rowset) {
    List<TableShape.Column> columns =
        request.shape().columns().stream()
            .filter(column -> rowset.file().hasColumn(column.id()))
            .toList();
    List<Integer> key =
        request.shape().sortKey().stream().filter(rowset.file()::hasColumn).toList();
    OptionalInt distribution =
        request.shape().distributionKey().stream().filter(rowset.file()::hasColumn).findFirst();
    return new TableShape(columns, key, request.shape().interleaved(), distribution);
  }

  private List<RowsetState> rowsets(Superblock base) {
    return base.table(tableId).map(table -> table.rowsets()).orElse(List.of());
  }

  private static int retried(SqlException e, int attempt) {
    if (e.state() != SqlState.SERIALIZATION_FAILURE || attempt + 1 == ATTEMPTS) {
      throw e;
    }
    return attempt + 1;
  }
}

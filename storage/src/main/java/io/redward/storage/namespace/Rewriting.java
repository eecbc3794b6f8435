package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.storage.commit.Changes;
import io.redward.storage.commit.Origin;
import io.redward.storage.commit.RowMoves;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Writes the live rows of some rowsets of a table into new ones and commits that as a fold, which
/// changes no row and lets other transactions find the rows again. Used once.
///
/// Rowsets that are each in order are merged: of each only a batch is in memory. Those of an
/// interleaved key are read once for every rowset that comes of them, each time the rows that
/// belong there. What else is given goes one after another and is sorted as far as one rowset
/// reaches.
final class Rewriting {
  /// Rows between two looks at whether queries wait.
  private static final int ROWS_PER_PAUSE = 1 << 16;

  private final LocalNamespace namespace;
  private final long tableId;
  private final TableShape shape;
  private final Runnable pause;
  private final List<RowsetFile> sealed = new ArrayList<>();
  private final List<long[]> placesOfSources = new ArrayList<>();
  private final RowsetBuilder builder;
  private int[] appendedSources = new int[1024];
  private int[] appendedRows = new int[1024];
  private int appended;
  private int sincePause;

  Rewriting(LocalNamespace namespace, long tableId, TableShape shape, Runnable pause) {
    this.namespace = namespace;
    this.tableId = tableId;
    this.shape = shape;
    this.pause = pause;
    builder = namespace.builder(tableId, shape, this::sealed);
  }

  /// Carries it out.
  ///
  /// @param merge false if the rowsets are not in order each
  /// @return the new rowsets' ids
  /// @throws SqlException 40001 if somebody has changed one of the rowsets meanwhile
  List<Integer> run(List<RowsetState> sources, Superblock base, boolean merge) {
    return run(
        sources,
        base,
        () -> {
          if (merge) {
            merge(inputs(sources));
          } else {
            concatenate(inputs(sources));
          }
          builder.finish();
        });
  }

  /// Carries it out for an interleaved key.
  ///
  /// @param order of all rows of the table
  /// @return the new rowsets' ids, in that order, each with its last row's place in it
  /// @throws SqlException 40001 if somebody has changed one of the rowsets meanwhile
  LinkedHashMap<Integer, Long> interleave(
      List<RowsetState> sources, Superblock base, ZOrder order) {
    List<Long> lasts = new ArrayList<>();
    List<Integer> written = run(sources, base, () -> lasts.addAll(interleave(sources, order)));
    LinkedHashMap<Integer, Long> found = new LinkedHashMap<>();
    for (int i = 0; i < lasts.size(); i++) {
      found.put(written.get(i), lasts.get(i));
    }
    return found;
  }

  /// Writes a rowset for every stretch of the order that holds as many rows.
  private List<Long> interleave(List<RowsetState> sources, ZOrder order) {
    List<long[]> places = new ArrayList<>();
    for (RowsetState source : sources) {
      places.add(order.places(source));
      pause.run();
    }
    long[] all = places.stream().flatMapToLong(Arrays::stream).filter(p -> p >= 0).toArray();
    Arrays.sort(all);
    List<Long> lasts = new ArrayList<>();
    long after = ZOrder.NONE;
    for (int from = 0; from < all.length; ) {
      from = end(all, from, builder.rowsetRows());
      long upTo = all[from - 1];
      for (int source = 0; source < sources.size(); source++) {
        LiveRows rows = new LiveRows(sources.get(source), shape);
        append(source, rows.within(places.get(source), after, upTo));
      }
      builder.finish();
      while (lasts.size() < sealed.size()) {
        lasts.add(upTo);
      }
      after = upTo;
    }
    return lasts;
  }

  /// Where a rowset ends that begins at `from`: rows of one place stay together.
  private static int end(long[] all, int from, int rows) {
    int end = Math.min(from + rows, all.length);
    if (end < all.length) {
      int before = end;
      while (before > from && all[before - 1] == all[end]) {
        before--;
      }
      end = before > from ? before : end;
    }
    while (end < all.length && all[end] == all[end - 1]) {
      end++;
    }
    return end;
  }

  private List<LiveRows> inputs(List<RowsetState> sources) {
    return sources.stream().map(source -> new LiveRows(source, shape)).toList();
  }

  private List<Integer> run(List<RowsetState> sources, Superblock base, Runnable writing) {
    for (RowsetState source : sources) {
      long[] places = new long[source.rowCount()];
      Arrays.fill(places, -1);
      placesOfSources.add(places);
    }
    try {
      writing.run();
      Changes changes = new Changes();
      for (int i = 0; i < sources.size(); i++) {
        changes.replace(
            new Changes.RowsetKey(tableId, sources.get(i).rowsetId()),
            RowMoves.of(placesOfSources.get(i)));
      }
      sealed.forEach(changes::add);
      namespace.committer().commit(changes, base, Origin.WAREHOUSE);
    } catch (SqlException e) {
      if (!namespace.committer().isUncertain()) {
        namespace.discard(sealed);
      }
      throw e;
    }
    return sealed.stream().map(file -> file.reference().rowsetId()).toList();
  }

  private void concatenate(List<LiveRows> inputs) {
    for (int source = 0; source < inputs.size(); source++) {
      append(source, inputs.get(source));
    }
  }

  private void append(int source, LiveRows input) {
    boolean more = input.advance(0);
    while (more) {
      int count = input.batch().selectedCount;
      append(source, input, count);
      more = input.advance(count);
    }
  }

  private record Input(int source, LiveRows rows) {}

  private void merge(List<LiveRows> inputs) {
    PriorityQueue<Input> queue =
        new PriorityQueue<>(
            (a, b) -> {
              int order = LiveRows.compare(a.rows, b.rows);
              return order != 0 ? order : Integer.compare(a.source, b.source);
            });
    for (int source = 0; source < inputs.size(); source++) {
      if (inputs.get(source).advance(0)) {
        queue.add(new Input(source, inputs.get(source)));
      }
    }
    while (!queue.isEmpty()) {
      Input first = queue.remove();
      int count = leading(first, queue.peek());
      append(first.source, first.rows, count);
      if (first.rows.advance(count)) {
        queue.add(first);
      }
    }
  }

  /// Rows at the front of `first`'s batch that come before all others.
  private static int leading(Input first, @Nullable Input second) {
    LiveRows rows = first.rows;
    int end = rows.batch().selectedCount;
    if (second == null) {
      return end - rows.at();
    }
    int at = rows.at() + 1;
    while (at < end && rows.compareAt(at, second.rows) <= 0) {
      at++;
    }
    return at - rows.at();
  }

  private void append(int source, LiveRows input, int count) {
    int at = input.at();
    int left = count;
    while (left > 0) {
      // What was appended before a rowset was sealed is accounted for by the time it is.
      int part = Math.min(left, builder.room());
      note(source, input, at, part);
      builder.append(input.batch(), at, part);
      at += part;
      left -= part;
    }
    sincePause += count;
    if (sincePause >= ROWS_PER_PAUSE) {
      sincePause = 0;
      pause.run();
    }
  }

  private void note(int source, LiveRows input, int at, int count) {
    if (appended + count > appendedRows.length) {
      int larger = Math.max(appended + count, appendedRows.length * 2);
      appendedRows = Arrays.copyOf(appendedRows, larger);
      appendedSources = Arrays.copyOf(appendedSources, larger);
    }
    for (int i = 0; i < count; i++) {
      appendedSources[appended] = source;
      appendedRows[appended++] = input.row(at + i);
    }
  }

  /// The rows appended since the rowset before are in this one.
  private void sealed(RowsetFile file) {
    sealed.add(file);
    SortOrder order = builder.lastOrder();
    int rowsetId = file.reference().rowsetId();
    for (int row = 0; row < file.reference().rowCount(); row++) {
      int number = order == null ? row : order.rows()[row];
      placesOfSources.get(appendedSources[number])[appendedRows[number]] =
          RowsetSnapshot.rowId(rowsetId, row);
    }
    appended = 0;
  }
}

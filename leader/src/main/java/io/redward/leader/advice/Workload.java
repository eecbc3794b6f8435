package io.redward.leader.advice;

import io.redward.leader.physical.DistributionStyle;
import io.redward.leader.physical.JoinUse;
import io.redward.leader.physical.PlannedQuery;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which columns scans filter by, with the bytes they read and those they would have read were the
/// table sorted by the column; what scans are spared by the order that a table has, since the keys
/// of a join lie in few of its blocks; and which columns joins equate. Sums only, of tables that
/// are large enough to care. Thread-safe.
public final class Workload {
  /// Of fewer rows there is nothing to prune.
  static final long MIN_ROWS = 4L * RowsetSnapshot.BLOCK_ROWS;

  /// Of fewer rows each node has its own copy where nothing is declared.
  private static final double MIN_JOINED_ROWS = DistributionStyle.AUTO_ALL_ROWS;

  private static final String KEY = "workload";
  private static final int KEPT = 2_000;

  /// A plan's first so many runs are looked at …
  private static final int ALL_OF_FIRST = 16;

  /// … and of the later ones each so-and-so-manieth, which then stands for all of them: to look
  /// takes longer than many a run …
  private static final int SAMPLED = 64;

  /// … and after so many runs fewer still.
  private static final int WELL_KNOWN = 4_096;

  private static final int SAMPLED_OF_WELL_KNOWN = 1_024;

  /// Scans filtered by a column.
  ///
  /// @param read bytes that were not pruned
  /// @param needed bytes that would not have been, sorted by the column
  public record Filtered(long table, int column, long scans, double read, double needed) {
    double saved() {
      return Math.max(0, read - needed);
    }
  }

  /// Joins on a pair of columns.
  ///
  /// @param bytes that would have to be moved unless rows of one key lie together
  public record Joined(
      long table, int column, long other, int otherColumn, long joins, double bytes) {}

  private record ColumnKey(long table, int column) {}

  private record PairKey(ColumnKey one, ColumnKey other) {}

  private final Map<ColumnKey, Filtered> filters = new HashMap<>();
  private final Map<PairKey, Joined> joins = new HashMap<>();
  private final Map<Long, Double> spared = new HashMap<>();
  private long changes;

  /// Adds an execution.
  ///
  /// @param result what its segments read
  public void record(
      PlannedQuery planned, List<Constant> parameters, Snapshot snapshot, ExecutionResult result) {
    long run = planned.countRun();
    if (run <= ALL_OF_FIRST) {
      record(planned, new Run(parameters, snapshot, result, 1));
    } else {
      int each = run <= WELL_KNOWN ? SAMPLED : SAMPLED_OF_WELL_KNOWN;
      if (run % each == 0) {
        record(planned, new Run(parameters, snapshot, result, each));
      }
    }
  }

  /// An execution, which stands for so many.
  private record Run(
      List<Constant> parameters, Snapshot snapshot, ExecutionResult result, int times) {
    /// Blocks that a segment asked storage for; all there are where that is not known.
    long blocksAsked(int segment) {
      long asked = 0;
      for (SegmentProfile profile : result.profiles()) {
        if (profile.segment() == segment) {
          asked += profile.blocks().cached() + profile.blocks().loaded();
        }
      }
      return asked == 0 ? Long.MAX_VALUE : asked;
    }
  }

  private void record(PlannedQuery planned, Run run) {
    planned.plan().streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .forEach(
            segment -> {
              switch (segment.source()) {
                case SourceStep.TableScan scan -> scanned(scan, run, run.blocksAsked(segment.id()));
                case SourceStep.MergeJoin join -> {
                  scanned(join.outer(), run, Long.MAX_VALUE);
                  scanned(join.inner(), run, Long.MAX_VALUE);
                }
                default -> {}
              }
            });
    for (JoinUse use : planned.joins()) {
      boolean large =
          run.snapshot().table(use.leftTable()).rowCount() > MIN_JOINED_ROWS
              && run.snapshot().table(use.rightTable()).rowCount() > MIN_JOINED_ROWS;
      if (large && use.leftTable() != use.rightTable()) {
        joined(use, run.times());
      }
    }
  }

  private void scanned(SourceStep.TableScan scan, Run run, long blocksAsked) {
    if (scan.predicates().isEmpty() && scan.joinFilters().isEmpty() || scan.rowIds()) {
      return;
    }
    TableSnapshot table = run.snapshot().table(scan.tableId());
    if (table.rowCount() < MIN_ROWS) {
      return;
    }
    Map<Integer, FilterRange> ranges = new HashMap<>();
    for (ScanPredicate predicate : scan.predicates()) {
      int column = scan.columnIds()[predicate.field()];
      FilterRange range = ranges.getOrDefault(column, FilterRange.ALL);
      ranges.put(column, range.and(predicate, run.parameters()));
    }
    ranges.values().removeIf(FilterRange::isAll);
    if (!ranges.isEmpty() || !scan.joinFilters().isEmpty()) {
      add(scan, table, ranges, run.times(), blocksAsked);
    }
  }

  /// What join filters and chunks without a row spared was read by no one, so sorting by a filter's
  /// column could not spare it; and of a scan that no constant filters, it is what another order
  /// would lose.
  private void add(
      SourceStep.TableScan scan,
      TableSnapshot table,
      Map<Integer, FilterRange> ranges,
      int times,
      long blocksAsked) {
    double all = 0;
    double left = 0;
    long blocks = 0;
    for (RowsetSnapshot rowset : table.rowsets()) {
      for (int block = 0; block < rowset.blockCount(); block++) {
        double bytes = bytes(rowset, block, scan.columnIds());
        all += bytes;
        blocks++;
        left += mayHold(rowset, block, ranges) ? bytes : 0;
      }
    }
    double block = all / Math.max(1, blocks);
    double asked = blocksAsked * block / Math.max(1, scan.columnIds().length);
    double read = Math.min(left, asked);
    for (Map.Entry<Integer, FilterRange> filter : ranges.entrySet()) {
      Optional<ColumnStatistics> statistics = table.statistics(filter.getKey());
      if (statistics.isPresent()) {
        double wanted = all * filter.getValue().fraction(statistics.get()) + block;
        filtered(
            new Filtered(
                scan.tableId(),
                filter.getKey(),
                times,
                times * read,
                times * Math.min(read, wanted)));
      }
    }
    if (ranges.isEmpty() && read < left) {
      spare(scan.tableId(), times * (left - read));
    }
  }

  private static double bytes(RowsetSnapshot rowset, int block, int[] columns) {
    double bytes = 0;
    for (int column : columns) {
      bytes += rowset.hasColumn(column) ? rowset.summary(column, block).encodedBytes() : 0;
    }
    return bytes;
  }

  private static boolean mayHold(
      RowsetSnapshot rowset, int block, Map<Integer, FilterRange> ranges) {
    for (Map.Entry<Integer, FilterRange> filter : ranges.entrySet()) {
      int column = filter.getKey();
      boolean pruned =
          rowset.hasColumn(column)
              && rowset.summary(column, block).bounds().filter(filter.getValue()::meets).isEmpty();
      if (pruned) {
        return false;
      }
    }
    return true;
  }

  private synchronized void filtered(Filtered one) {
    changes++;
    filters.merge(
        new ColumnKey(one.table(), one.column()),
        one,
        (a, b) ->
            new Filtered(
                a.table(),
                a.column(),
                a.scans() + b.scans(),
                a.read() + b.read(),
                a.needed() + b.needed()));
  }

  private synchronized void spare(long table, double bytes) {
    changes++;
    spared.merge(table, bytes, Double::sum);
  }

  /// Bytes of a table that joins did not have to read thanks to the order it has.
  public synchronized double spared(long table) {
    return spared.getOrDefault(table, 0.0);
  }

  private synchronized void joined(JoinUse use, int times) {
    ColumnKey left = new ColumnKey(use.leftTable(), use.leftColumn());
    ColumnKey right = new ColumnKey(use.rightTable(), use.rightColumn());
    boolean swap = left.table > right.table;
    add(
        new Joined(
            swap ? right.table : left.table,
            swap ? right.column : left.column,
            swap ? left.table : right.table,
            swap ? left.column : right.column,
            times,
            times * use.bytes()));
  }

  private void add(Joined one) {
    changes++;
    joins.merge(
        new PairKey(
            new ColumnKey(one.table(), one.column()),
            new ColumnKey(one.other(), one.otherColumn())),
        one,
        (a, b) ->
            new Joined(
                a.table(),
                a.column(),
                a.other(),
                a.otherColumn(),
                a.joins() + b.joins(),
                a.bytes() + b.bytes()));
  }

  /// The columns that scans filter by, those that would have saved most first.
  public synchronized List<Filtered> filters() {
    return filters.values().stream()
        .sorted(Comparator.comparingDouble(Filtered::saved).reversed())
        .toList();
  }

  /// The pairs that are joined on, the dearest first.
  public synchronized List<Joined> joins() {
    return joins.values().stream()
        .sorted(Comparator.comparingDouble(Joined::bytes).reversed())
        .toList();
  }

  /// Forgets how a table was filtered: it is laid out otherwise now.
  public synchronized void forgetFilters(long table) {
    changes++;
    filters.keySet().removeIf(key -> key.table() == table);
    spared.remove(table);
  }

  /// Grows with everything that is added.
  public synchronized long changes() {
    return changes;
  }

  /// Under which it is kept in the log.
  public static String key() {
    return KEY;
  }

  /// As lines: `f table column scans read needed`, `j table column table column joins bytes`, `s
  /// table bytes`.
  public synchronized byte[] write() {
    List<String> lines = new ArrayList<>();
    spared.forEach((table, bytes) -> lines.add(line("s", table, bytes.longValue())));
    filters().stream()
        .limit(KEPT)
        .forEach(
            f ->
                lines.add(
                    line(
                        "f",
                        f.table(),
                        f.column(),
                        f.scans(),
                        (long) f.read(),
                        (long) f.needed())));
    joins().stream()
        .limit(KEPT)
        .forEach(
            j ->
                lines.add(
                    line(
                        "j",
                        j.table(),
                        j.column(),
                        j.other(),
                        j.otherColumn(),
                        j.joins(),
                        (long) j.bytes())));
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static String line(String kind, long... numbers) {
    StringBuilder line = new StringBuilder(kind);
    for (long number : numbers) {
      line.append(' ').append(number);
    }
    return line.toString();
  }

  /// Adds what was written before.
  public synchronized void read(byte[] written) {
    new String(written, StandardCharsets.UTF_8).lines().forEach(this::readLine);
  }

  private void readLine(String line) {
    String[] parts = line.split(" ");
    long[] n = new long[parts.length - 1];
    for (int i = 0; i < n.length; i++) {
      n[i] = Long.parseLong(parts[i + 1]);
    }
    if (parts[0].equals("f")) {
      filtered(new Filtered(n[0], (int) n[1], n[2], n[3], n[4]));
    } else if (parts[0].equals("s")) {
      spare(n[0], n[1]);
    } else {
      add(new Joined(n[0], (int) n[1], n[2], (int) n[3], n[4], n[5]));
    }
  }
}

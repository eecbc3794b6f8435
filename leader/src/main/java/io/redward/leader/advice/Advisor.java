package io.redward.leader.advice;

import io.redward.leader.advice.Recommendation.Kind;
import io.redward.leader.advice.Workload.Filtered;
import io.redward.leader.advice.Workload.Joined;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.catalog.TableLayout.DistributionStyle;
import io.redward.leader.catalog.TableLayout.SortKind;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads sort keys and distribution keys out of a workload. Rewriting costs as much as loading, so
/// only what would have saved several times the table's bytes counts.
///
/// @param snapshot that goes with `catalog`
public record Advisor(Workload workload, Catalog catalog, Snapshot snapshot) {
  private static final int MIN_USES = 3;
  private static final double MIN_GAIN = 3;

  /// A second column of a sort key helps where each value of the first fills several blocks.
  private static final int BLOCKS_PER_VALUE = 4;

  /// What is worth doing, the most useful first.
  public List<Recommendation> recommendations() {
    List<Recommendation> found = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (Filtered best : workload.filters()) {
      Optional<TableDefinition> table = catalog.table((int) best.table());
      if (table.isPresent() && seen.add(best.table())) {
        sortKey(table.get(), best).ifPresent(found::add);
      }
    }
    Map<Long, Integer> placed = new HashMap<>();
    int group = 0;
    for (Joined dearest : workload.joins()) {
      boolean free =
          placed.getOrDefault(dearest.table(), dearest.column()) == dearest.column()
              && placed.getOrDefault(dearest.other(), dearest.otherColumn())
                  == dearest.otherColumn();
      if (free && isWorthwhile(dearest)) {
        List<Recommendation> pair = pair(dearest, group);
        found.addAll(pair);
        group += pair.isEmpty() ? 0 : 1;
        placed.put(dearest.table(), dearest.column());
        placed.put(dearest.other(), dearest.otherColumn());
      }
    }
    return found;
  }

  private Optional<Recommendation> sortKey(TableDefinition table, Filtered best) {
    TableLayout layout = table.layout();
    TableSnapshot rows = snapshot.table(table.oid());
    Optional<ColumnDefinition> column = table.column(best.column());
    boolean free = layout.sortKind() == SortKind.AUTO || layout.sortKey().isEmpty();
    boolean chosen = !layout.sortKey().isEmpty() && layout.sortKey().getFirst() == best.column();
    double gain = best.saved() - workload.spared(table.oid());
    boolean worthwhile = best.scans() >= MIN_USES && gain >= MIN_GAIN * rows.encodedBytes();
    if (column.isEmpty() || !free || chosen || !worthwhile) {
      return Optional.empty();
    }
    List<Integer> key = new ArrayList<>(List.of(best.column()));
    second(table, best, rows).ifPresent(key::add);
    List<String> names = new ArrayList<>();
    key.forEach(id -> names.add(quoted(table.column(id).orElseThrow().name())));
    TableLayout sorted =
        new TableLayout(
            layout.style(), layout.automatic(), layout.distributionKey(), SortKind.AUTO, key);
    String reason =
        String.format(
            Locale.ROOT,
            "%d scans filtered by %s read %s; sorted by it they would have read %s",
            best.scans(),
            column.get().name(),
            megabytes(best.read()),
            megabytes(best.needed()));
    return Optional.of(
        new Recommendation(
            Kind.SORTKEY,
            -1,
            table,
            sorted,
            "ALTER TABLE "
                + name(table)
                + " ALTER COMPOUND SORTKEY ("
                + String.join(", ", names)
                + ")",
            layout.sortKind() == SortKind.AUTO,
            reason));
  }

  private Optional<Integer> second(TableDefinition table, Filtered first, TableSnapshot rows) {
    double blocks = (double) rows.rowCount() / RowsetSnapshot.BLOCK_ROWS;
    double values =
        rows.statistics(first.column()).map(ColumnStatistics::distinctCount).orElse(0.0);
    if (values == 0 || blocks / values < BLOCKS_PER_VALUE) {
      return Optional.empty();
    }
    return workload.filters().stream()
        .filter(f -> f.table() == first.table() && f.column() != first.column())
        .filter(f -> f.scans() >= MIN_USES && table.column(f.column()).isPresent())
        .findFirst()
        .map(Filtered::column);
  }

  /// Whether the sides of a join cost much to move and both may be placed by its columns.
  private boolean isWorthwhile(Joined join) {
    boolean placeable =
        catalog.table((int) join.table()).filter(t -> isPlaceable(t, join.column())).isPresent()
            && catalog
                .table((int) join.other())
                .filter(t -> isPlaceable(t, join.otherColumn()))
                .isPresent();
    long smaller =
        Math.min(
            snapshot.table(join.table()).encodedBytes(),
            snapshot.table(join.other()).encodedBytes());
    return placeable && join.joins() >= MIN_USES && join.bytes() >= MIN_GAIN * smaller;
  }

  /// Copies on every node meet everything as they are.
  private static boolean isPlaceable(TableDefinition table, int column) {
    TableLayout layout = table.layout();
    return (layout.automatic() || layout.style() != DistributionStyle.ALL)
        && table.column(column).isPresent();
  }

  private List<Recommendation> pair(Joined join, int group) {
    TableDefinition left = catalog.table((int) join.table()).orElseThrow();
    TableDefinition right = catalog.table((int) join.other()).orElseThrow();
    List<Recommendation> found = new ArrayList<>();
    distributionKey(left, join.column(), right, join, group).ifPresent(found::add);
    distributionKey(right, join.otherColumn(), left, join, group).ifPresent(found::add);
    return found;
  }

  private Optional<Recommendation> distributionKey(
      TableDefinition table, int column, TableDefinition other, Joined join, int group) {
    TableLayout layout = table.layout();
    boolean chosen =
        layout.distributionKey().isPresent() && layout.distributionKey().getAsInt() == column;
    Optional<ColumnDefinition> key = table.column(column);
    if (chosen || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Recommendation(
            Kind.DISTKEY,
            group,
            table,
            new TableLayout(
                DistributionStyle.KEY,
                true,
                OptionalInt.of(column),
                layout.sortKind(),
                layout.sortKey()),
            "ALTER TABLE "
                + name(table)
                + " ALTER DISTSTYLE KEY DISTKEY "
                + quoted(key.get().name()),
            layout.automatic(),
            String.format(
                Locale.ROOT,
                "%d joins with %s on %s had %s to move",
                join.joins(),
                other.name(),
                key.get().name(),
                megabytes(join.bytes()))));
  }

  private String name(TableDefinition table) {
    return quoted(catalog.schema(table.schemaOid()).map(Schema::name).orElse(""))
        + "."
        + quoted(table.name());
  }

  private static String quoted(String name) {
    return SqlPrinter.print(Identifier.of(name, 0));
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (1 << 20));
  }
}

package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.RelationalTable;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds scans: only the columns needed, with the conditions on them inside.
final class ScanBuilder {
  private final Conversion conversion;

  ScanBuilder(Conversion conversion) {
    this.conversion = conversion;
  }

  Placed scan(TableScan scan, ImmutableBitSet needed) {
    RelationalTable table = (RelationalTable) scan.getTable();
    int[] places = new int[scan.getRowType().getFieldCount()];
    Arrays.fill(places, -1);
    int next = 0;
    for (int ordinal : needed) {
      places[ordinal] = next++;
    }
    PhysicalNode node =
        switch (conversion.context().target(table)) {
          case ScanTarget.Stored stored -> stored(scan, table, stored, needed);
          case ScanTarget.System system -> system(scan, table, system, needed);
        };
    return new Placed(node, places);
  }

  private PhysicalNode stored(
      TableScan scan, RelationalTable table, ScanTarget.Stored target, ImmutableBitSet needed) {
    List<Column> columns = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    int instance = conversion.dependencies().addScan(uniqueColumns(table, target));
    boolean rowIds = false;
    for (int ordinal : needed) {
      RelDataTypeField field = scan.getRowType().getFieldList().get(ordinal);
      if (ordinal < target.columnIds().size()) {
        ids.add(target.columnIds().get(ordinal));
        columns.add(storedColumn(table, target, field, instance));
      } else {
        rowIds = true;
        columns.add(column(target.shownName(), field, Optional.empty()));
      }
    }
    return new PhysicalNode.SeqScan(
        target,
        table.getRowCount(),
        ids,
        rowIds,
        List.of(),
        List.of(),
        List.of(),
        columns,
        CostModel.scan(table.getRowCount(), 0, conversion.rows(scan)),
        distribution(table, target, ids));
  }

  private static List<Set<Integer>> uniqueColumns(RelationalTable table, ScanTarget.Stored target) {
    List<Set<Integer>> unique = new ArrayList<>();
    for (ImmutableBitSet key : table.getKeys()) {
      unique.add(key.asList().stream().map(target.columnIds()::get).collect(Collectors.toSet()));
    }
    return unique;
  }

  private static Distribution distribution(
      RelationalTable table, ScanTarget.Stored target, List<Integer> ids) {
    return switch (target.distribution()) {
      case DistributionStyle.All _ -> Distribution.ALL;
      case DistributionStyle.Even _ -> Distribution.EVEN;
      case DistributionStyle.Auto _ ->
          table.getRowCount() <= DistributionStyle.AUTO_ALL_ROWS
              ? Distribution.ALL
              : Distribution.EVEN;
      case DistributionStyle.Key(int columnId) ->
          ids.contains(columnId)
              ? new Distribution.Keyed(Set.of(ids.indexOf(columnId)))
              : Distribution.EVEN;
    };
  }

  private PhysicalNode system(
      TableScan scan, RelationalTable table, ScanTarget.System target, ImmutableBitSet needed) {
    List<Column> columns = new ArrayList<>();
    for (int ordinal : needed) {
      RelDataTypeField field = scan.getRowType().getFieldList().get(ordinal);
      columns.add(column(target.name(), field, Optional.empty()));
    }
    return new PhysicalNode.SystemTableScan(
        target,
        needed.asList(),
        columns,
        CostModel.scan(table.getRowCount(), 0, conversion.rows(scan)));
  }

  private static Column storedColumn(
      RelationalTable table, ScanTarget.Stored target, RelDataTypeField field, int instance) {
    Optional<ColumnStatistics> statistics = table.statistics().column(field.getIndex());
    Column column = column(target.shownName(), field, statistics);
    int id = target.columnIds().get(field.getIndex());
    return new Column(
        column.field(),
        column.text(),
        column.qualifiedText(),
        range(target, id, column.field().type(), statistics),
        column.width(),
        column.distinct(),
        new Column.Origin(instance, id));
  }

  /// The column's bounds rounded outwards, if they say more than the type.
  private static ValueRange range(
      ScanTarget.Stored target, int id, SqlType type, Optional<ColumnStatistics> statistics) {
    ValueRange ofType = ValueRange.of(type);
    Optional<ValueBounds> bounds = statistics.flatMap(ColumnStatistics::bounds);
    if (ofType.equals(ValueRange.ANY) || bounds.isEmpty()) {
      return ofType;
    }
    ValueRange rounded = ValueRange.of(bounds.get()).roundedOut();
    if (!rounded.within(ofType)) {
      return ofType;
    }
    return rounded.given(new ColumnBounds(target.tableId(), id, rounded.min(), rounded.max()));
  }

  private static Column column(
      String table, RelDataTypeField field, Optional<ColumnStatistics> statistics) {
    SqlType type = CalciteTypes.sqlType(field.getType());
    String name = Names.quoted(field.getName());
    return new Column(
        Field.of(field.getName(), type, field.getType().isNullable()),
        name,
        Names.quoted(table) + "." + name,
        ValueRange.of(type),
        statistics.map(ColumnStatistics::averageBytes).filter(b -> b > 0).orElse(width(type)),
        statistics.map(ColumnStatistics::distinctCount).orElse(Double.NaN),
        Column.Origin.COMPUTED);
  }

  /// Bytes of a value of this type where nothing else is known.
  static double width(SqlType type) {
    return switch (type.physical()) {
      case INT -> type.equals(SqlType.BOOLEAN) ? 1 : type.equals(SqlType.SMALLINT) ? 2 : 4;
      case LONG, DOUBLE -> 8;
      case INT128 -> 16;
      case BYTES -> type.precision() > 0 ? Math.clamp(type.precision() / 2, 1, 256) : 32;
    };
  }

  /// The scan with conditions on its rows moved into it.
  PhysicalNode filtered(PhysicalNode.SeqScan scan, List<Expression> conditions, RelNode filter) {
    List<ScanPredicate> predicates = new ArrayList<>(scan.predicates());
    List<Expression> filters = new ArrayList<>(scan.filters());
    for (Expression condition : conditions) {
      Optional<ScanPredicate> predicate = ScanPredicates.of(condition);
      if (predicate.isEmpty()) {
        filters.add(condition);
      }
      List<ScanPredicate> found = new ArrayList<>(predicate.stream().toList());
      found.addAll(ImpliedPredicates.of(condition));
      found.stream().filter(p -> !predicates.contains(p)).forEach(predicates::add);
    }
    predicates.sort(Comparator.comparingDouble(p -> rank(p, scan.columns())));
    filters.sort(Comparator.comparingDouble(Expressions::cost));
    Estimate estimate =
        CostModel.scan(
            scan.tableRows(), predicates.size() + filters.size(), conversion.rows(filter));
    return scan.testing(predicates, filters, estimate);
  }

  /// Cheap and likely selective tests come first: numbers before strings, equality before ranges.
  private static double rank(ScanPredicate predicate, List<Column> columns) {
    double work =
        switch (columns.get(predicate.field()).field().physical()) {
          case INT, LONG, DOUBLE -> 0;
          case INT128 -> 4;
          case BYTES -> 8;
        };
    return switch (predicate) {
      case ScanPredicate.Compare compare ->
          work
              + switch (compare.operator()) {
                case EQUAL -> 0;
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> 1;
                case NOT_EQUAL -> 3;
              };
      case ScanPredicate.In _ -> work + 0.5;
      case ScanPredicate.NullTest test -> test.wantNull() ? 0 : 3.5;
      case ScanPredicate.Matches _ -> work + 10;
    };
  }
}

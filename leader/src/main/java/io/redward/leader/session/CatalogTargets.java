package io.redward.leader.session;

import io.redward.leader.binder.TableHandle;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.physical.DistributionStyle;
import io.redward.leader.physical.PhysicalContext;
import io.redward.leader.physical.ScanTarget;
import io.redward.leader.relational.RelationalTable;
import io.redward.plan.step.Field;
import io.redward.spi.SystemTable;
import java.util.List;

/// Tells the physical planner what stands behind the tables the binder put into the tree.
final class CatalogTargets implements PhysicalContext {
  /// With a larger share of unsorted rows a table's order is of no use to a plan.
  private static final double MOST_UNSORTED = 0.2;

  static int[] columnIds(TableDefinition table) {
    return table.columns().stream().mapToInt(ColumnDefinition::id).toArray();
  }

  /// The columns as they are declared.
  static List<Field> fields(TableDefinition table) {
    return table.columns().stream().map(c -> Field.of(c.name(), c.type(), c.nullable())).toList();
  }

  @Override
  public ScanTarget target(RelationalTable table) {
    return switch ((TableHandle) table.handle()) {
      case TableHandle.Stored(TableDefinition definition, boolean _) ->
          new ScanTarget.Stored(
              definition.oid(),
              definition.name(),
              definition.columns().stream().map(ColumnDefinition::id).toList(),
              distribution(definition),
              table.alias(),
              table.statistics().unsortedShare() < MOST_UNSORTED
                      && definition.layout().sortKind() != TableLayout.SortKind.INTERLEAVED
                  ? definition.layout().sortKey()
                  : List.of());
      case TableHandle.System(SystemTable system) ->
          new ScanTarget.System(system.schema(), system.name());
    };
  }

  private static DistributionStyle distribution(TableDefinition table) {
    if (table.layout().automatic() && table.layout().style() != TableLayout.DistributionStyle.KEY) {
      return new DistributionStyle.Auto();
    }
    return switch (table.layout().style()) {
      case ALL -> new DistributionStyle.All();
      case EVEN -> new DistributionStyle.Even();
      case KEY -> new DistributionStyle.Key(table.layout().distributionKey().orElseThrow());
    };
  }
}

package io.redward.leader.relational;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptAbstractTable;
import org.apache.calcite.rel.RelDistribution;
import org.apache.calcite.rel.RelDistributions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// A table as a leaf of a plan: its row, its statistics, the columns known to be unique and, as
/// `handle`, the catalog's own description, which only binder and physical planner look into.
///
/// Two mentions of a table in one statement may share an object or not; equality is by name and
/// handle.
public final class RelationalTable extends RelOptAbstractTable {
  private final List<String> qualifiedName;
  private final Object handle;
  private final TableStatistics statistics;
  private final List<ImmutableBitSet> keys;
  private final boolean enforced;
  private final Optional<String> alias;

  /// @param qualifiedName schema and table, or with the database before them
  /// @param keys sets of columns that are unique and never NULL, proved or declared and trusted
  public RelationalTable(
      List<String> qualifiedName,
      RelDataType rowType,
      Object handle,
      TableStatistics statistics,
      List<ImmutableBitSet> keys) {
    this(qualifiedName, rowType, handle, statistics, keys, true, Optional.empty());
  }

  private RelationalTable(
      List<String> qualifiedName,
      RelDataType rowType,
      Object handle,
      TableStatistics statistics,
      List<ImmutableBitSet> keys,
      boolean enforced,
      Optional<String> alias) {
    super(null, qualifiedName.getLast(), rowType);
    this.qualifiedName = List.copyOf(qualifiedName);
    this.handle = handle;
    this.statistics = statistics;
    this.keys = List.copyOf(keys);
    this.enforced = enforced;
    this.alias = alias;
  }

  public Object handle() {
    return handle;
  }

  public TableStatistics statistics() {
    return statistics;
  }

  @Override
  public List<String> getQualifiedName() {
    return qualifiedName;
  }

  @Override
  public double getRowCount() {
    return statistics.rowCount();
  }

  /// The same with keys that are no more than promised.
  public RelationalTable withPromisedKeys() {
    return new RelationalTable(qualifiedName, getRowType(), handle, statistics, keys, false, alias);
  }

  /// The same under another name in the statement, which only shows in EXPLAIN.
  public RelationalTable named(Optional<String> other) {
    return new RelationalTable(
        qualifiedName, getRowType(), handle, statistics, keys, enforced, other);
  }

  /// Its name in the statement, where it has another there.
  public Optional<String> alias() {
    return alias;
  }

  /// Whether nothing but what the user has promised makes a key unique.
  public boolean hasPromisedKeys() {
    return !keys.isEmpty() && !enforced;
  }

  @Override
  public boolean isKey(ImmutableBitSet columns) {
    return keys.stream().anyMatch(columns::contains);
  }

  @Override
  public List<ImmutableBitSet> getKeys() {
    return keys;
  }

  /// Where rows lie is decided below the logical plan.
  @Override
  public RelDistribution getDistribution() {
    return RelDistributions.ANY;
  }

  @Override
  public @Nullable Expression getExpression(Class clazz) {
    return null;
  }

  @Override
  public List<ColumnStrategy> getColumnStrategies() {
    return List.of();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RelationalTable that
        && qualifiedName.equals(that.qualifiedName)
        && handle.equals(that.handle);
  }

  @Override
  public int hashCode() {
    return qualifiedName.hashCode();
  }
}

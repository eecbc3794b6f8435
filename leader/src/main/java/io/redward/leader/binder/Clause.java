package io.redward.leader.binder;

import io.redward.leader.sql.ast.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/// A place where expressions over one row are bound: a WHERE, a select list. Knows the row's names,
/// the surrounding query's place for what is not found here, and what is allowed.
final class Clause {
  /// The name of the place inside an aggregate's parentheses.
  static final String AGGREGATE = "aggregate function";

  private final String name;
  private final Relation row;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;
  private @Nullable Clause prior;
  private @Nullable List<RexNode> arguments;
  private @Nullable AggregateCalls aggregates;
  private @Nullable Map<String, WindowSpec> windows;
  private final Map<String, RexNode> aliases = new LinkedHashMap<>();
  private List<CorrelationId> correlations = new ArrayList<>();

  /// @param name as messages call it: `WHERE`
  /// @param outer the place in the surrounding query, null in the outermost
  Clause(String name, Relation row, @Nullable Clause outer, CommonTables commonTables) {
    this.name = name;
    this.row = row;
    this.outer = outer;
    this.commonTables = commonTables;
  }

  /// Makes `$1`, `$2`, … these expressions: the arguments of the function whose body is bound here.
  Clause withArguments(List<RexNode> given) {
    arguments = given;
    return this;
  }

  @Nullable List<RexNode> arguments() {
    return arguments;
  }

  /// Lets PRIOR look at another row: the one above in the hierarchy.
  Clause allowPrior(Clause other) {
    prior = other;
    return this;
  }

  /// Where PRIOR's operand is bound.
  @Nullable Clause prior() {
    return prior;
  }

  /// Lets aggregates be called here.
  Clause allowAggregates(AggregateCalls calls) {
    aggregates = calls;
    return this;
  }

  /// Lets window functions be called here.
  ///
  /// @param named the query's WINDOW clause
  Clause allowWindows(Map<String, WindowSpec> named) {
    windows = named;
    return this;
  }

  /// This place as it is inside an aggregate's parentheses: the same row, seen by subqueries the
  /// same way, but no aggregate and no window function.
  Clause insideAggregate() {
    return inside(AGGREGATE);
  }

  /// Another place over the same row, with the same aliases.
  Clause inside(String otherName) {
    Clause inside = new Clause(otherName, row, outer, commonTables);
    inside.correlations = correlations;
    inside.aliases.putAll(aliases);
    return inside;
  }

  /// This place as it is inside a window function: aggregates may be called, windows not.
  Clause insideWindow() {
    Clause inside = inside(name);
    inside.aggregates = aggregates;
    return inside;
  }

  String name() {
    return name;
  }

  Relation row() {
    return row;
  }

  @Nullable Clause outer() {
    return outer;
  }

  CommonTables commonTables() {
    return commonTables;
  }

  @Nullable AggregateCalls aggregates() {
    return aggregates;
  }

  @Nullable Map<String, WindowSpec> windows() {
    return windows;
  }

  /// Output columns bound so far, which later ones may use by name.
  Map<String, RexNode> aliases() {
    return aliases;
  }

  /// A column of this row as a subquery sees it.
  RexNode correlated(RexBuilder builder, Supplier<CorrelationId> ids, int index) {
    if (correlations.isEmpty()) {
      correlations.add(ids.get());
    }
    RelDataType rowType = row.rel().getRowType();
    return builder.makeFieldAccess(builder.makeCorrel(rowType, correlations.getFirst()), index);
  }

  /// What stands for aggregates of this place's query, as a subquery sees them: a field of the
  /// row's variable whose name says which call it is, until the groups are there.
  RexNode correlatedAggregates(
      RexBuilder builder, Supplier<CorrelationId> ids, RexNode aggregates) {
    if (correlations.isEmpty()) {
      correlations.add(ids.get());
    }
    return aggregates.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef call) {
            RelDataType row =
                builder
                    .getTypeFactory()
                    .createStructType(
                        List.of(call.getType()), List.of(AggregateCalls.fieldName(call)));
            return builder.makeFieldAccess(builder.makeCorrel(row, correlations.getFirst()), 0);
          }
        });
  }

  /// The variables through which subqueries in this place see its row.
  Set<CorrelationId> variables() {
    return Set.copyOf(correlations);
  }
}

package io.redward.leader.materialized;

import com.google.common.collect.ImmutableSet;
import io.redward.leader.binder.TableHandle;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// The tree of a query's changed rows, from the tree of its rows. Each changed row has its fields
/// and, last, its weight: 1 if it is to be added, -1 if one like it is to be taken away. Rows may
/// be added and taken away again; the sum is what counts.
///
/// ```
///  Δ(filter R)   = filter ΔR            Δ(R ∪ S)    = ΔR ∪ ΔS
///  Δ(project R)  = project ΔR           Δ(R ⋈ S)    = ΔR ⋈ S_now ∪ R_before ⋈ ΔS
///  Δ(R ⟕ S)      = ΔR ⟕ S, as long as nothing under S has changed
/// ```
///
/// A branch whose tables are as they were has no changed rows, whatever it is made of.
final class Deltas {
  /// No table: a predicate that is true of it knows nothing of which tables change.
  private static final int ANY_TABLE = 0;

  private final Nodes nodes;
  private final PlannerContext planner;
  private final IntFunction<Optional<TableChange>> changes;

  Deltas(PlannerContext planner, IntFunction<Optional<TableChange>> changes) {
    this.planner = planner;
    this.changes = changes;
    nodes = new Nodes(planner);
  }

  /// Why the changes of a tree's rows cannot be told if these tables change; empty if they can.
  static Optional<String> refusal(RelNode node, IntPredicate changed) {
    if (!isChanged(node, changed)) {
      return Optional.empty();
    }
    return switch (node) {
      case TableScan _ -> Optional.empty();
      case LogicalFilter filter -> refusal(filter, List.of(filter.getCondition()), changed);
      case LogicalProject project -> refusal(project, project.getProjects(), changed);
      case LogicalUnion union when union.all -> inputs(union, changed);
      case LogicalJoin join when hasSubquery(List.of(join.getCondition()), changed) ->
          Optional.of("it has a subquery");
      case LogicalJoin join -> refusal(join, changed);
      default -> Optional.of("it has " + name(node));
    };
  }

  private static Optional<String> refusal(
      RelNode node, List<RexNode> expressions, IntPredicate changed) {
    if (RexOver.containsOver(expressions, null)) {
      return Optional.of("it has window functions");
    }
    return hasSubquery(expressions, changed)
        ? Optional.of("it has a subquery")
        : inputs(node, changed);
  }

  private static Optional<String> refusal(Join join, IntPredicate changed) {
    boolean sound =
        switch (join.getJoinType()) {
          case INNER -> true;
          case LEFT -> anyStill(join.getRight(), changed);
          case RIGHT -> anyStill(join.getLeft(), changed);
          default -> false;
        };
    return sound ? inputs(join, changed) : Optional.of("it has an outer join");
  }

  /// True where nothing is known of what changes, or nothing does.
  private static boolean anyStill(RelNode node, IntPredicate changed) {
    return changed.test(ANY_TABLE) || !isChanged(node, changed);
  }

  private static Optional<String> inputs(RelNode node, IntPredicate changed) {
    return node.getInputs().stream().flatMap(i -> refusal(i, changed).stream()).findFirst();
  }

  private static String name(RelNode node) {
    return switch (node) {
      case Aggregate _ -> "an aggregation below the top";
      case Sort _ -> "a LIMIT";
      case SetOp _ -> "a set operation";
      default -> "an operator of kind " + node.getRelTypeName();
    };
  }

  private static boolean hasSubquery(List<RexNode> expressions, IntPredicate changed) {
    Set<Integer> tables = new HashSet<>();
    expressions.forEach(each -> each.accept(subqueries(tables)));
    return tables.stream().anyMatch(changed::test);
  }

  private static boolean isChanged(RelNode node, IntPredicate changed) {
    Set<Integer> tables = new HashSet<>();
    collect(node, tables);
    return tables.stream().anyMatch(changed::test);
  }

  private static void collect(RelNode node, Set<Integer> tables) {
    if (node instanceof TableScan scan) {
      tables.add(definition(scan).oid());
    }
    node.accept(subqueries(tables));
    node.getInputs().forEach(input -> collect(input, tables));
  }

  private static RexShuttle subqueries(Set<Integer> tables) {
    return new RexShuttle() {
      @Override
      public RexNode visitSubQuery(RexSubQuery query) {
        collect(query.rel, tables);
        return super.visitSubQuery(query);
      }
    };
  }

  private static TableDefinition definition(TableScan scan) {
    RelationalTable table = scan.getTable().unwrapOrThrow(RelationalTable.class);
    return switch ((TableHandle) table.handle()) {
      case TableHandle.Stored(TableDefinition definition, boolean _) -> definition;
      case TableHandle.System _ ->
          throw new IllegalArgumentException("system tables have no history");
    };
  }

  private boolean isChanged(int table) {
    return changes.apply(table).isPresent();
  }

  /// The changed rows of a tree; empty if there can be none.
  Optional<RelNode> of(RelNode node) {
    if (!isChanged(node, this::isChanged)) {
      return Optional.empty();
    }
    return switch (node) {
      case TableScan scan -> scan(scan);
      case LogicalFilter filter ->
          of(filter.getInput())
              .map(
                  delta ->
                      LogicalFilter.create(
                          delta,
                          filter.getCondition(),
                          ImmutableSet.copyOf(filter.getVariablesSet())));
      case LogicalProject project -> of(project.getInput()).map(delta -> project(project, delta));
      case LogicalUnion union -> union(union);
      case LogicalJoin join -> join(join);
      default -> throw new IllegalArgumentException("no rule for " + node.getRelTypeName());
    };
  }

  private RelNode project(LogicalProject project, RelNode delta) {
    List<RexNode> fields = new ArrayList<>(project.getProjects());
    fields.add(nodes.last(delta));
    return nodes.project(delta, fields, project.getVariablesSet());
  }

  private Optional<RelNode> scan(TableScan scan) {
    TableChange change = changes.apply(definition(scan).oid()).orElseThrow();
    List<RelNode> parts = new ArrayList<>();
    change.came().ifPresent(part -> parts.add(weighted(scan, part, 1)));
    change.went().ifPresent(part -> parts.add(weighted(scan, part, -1)));
    return unionOf(parts);
  }

  private RelNode weighted(TableScan scan, TableChange.Part part, int weight) {
    RelNode rows = at(scan, part);
    List<RexNode> fields = nodes.fields(rows);
    fields.add(nodes.integer(weight));
    return nodes.project(rows, fields, Set.of());
  }

  private RelNode at(TableScan scan, TableChange.Part part) {
    RelationalTable table = scan.getTable().unwrapOrThrow(RelationalTable.class);
    return planner.scan(
        new RelationalTable(
            table.getQualifiedName(),
            table.getRowType(),
            new TableHandle.Stored(definition(scan).withOid(part.oid()), false),
            TableStatistics.ofRowCount(part.rowCount()),
            table.getKeys()));
  }

  private static Optional<RelNode> unionOf(List<RelNode> parts) {
    return switch (parts.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(parts.getFirst());
      default -> Optional.of(LogicalUnion.create(parts, true));
    };
  }

  private Optional<RelNode> union(LogicalUnion union) {
    return unionOf(union.getInputs().stream().flatMap(input -> of(input).stream()).toList());
  }

  private Optional<RelNode> join(LogicalJoin join) {
    List<RelNode> parts = new ArrayList<>();
    of(join.getLeft()).ifPresent(delta -> parts.add(leftChanged(join, delta)));
    of(join.getRight())
        .ifPresent(
            delta ->
                parts.add(
                    LogicalJoin.create(
                        before(join.getLeft()),
                        delta,
                        List.of(),
                        join.getCondition(),
                        join.getVariablesSet(),
                        join.getJoinType())));
    return unionOf(parts);
  }

  /// The left side's changed rows joined; the weight goes from the middle of the row to its end.
  private RelNode leftChanged(LogicalJoin join, RelNode delta) {
    int width = join.getLeft().getRowType().getFieldCount();
    RexShuttle shift =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return ref.getIndex() < width
                ? ref
                : new RexInputRef(ref.getIndex() + 1, ref.getType());
          }
        };
    RelNode joined =
        LogicalJoin.create(
            delta,
            join.getRight(),
            List.of(),
            join.getCondition().accept(shift),
            join.getVariablesSet(),
            join.getJoinType());
    List<RexNode> fields = nodes.fields(joined);
    fields.add(fields.remove(width));
    return nodes.project(joined, fields, Set.of());
  }

  /// The tree over the tables as they were.
  private RelNode before(RelNode node) {
    if (!isChanged(node, this::isChanged)) {
      return node;
    }
    if (node instanceof TableScan scan) {
      return at(scan, changes.apply(definition(scan).oid()).orElseThrow().before());
    }
    return node.copy(node.getTraitSet(), node.getInputs().stream().map(this::before).toList());
  }
}

package io.redward.leader.materialized;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.TableStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;

/// Puts materialized views in place of what they hold: from the top of a query's tree down, the
/// first part that some view answers is replaced.
///
/// ```
///  aggregate ── joins, filters ── tables      ⇒   aggregate ── filters ── view of finer groups
///  projections, joins, filters ── tables      ⇒   projection ── filters ── view of rows
/// ```
///
/// The view has the same tables and sets the same columns equal; its conditions are among the
/// query's, and the query's others, its keys and values can be computed from the view's columns.
/// That the views hold what their queries would yield now is for the caller to see to.
public final class ViewRewriter {
  private final Nodes nodes;
  private final Function<List<Integer>, List<Candidate>> candidates;

  /// A view that may be read.
  ///
  /// @param table with the columns that everybody sees
  public record Candidate(TableDefinition table, ViewShape shape, TableStatistics statistics) {}

  /// @param candidates views by the tables under them, ascending, those with fewer rows first
  public ViewRewriter(PlannerContext planner, Function<List<Integer>, List<Candidate>> candidates) {
    nodes = new Nodes(planner);
    this.candidates = candidates;
  }

  /// Whether views of this shape are ever read in place of their tables.
  public static boolean serves(ViewShape shape) {
    return switch (shape) {
      case ViewShape.Rows(RelNode rel) -> QueryBlock.of(rel).isPresent();
      case ViewShape.Groups groups ->
          GroupState.of(groups).mergeable()
              && QueryBlock.of(groups.aggregate().getInput()).isPresent();
      case ViewShape.Whole _ -> false;
    };
  }

  /// The tree with views in it; the tree itself if none fits.
  public RelNode rewrite(RelNode node) {
    Optional<RelNode> replaced =
        switch (node) {
          case LogicalAggregate aggregate when Aggregate.isSimple(aggregate) -> groups(aggregate);
          case LogicalProject _, LogicalFilter _, LogicalJoin _ -> rows(node);
          default -> Optional.empty();
        };
    if (replaced.isPresent()) {
      return replaced.get();
    }
    boolean changed = false;
    List<RelNode> inputs = node.getInputs().stream().map(this::rewrite).toList();
    for (int i = 0; i < inputs.size(); i++) {
      changed |= inputs.get(i) != node.getInput(i);
    }
    return changed ? node.copy(node.getTraitSet(), inputs) : node;
  }

  private Optional<RelNode> groups(LogicalAggregate aggregate) {
    Optional<QueryBlock> block = QueryBlock.of(aggregate.getInput());
    if (block.isEmpty()) {
      return Optional.empty();
    }
    for (Candidate candidate : candidates.apply(block.get().tables())) {
      if (candidate.shape() instanceof ViewShape.Groups view) {
        Optional<RelNode> found =
            new GroupMatch(nodes, candidate, view).replacement(aggregate, block.get());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<RelNode> rows(RelNode node) {
    Optional<QueryBlock> block = QueryBlock.of(node);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    for (Candidate candidate : candidates.apply(block.get().tables())) {
      if (candidate.shape() instanceof ViewShape.Rows(RelNode view)) {
        Optional<RelNode> found = rows(node, block.get(), candidate, view);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<RelNode> rows(
      RelNode node, QueryBlock block, Candidate candidate, RelNode view) {
    Optional<QueryBlock> held = QueryBlock.of(view);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    int[] all = IntStream.range(0, candidate.table().columns().size()).toArray();
    Optional<Derivation> derivation = Derivation.of(nodes, candidate, block, held.get(), all, all);
    return derivation.flatMap(
        found ->
            found
                .filtered()
                .flatMap(
                    rows ->
                        found
                            .computeAll(block.fields())
                            .map(fields -> nodes.projectAs(rows, fields, node.getRowType()))));
  }
}

package io.redward.leader.relational;

import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.metadata.janino.MetadataHandlers;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions about operators (unique keys, row counts, predicates) by handlers that were
/// generated when the module was built; see `src/build/java/GenerateMetadataHandlers.java`. Costs
/// are plain sums here. Holds a cache: one a planning phase.
public class GeneratedMetadataQuery extends RelMetadataQuery {
  private static final Logger LOG = LoggerFactory.getLogger(GeneratedMetadataQuery.class);
  private static final Provider PROVIDER = new Provider();

  public GeneratedMetadataQuery() {
    super(PROVIDER);
  }

  /// The library answers with the input's ordinals for an aggregate whose keys are not the input's
  /// first columns.
  @Override
  public @Nullable Set<ImmutableBitSet> getUniqueKeys(RelNode node, boolean ignoreNulls) {
    if (node instanceof Aggregate aggregate) {
      return Aggregate.isSimple(aggregate)
          ? Set.of(ImmutableBitSet.range(aggregate.getGroupCount()))
          : Set.of();
    }
    return super.getUniqueKeys(node, ignoreNulls);
  }

  /// As for [#getUniqueKeys].
  @Override
  public @Nullable Boolean areColumnsUnique(
      RelNode node, ImmutableBitSet columns, boolean ignoreNulls) {
    if (node instanceof Aggregate aggregate) {
      return Aggregate.isSimple(aggregate)
          && columns.contains(ImmutableBitSet.range(aggregate.getGroupCount()));
    }
    return super.areColumnsUnique(node, columns, ignoreNulls);
  }

  /// The library asserts that no inferred condition compares with NULL, and infers such from a join
  /// on a column that is always NULL. What is not inferred is not missed.
  @Override
  public RelOptPredicateList getPulledUpPredicates(RelNode node) {
    try {
      return super.getPulledUpPredicates(node);
    } catch (AssertionError e) {
      LOG.debug("no conditions inferred", e);
      // Or the question would count as one that is still being answered.
      boolean unused = clearCache(node);
      return RelOptPredicateList.EMPTY;
    }
  }

  private static RelOptCost ownCost(RelNode node, RelMetadataQuery query) {
    RelOptCost cost = node.computeSelfCost(node.getCluster().getPlanner(), query);
    return cost == null ? node.getCluster().getPlanner().getCostFactory().makeZeroCost() : cost;
  }

  private static RelOptCost cumulativeCost(RelNode node, RelMetadataQuery query) {
    RelOptCost cost = ownCost(node, query);
    for (RelNode input : node.getInputs()) {
      cost = cost.plus(cumulativeCost(input, query));
    }
    return cost;
  }

  /// Hands out the handlers; there is nothing to generate anew for an unknown operator.
  private static final class Provider implements MetadataHandlerProvider {
    private final Map<Class<?>, MetadataHandler<?>> handlers = MetadataHandlers.create();

    Provider() {
      BuiltInMetadata.CumulativeCost.Handler cumulative = GeneratedMetadataQuery::cumulativeCost;
      BuiltInMetadata.NonCumulativeCost.Handler own = GeneratedMetadataQuery::ownCost;
      BuiltInMetadata.PercentageOriginalRows.Handler all = (_, _) -> 1.0;
      handlers.put(BuiltInMetadata.CumulativeCost.Handler.class, cumulative);
      handlers.put(BuiltInMetadata.NonCumulativeCost.Handler.class, own);
      handlers.put(BuiltInMetadata.PercentageOriginalRows.Handler.class, all);
    }

    /// The handler; none for measures, which our SQL has not.
    @Override
    public <H extends MetadataHandler<?>> @Nullable H handler(Class<H> handlerClass) {
      return handlerClass.cast(handlers.get(handlerClass));
    }
  }
}

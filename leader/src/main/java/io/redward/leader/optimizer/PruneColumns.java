package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableList;
import io.redward.leader.relational.SecurityBarrier;
import io.redward.leader.relational.Unnest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Drops fields that nobody reads, down to the scans: a scan of which only some columns are wanted
/// gets a projection on top, and a join's inputs carry no more than the join and what is above it
/// need. Aggregates that nobody reads go too, and LEFT joins that could only add columns nobody
/// reads.
///
/// Fields keep their order, so that every mapping is ascending. Where no field at all is wanted
/// (`COUNT(*)`), one literal is made.
final class PruneColumns {
  private final RexBuilder builder;

  private PruneColumns(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode apply(RelNode root, PassContext context) {
    PruneColumns pass = new PruneColumns(context.rexBuilder());
    return pass.exact(root, allOf(root)).node();
  }

  /// A rewritten node: it yields at least the fields asked for.
  private record Pruned(RelNode node, FieldMapping mapping) {}

  private static ImmutableBitSet allOf(RelNode node) {
    return ImmutableBitSet.range(node.getRowType().getFieldCount());
  }

  /// The node with exactly these fields.
  private Pruned exact(RelNode node, ImmutableBitSet wanted) {
    Pruned pruned = prune(node, wanted);
    RelNode inner = pruned.node();
    int count = inner.getRowType().getFieldCount();
    if (count == Math.max(1, wanted.cardinality())) {
      return pruned;
    }
    List<RexNode> expressions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int[] targets = gone(node);
    for (int field : wanted) {
      targets[field] = expressions.size();
      int at = pruned.mapping().target(field);
      expressions.add(builder.makeInputRef(inner, at));
      names.add(inner.getRowType().getFieldNames().get(at));
    }
    return projected(inner, expressions, names, targets);
  }

  private Pruned projected(
      RelNode input, List<RexNode> expressions, List<String> names, int[] targets) {
    if (expressions.isEmpty()) {
      expressions.add(builder.makeExactLiteral(BigDecimal.ZERO));
      names.add("nothing");
    }
    return pruned(LogicalProject.create(input, List.of(), expressions, names, Set.of()), targets);
  }

  private static int[] gone(RelNode node) {
    int[] targets = new int[node.getRowType().getFieldCount()];
    Arrays.fill(targets, FieldMapping.GONE);
    return targets;
  }

  private static Pruned pruned(RelNode node, int[] targets) {
    return new Pruned(node, FieldMapping.of(targets, node.getRowType().getFieldList()));
  }

  private static Pruned unchanged(RelNode node) {
    return new Pruned(node, FieldMapping.retype(node));
  }

  private Pruned prune(RelNode node, ImmutableBitSet wanted) {
    return switch (node) {
      case TableScan scan -> scan(scan, wanted);
      case LogicalFilter filter when filter.getVariablesSet().isEmpty() -> filter(filter, wanted);
      case LogicalProject project when project.getVariablesSet().isEmpty() ->
          project(project, wanted);
      case LogicalJoin join when join.getVariablesSet().isEmpty() -> join(join, wanted);
      case LogicalAggregate aggregate -> aggregate(aggregate, wanted);
      case LogicalSort sort -> sort(sort, wanted);
      case Unnest unnest -> unnest(unnest, wanted);
      case SecurityBarrier barrier -> {
        Pruned input = prune(barrier.getInput(), wanted);
        yield pruned(barrier.over(input.node()), input.mapping().targets());
      }
      case LogicalUnion union when union.all -> union(union, wanted);
      case LogicalValues values -> values(values, wanted);
      default -> unchanged(Rebuild.mapInputs(node, input -> exact(input, allOf(input)).node()));
    };
  }

  private Pruned scan(TableScan scan, ImmutableBitSet wanted) {
    if (wanted.equals(allOf(scan))) {
      return unchanged(scan);
    }
    List<RexNode> expressions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int[] targets = gone(scan);
    for (int column : wanted) {
      targets[column] = expressions.size();
      expressions.add(builder.makeInputRef(scan, column));
      names.add(scan.getRowType().getFieldNames().get(column));
    }
    return projected(scan, expressions, names, targets);
  }

  private Pruned filter(LogicalFilter filter, ImmutableBitSet wanted) {
    Pruned input =
        prune(filter.getInput(), wanted.union(Conjunction.columns(filter.getCondition())));
    RexNode condition = input.mapping().apply(filter.getCondition());
    return pruned(LogicalFilter.create(input.node(), condition), input.mapping().targets());
  }

  private Pruned project(LogicalProject project, ImmutableBitSet wanted) {
    List<RexNode> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int[] targets = gone(project);
    for (int field : wanted) {
      targets[field] = kept.size();
      kept.add(project.getProjects().get(field));
      names.add(project.getRowType().getFieldNames().get(field));
    }
    Pruned input = prune(project.getInput(), Conjunction.columns(kept));
    List<RexNode> expressions = new ArrayList<>(input.mapping().applyAll(kept));
    return projected(input.node(), expressions, names, targets);
  }

  private Pruned join(LogicalJoin join, ImmutableBitSet wanted) {
    int left = join.getLeft().getRowType().getFieldCount();
    if (isUseless(join, wanted)) {
      Pruned alone = prune(join.getLeft(), wanted);
      int[] places = gone(join);
      System.arraycopy(alone.mapping().targets(), 0, places, 0, left);
      return pruned(alone.node(), places);
    }
    ImmutableBitSet all = wanted.union(Conjunction.columns(join.getCondition()));
    ImmutableBitSet ofLeft = all.intersect(ImmutableBitSet.range(left));
    ImmutableBitSet ofRight = all.except(ofLeft).shift(-left);
    Pruned newLeft = exact(join.getLeft(), ofLeft);
    Pruned newRight = exact(join.getRight(), ofRight);
    int count = newLeft.node().getRowType().getFieldCount();
    List<RelDataTypeField> fields = new ArrayList<>(newLeft.node().getRowType().getFieldList());
    fields.addAll(newRight.node().getRowType().getFieldList());
    int[] targets = new int[left + join.getRight().getRowType().getFieldCount()];
    for (int i = 0; i < targets.length; i++) {
      int target = i < left ? newLeft.mapping().target(i) : newRight.mapping().target(i - left);
      targets[i] = target == FieldMapping.GONE || i < left ? target : target + count;
    }
    RexNode condition = FieldMapping.of(targets, fields).apply(join.getCondition());
    RelNode over =
        LogicalJoin.create(
            newLeft.node(), newRight.node(), List.of(), condition, Set.of(), join.getJoinType());
    return pruned(over, Arrays.copyOf(targets, join.getRowType().getFieldCount()));
  }

  /// True for a LEFT join of which only left columns are wanted and that finds one partner at most.
  private static boolean isUseless(LogicalJoin join, ImmutableBitSet wanted) {
    int left = join.getLeft().getRowType().getFieldCount();
    if (join.getJoinType() != JoinRelType.LEFT || wanted.length() > left) {
      return false;
    }
    ImmutableBitSet.Builder keys = ImmutableBitSet.builder();
    for (RexNode conjunct : Conjunction.conjuncts(join.getCondition())) {
      if (conjunct instanceof RexCall call && call.isA(SqlKind.EQUALS)) {
        RexNode a = call.getOperands().get(0);
        RexNode b = call.getOperands().get(1);
        RexNode own = Conjunction.columns(a).length() <= left ? b : a;
        RexNode other = own == a ? b : a;
        if (own instanceof RexInputRef reference
            && reference.getIndex() >= left
            && Conjunction.columns(other).length() <= left) {
          keys.set(reference.getIndex() - left);
        }
      }
    }
    return Boolean.TRUE.equals(
        join.getCluster().getMetadataQuery().areColumnsUnique(join.getRight(), keys.build()));
  }

  private Pruned aggregate(LogicalAggregate aggregate, ImmutableBitSet wanted) {
    int keys = aggregate.getGroupCount();
    List<AggregateCall> kept = new ArrayList<>();
    int[] targets = new int[aggregate.getRowType().getFieldCount()];
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
    for (int i = 0; i < targets.length; i++) {
      boolean last = i == targets.length - 1 && keys + kept.size() == 0;
      if (i < keys) {
        targets[i] = i;
      } else if (wanted.get(i) || last) {
        targets[i] = keys + kept.size();
        AggregateCall call = aggregate.getAggCallList().get(i - keys);
        kept.add(call);
        read(call, read);
      } else {
        targets[i] = FieldMapping.GONE;
      }
    }
    Pruned input = prune(aggregate.getInput(), read.build());
    LogicalAggregate narrow =
        (LogicalAggregate)
            aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                kept);
    return pruned(Rebuild.aggregate(narrow, input.node(), input.mapping()), targets);
  }

  private static void read(AggregateCall call, ImmutableBitSet.Builder read) {
    read.addAll(call.getArgList());
    if (call.filterArg >= 0) {
      read.set(call.filterArg);
    }
    if (call.distinctKeys != null) {
      read.addAll(call.distinctKeys);
    }
    for (RelFieldCollation field : call.getCollation().getFieldCollations()) {
      read.set(field.getFieldIndex());
    }
  }

  private Pruned sort(LogicalSort sort, ImmutableBitSet wanted) {
    ImmutableBitSet keys = ImmutableBitSet.of(sort.getCollation().getKeys());
    Pruned input = exact(sort.getInput(), wanted.union(keys));
    return pruned(
        LogicalSort.create(
            input.node(),
            Rebuild.collation(sort.getCollation(), input.mapping()),
            sort.offset,
            sort.fetch),
        input.mapping().targets());
  }

  private Pruned unnest(Unnest unnest, ImmutableBitSet wanted) {
    int width = unnest.getInput().getRowType().getFieldCount();
    ImmutableBitSet below = wanted.intersect(ImmutableBitSet.range(width));
    Pruned input = prune(unnest.getInput(), below.union(Conjunction.columns(unnest.value())));
    int[] targets = gone(unnest);
    System.arraycopy(input.mapping().targets(), 0, targets, 0, width);
    int newWidth = input.node().getRowType().getFieldCount();
    targets[width] = newWidth;
    targets[width + 1] = newWidth + 1;
    return pruned(unnest.over(input.node(), input.mapping().apply(unnest.value())), targets);
  }

  private Pruned union(LogicalUnion union, ImmutableBitSet wanted) {
    ImmutableBitSet fields = wanted.isEmpty() ? ImmutableBitSet.of(0) : wanted;
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      inputs.add(exact(input, fields).node());
    }
    int[] targets = gone(union);
    int next = 0;
    for (int field : fields) {
      targets[field] = next++;
    }
    return pruned(LogicalUnion.create(inputs, true), targets);
  }

  private Pruned values(LogicalValues values, ImmutableBitSet wanted) {
    if (wanted.isEmpty() || wanted.equals(allOf(values))) {
      return unchanged(values);
    }
    int[] targets = gone(values);
    int next = 0;
    for (int field : wanted) {
      targets[field] = next++;
    }
    ImmutableList.Builder<ImmutableList<RexLiteral>> rows = ImmutableList.builder();
    for (List<RexLiteral> row : values.tuples) {
      rows.add(wanted.asList().stream().map(row::get).collect(ImmutableList.toImmutableList()));
    }
    return pruned(
        LogicalValues.create(
            values.getCluster(),
            builder
                .getTypeFactory()
                .createStructType(
                    wanted.asList().stream()
                        .map(field -> values.getRowType().getFieldList().get(field))
                        .toList()),
            rows.build()),
        targets);
  }
}

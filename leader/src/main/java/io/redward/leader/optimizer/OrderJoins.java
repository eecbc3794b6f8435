package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// Puts the joins of each [JoinRegion] into the order that [JoinSearch] finds cheapest. The right
/// side of each join is the one to build a table of.
final class OrderJoins {
  private final RexBuilder builder;
  private final Cardinality cardinality;

  private OrderJoins(PassContext context) {
    builder = context.rexBuilder();
    cardinality = new Cardinality();
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new OrderJoins(context).rewrite(root);
  }

  private RelNode rewrite(RelNode node) {
    return JoinRegion.isRegion(node) ? order(node) : Rebuild.mapInputs(node, this::rewrite);
  }

  private RelNode order(RelNode root) {
    JoinRegion region = JoinRegion.of(builder, root, this::rewriteLeaf);
    if (region.leaves().size() == 1) {
      return Rebuild.mapInputs(root, this::rewrite);
    }
    JoinGraph graph = new JoinGraph(region, builder, cardinality);
    Built built = build(new JoinSearch(graph).best(), region, graph);
    RelNode filtered = Conjunction.filter(builder, built.node(), graph.constantConditions());
    FieldMapping mapping = FieldMapping.of(built.places(), filtered.getRowType().getFieldList());
    List<RexNode> output = mapping.applyAll(region.output());
    return RexUtil.isIdentity(output, filtered.getRowType())
        ? filtered
        : LogicalProject.create(
            filtered, List.of(), output, root.getRowType().getFieldNames(), Set.of());
  }

  /// A leaf is rewritten from its inputs down even if it is a join that had to stay apart.
  private RelNode rewriteLeaf(RelNode leaf) {
    return leaf instanceof LogicalJoin ? Rebuild.mapInputs(leaf, this::rewrite) : rewrite(leaf);
  }

  /// A tree of operators, and where each region column is in its row.
  private record Built(RelNode node, int[] places) {}

  private Built build(JoinSearch.Tree tree, JoinRegion region, JoinGraph graph) {
    if (tree.left() == null || tree.right() == null) {
      return leaf(tree.leaf(), region, graph);
    }
    Built left = build(tree.left(), region, graph);
    JoinSearch.Tree right = tree.right();
    JoinRelType kind = right.isLeaf() ? graph.kind(right.leaf()) : JoinRelType.INNER;
    return kind == JoinRelType.INNER
        ? join(
            left,
            build(right, region, graph),
            graph.conditionsBetween(tree.left().set(), right.set()),
            kind)
        : join(
            left,
            leaf(right.leaf(), region, graph),
            region.leaves().get(right.leaf()).condition(),
            kind);
  }

  private Built leaf(int index, JoinRegion region, JoinGraph graph) {
    JoinRegion.Leaf leaf = region.leaves().get(index);
    int[] places = new int[region.columnCount()];
    Arrays.fill(places, FieldMapping.GONE);
    for (int i = 0; i < leaf.width(); i++) {
      places[leaf.offset() + i] = i;
    }
    FieldMapping mapping = FieldMapping.of(places, leaf.node().getRowType().getFieldList());
    List<RexNode> conditions =
        leaf.isDependent() ? List.of() : mapping.applyAll(graph.conditionsOn(index));
    return new Built(Conjunction.filter(builder, leaf.node(), conditions), places);
  }

  private Built join(Built left, Built right, List<RexNode> conditions, JoinRelType kind) {
    int shift = left.node().getRowType().getFieldCount();
    int[] places = left.places().clone();
    for (int i = 0; i < places.length; i++) {
      if (right.places()[i] != FieldMapping.GONE) {
        places[i] = right.places()[i] + shift;
      }
    }
    List<RelDataTypeField> fields = new ArrayList<>(left.node().getRowType().getFieldList());
    fields.addAll(right.node().getRowType().getFieldList());
    FieldMapping mapping = FieldMapping.of(places, fields);
    RelNode node =
        LogicalJoin.create(
            left.node(),
            right.node(),
            List.of(),
            Conjunction.of(builder, mapping.applyAll(conditions)),
            Set.of(),
            kind);
    return new Built(node, kind.projectsRight() ? places : left.places());
  }
}

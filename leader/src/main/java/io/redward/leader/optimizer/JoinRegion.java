package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Joins that may be done in any order: a maximal connected piece of a tree made of inner joins,
/// the filters and column-only projections between them, and of SEMI, ANTI and LEFT joins along
/// their left sides. What hangs below is a leaf.
///
/// All leaves' columns are numbered through: a *region column* is a leaf's offset plus its own
/// column number. Expressions of a region are over region columns. A set of leaves is a bit mask.
///
/// The right side of a SEMI, ANTI or LEFT join is a *dependent* leaf: it can be joined once all
/// leaves that its condition reads are there, at any point from then on, because such a join
/// neither changes the rows that it keeps nor is looked at by the inner joins around it.
final class JoinRegion {
  /// Leaves beyond this are kept together by treating a join as a leaf.
  static final int MAX_LEAVES = 60;

  /// A part that is joined as a whole.
  ///
  /// @param offset its first region column
  /// @param kind INNER, or how a dependent leaf is joined
  /// @param condition of a dependent leaf
  record Leaf(RelNode node, int offset, JoinRelType kind, List<RexNode> condition) {
    int width() {
      return node.getRowType().getFieldCount();
    }

    boolean isDependent() {
      return kind != JoinRelType.INNER;
    }
  }

  private final RexBuilder builder;
  private final UnaryOperator<RelNode> rewriteLeaf;
  private final boolean leftJoinsApart;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<RexNode> conjuncts = new ArrayList<>();
  private final List<RexNode> output;
  private int columns;

  private JoinRegion(
      RexBuilder builder,
      RelNode root,
      UnaryOperator<RelNode> rewriteLeaf,
      boolean leftJoinsApart) {
    this.builder = builder;
    this.rewriteLeaf = rewriteLeaf;
    this.leftJoinsApart = leftJoinsApart;
    this.output = collect(root);
  }

  /// The region with this root. Leaves are rewritten on the way.
  static JoinRegion of(RexBuilder builder, RelNode root, UnaryOperator<RelNode> rewriteLeaf) {
    JoinRegion region = new JoinRegion(builder, root, rewriteLeaf, false);
    return region.readsLeftJoined() ? new JoinRegion(builder, root, rewriteLeaf, true) : region;
  }

  static boolean isRegion(RelNode node) {
    return switch (node) {
      case LogicalJoin join -> isOrderable(join);
      case LogicalFilter filter ->
          filter.getVariablesSet().isEmpty() && isRegion(filter.getInput());
      case LogicalProject project -> isColumnsOnly(project) && isRegion(project.getInput());
      default -> false;
    };
  }

  private static boolean isOrderable(LogicalJoin join) {
    return switch (join.getJoinType()) {
      case INNER -> true;
      case SEMI, ANTI, LEFT -> readsBothSides(join);
      default -> false;
    };
  }

  private static boolean readsBothSides(LogicalJoin join) {
    int width = join.getLeft().getRowType().getFieldCount();
    return Conjunction.columns(join.getCondition())
        .intersect(ImmutableBitSet.range(width))
        .asList()
        .stream()
        .anyMatch(column -> isRead(join.getLeft(), column));
  }

  /// False for a column that is a literal, which a region puts in the column's place.
  private static boolean isRead(RelNode node, int column) {
    return switch (node) {
      case LogicalFilter filter -> isRead(filter.getInput(), column);
      case LogicalProject project ->
          switch (project.getProjects().get(column)) {
            case RexInputRef ref -> isRead(project.getInput(), ref.getIndex());
            case RexLiteral _ -> false;
            default -> true;
          };
      case LogicalJoin join -> {
        int width = join.getLeft().getRowType().getFieldCount();
        yield column < width
            ? isRead(join.getLeft(), column)
            : isRead(join.getRight(), column - width);
      }
      default -> true;
    };
  }

  private static boolean isColumnsOnly(LogicalProject project) {
    return project.getVariablesSet().isEmpty()
        && project.getProjects().stream()
            .allMatch(
                expression ->
                    expression instanceof RexInputRef || expression instanceof RexLiteral);
  }

  List<Leaf> leaves() {
    return leaves;
  }

  /// Conditions that inner joins and filters of the region ask for.
  List<RexNode> conjuncts() {
    return conjuncts;
  }

  /// What the root yields.
  List<RexNode> output() {
    return output;
  }

  int columnCount() {
    return columns;
  }

  /// The leaves whose columns an expression reads.
  long leavesOf(RexNode expression) {
    long mask = 0;
    for (int column : Conjunction.columns(expression)) {
      mask |= 1L << leafOf(column);
    }
    return mask;
  }

  private int leafOf(int column) {
    int leaf = leaves.size() - 1;
    while (leaves.get(leaf).offset() > column) {
      leaf--;
    }
    return leaf;
  }

  private boolean readsLeftJoined() {
    for (RexNode conjunct : conjuncts) {
      long mask = leavesOf(conjunct);
      for (int i = 0; i < leaves.size(); i++) {
        if (leaves.get(i).kind() == JoinRelType.LEFT && (mask >> i & 1) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /// Takes in a node; returns what its fields are in terms of region columns.
  private List<RexNode> collect(RelNode node) {
    return switch (node) {
      case LogicalJoin join when isOrderable(join) && hasRoom() && !isApart(join) -> join(join);
      case LogicalFilter filter when isRegion(filter) -> {
        List<RexNode> input = collect(filter.getInput());
        add(filter.getCondition(), input);
        yield input;
      }
      case LogicalProject project when isRegion(project) -> {
        List<RexNode> input = collect(project.getInput());
        yield project.getProjects().stream()
            .map(expression -> substitute(expression, input))
            .toList();
      }
      default -> leaf(node, JoinRelType.INNER, List.of());
    };
  }

  private boolean hasRoom() {
    return leaves.size() < MAX_LEAVES - 1;
  }

  private boolean isApart(LogicalJoin join) {
    return leftJoinsApart && join.getJoinType() == JoinRelType.LEFT;
  }

  private List<RexNode> join(LogicalJoin join) {
    List<RexNode> left = collect(join.getLeft());
    List<RexNode> both = new ArrayList<>(left);
    if (join.getJoinType() == JoinRelType.INNER) {
      both.addAll(collect(join.getRight()));
      add(join.getCondition(), both);
      return both;
    }
    RelNode right = rewriteLeaf.apply(join.getRight());
    List<RexNode> rightColumns = columnsOf(right);
    both.addAll(rightColumns);
    List<RexNode> condition = new ArrayList<>();
    for (RexNode conjunct : Conjunction.conjuncts(join.getCondition())) {
      condition.add(substitute(conjunct, both));
    }
    leaves.add(new Leaf(right, columns, join.getJoinType(), condition));
    columns += rightColumns.size();
    return join.getJoinType() == JoinRelType.LEFT ? both : left;
  }

  private List<RexNode> leaf(RelNode node, JoinRelType kind, List<RexNode> condition) {
    RelNode rewritten = rewriteLeaf.apply(node);
    List<RexNode> fields = columnsOf(rewritten);
    leaves.add(new Leaf(rewritten, columns, kind, condition));
    columns += fields.size();
    return fields;
  }

  private List<RexNode> columnsOf(RelNode node) {
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
      fields.add(
          builder.makeInputRef(node.getRowType().getFieldList().get(i).getType(), columns + i));
    }
    return fields;
  }

  private void add(RexNode condition, List<RexNode> fields) {
    for (RexNode conjunct : Conjunction.conjuncts(condition)) {
      RexNode over = substitute(conjunct, fields);
      if (!conjuncts.contains(over)) {
        conjuncts.add(over);
      }
    }
  }

  private static RexNode substitute(RexNode expression, List<RexNode> fields) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return fields.get(reference.getIndex());
          }
        });
  }

  /// An expression over region columns of one leaf as one over the leaf.
  static RexNode overLeaf(RexNode expression, Leaf leaf) {
    return RexUtil.shift(expression, -leaf.offset());
  }
}

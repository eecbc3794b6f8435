package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// What connects the leaves of a [JoinRegion], and how many rows sets of them yield.
///
/// Equalities between expressions of single inner leaves form *classes*: sets of expressions all
/// equal to each other. So two leaves may be joined on `a.x = c.x` although only `a.x = b.x` and
/// `b.x = c.x` were written, and three-way equalities are not counted twice. All other conditions
/// are *residual* and apply as soon as the leaves that they read are there.
final class JoinGraph {
  private static final double RESIDUAL_OR = 0.5;

  /// An expression of one leaf within a class.
  record Member(RexNode expression, int leaf, ColumnProfile profile) {}

  private final JoinRegion region;
  private final RexBuilder builder;
  private final double[] leafRows;
  private final List<List<Member>> classes = new ArrayList<>();
  private final List<RexNode> residuals = new ArrayList<>();
  private final long[] needs;
  private final List<List<JoinEstimate.Key>> dependentKeys = new ArrayList<>();
  private final Map<Long, Double> rows = new HashMap<>();
  private final Cardinality cardinality;

  JoinGraph(JoinRegion region, RexBuilder builder, Cardinality cardinality) {
    this.region = region;
    this.builder = builder;
    this.cardinality = cardinality;
    int count = region.leaves().size();
    leafRows = new double[count];
    needs = new long[count];
    for (int i = 0; i < count; i++) {
      leafRows[i] = cardinality.rowCount(region.leaves().get(i).node());
    }
    findClasses();
    for (int i = 0; i < count; i++) {
      dependentKeys.add(dependent(i));
    }
  }

  private void findClasses() {
    Map<RexNode, List<Member>> byExpression = new LinkedHashMap<>();
    for (RexNode conjunct : region.conjuncts()) {
      if (!isEquality(conjunct)) {
        residuals.add(conjunct);
        continue;
      }
      RexCall call = (RexCall) conjunct;
      List<Member> a = classOf(call.getOperands().get(0), byExpression);
      List<Member> b = classOf(call.getOperands().get(1), byExpression);
      if (a != b) {
        a.addAll(b);
        b.forEach(member -> byExpression.put(member.expression(), a));
      }
    }
    byExpression.values().stream().distinct().forEach(classes::add);
  }

  /// True for an equality between expressions of two different inner leaves.
  private boolean isEquality(RexNode conjunct) {
    if (!(conjunct instanceof RexCall call)
        || !call.isA(SqlKind.EQUALS)
        || !RexUtil.isDeterministic(call)) {
      return false;
    }
    long a = region.leavesOf(call.getOperands().get(0));
    long b = region.leavesOf(call.getOperands().get(1));
    return Long.bitCount(a) == 1
        && Long.bitCount(b) == 1
        && a != b
        && !region.leaves().get(Long.numberOfTrailingZeros(a)).isDependent()
        && !region.leaves().get(Long.numberOfTrailingZeros(b)).isDependent();
  }

  private List<Member> classOf(RexNode expression, Map<RexNode, List<Member>> byExpression) {
    return byExpression.computeIfAbsent(expression, e -> new ArrayList<>(List.of(member(e))));
  }

  private Member member(RexNode expression) {
    int leaf = Long.numberOfTrailingZeros(region.leavesOf(expression));
    return new Member(expression, leaf, profile(expression, leaf));
  }

  private ColumnProfile profile(RexNode expression, int leaf) {
    JoinRegion.Leaf of = region.leaves().get(leaf);
    ColumnProfile profile =
        cardinality.ofExpression(of.node(), JoinRegion.overLeaf(expression, of));
    return profile.withDistinct(Math.min(profile.distinct(), leafRows[leaf]));
  }

  /// Notes which leaves a dependent leaf needs; returns the equalities it is joined by.
  private List<JoinEstimate.Key> dependent(int leaf) {
    List<JoinEstimate.Key> keys = new ArrayList<>();
    for (RexNode conjunct : region.leaves().get(leaf).condition()) {
      needs[leaf] |= region.leavesOf(conjunct) & ~(1L << leaf);
      RexNode plain =
          conjunct.isA(SqlKind.IS_NOT_FALSE) ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
      for (RexNode equality : Conjunction.conjuncts(plain)) {
        if (equality instanceof RexCall call
            && (call.isA(SqlKind.EQUALS) || call.isA(SqlKind.IS_NOT_DISTINCT_FROM))) {
          addKey(call.getOperands().get(0), call.getOperands().get(1), leaf, keys);
        }
      }
    }
    return keys;
  }

  private void addKey(RexNode a, RexNode b, int leaf, List<JoinEstimate.Key> keys) {
    long ofA = region.leavesOf(a);
    long ofB = region.leavesOf(b);
    RexNode inner = ofB == 1L << leaf ? a : b;
    RexNode own = ofB == 1L << leaf ? b : a;
    long other = ofB == 1L << leaf ? ofA : ofB;
    boolean ofLeaf = ofA == 1L << leaf || ofB == 1L << leaf;
    if (ofLeaf && Long.bitCount(ofA) == 1 && Long.bitCount(ofB) == 1 && ofA != ofB) {
      keys.add(
          new JoinEstimate.Key(
              profile(inner, Long.numberOfTrailingZeros(other)), profile(own, leaf)));
    }
  }

  int leafCount() {
    return leafRows.length;
  }

  JoinRelType kind(int leaf) {
    return region.leaves().get(leaf).kind();
  }

  /// The leaves that must be there before a dependent one; none for an inner leaf.
  long needs(int leaf) {
    return needs[leaf];
  }

  /// Columns of a set's row, at most.
  int width(long set) {
    int width = 0;
    for (int i = 0; i < leafCount(); i++) {
      if ((set >> i & 1) != 0 && kind(i).projectsRight()) {
        width += region.leaves().get(i).width();
      }
    }
    return width;
  }

  /// True if some condition can only be tested once the two sets are together.
  boolean connected(long a, long b) {
    for (List<Member> members : classes) {
      if (touches(members, a) && touches(members, b)) {
        return true;
      }
    }
    for (RexNode residual : residuals) {
      long mask = region.leavesOf(residual);
      if ((mask & a) != 0 && (mask & b) != 0 && (mask & ~(a | b)) == 0) {
        return true;
      }
    }
    return false;
  }

  /// True if the two sets share an equality, so that a hash table serves.
  boolean hasEquality(long a, long b) {
    return classes.stream().anyMatch(members -> touches(members, a) && touches(members, b));
  }

  /// True if an equality connects the leaf to any other.
  boolean hasEqualities(int leaf) {
    return hasEquality(1L << leaf, ~(1L << leaf));
  }

  boolean hasEquality(int dependent) {
    return !dependentKeys.get(dependent).isEmpty();
  }

  private static boolean touches(List<Member> members, long set) {
    for (Member member : members) {
      if ((set >> member.leaf() & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  /// The conditions that can be tested when two sets come together and not before.
  List<RexNode> conditionsBetween(long a, long b) {
    List<RexNode> conditions = new ArrayList<>();
    List<List<Member>> between =
        classes.stream().filter(members -> touches(members, a) && touches(members, b)).toList();
    for (List<Member> members : between) {
      RexNode left = representative(members, a, between).expression();
      RexNode right = representative(members, b, between).expression();
      conditions.add(builder.makeCall(SqlStdOperatorTable.EQUALS, left, right));
    }
    for (RexNode residual : residuals) {
      long mask = region.leavesOf(residual);
      if ((mask & ~(a | b)) == 0 && (mask & ~a) != 0 && (mask & ~b) != 0) {
        conditions.add(residual);
      }
    }
    return conditions;
  }

  /// The member that stands for a class in a set. Of several the one whose leaf has members in most
  /// of the classes at hand, so that two columns of one table are compared with two of another and
  /// are estimated as the pair that they are; then the one of fewest values.
  private static Member representative(List<Member> members, long set, List<List<Member>> between) {
    return members.stream()
        .filter(member -> (set >> member.leaf() & 1) != 0)
        .min(
            Comparator.comparingLong(
                    (Member member) ->
                        -between.stream().filter(c -> touches(c, 1L << member.leaf())).count())
                .thenComparingDouble(member -> member.profile().distinct()))
        .orElseThrow();
  }

  /// Conditions on one leaf alone: those written, and equality of members of one class.
  List<RexNode> conditionsOn(int leaf) {
    List<RexNode> conditions = new ArrayList<>();
    for (RexNode residual : residuals) {
      if (region.leavesOf(residual) == 1L << leaf) {
        conditions.add(residual);
      }
    }
    for (List<Member> members : classes) {
      List<RexNode> own =
          members.stream().filter(m -> m.leaf() == leaf).map(Member::expression).toList();
      for (int i = 1; i < own.size(); i++) {
        conditions.add(builder.makeCall(SqlStdOperatorTable.EQUALS, own.getFirst(), own.get(i)));
      }
    }
    return conditions;
  }

  /// Conditions that read no leaf at all.
  List<RexNode> constantConditions() {
    return residuals.stream().filter(residual -> region.leavesOf(residual) == 0).toList();
  }

  /// Estimated rows of the join of a set of leaves, the same in whatever order it is done.
  double rows(long set) {
    Double known = rows.get(set);
    if (known == null) {
      known = Math.max(1, estimate(set));
      rows.put(set, known);
    }
    return known;
  }

  private double estimate(long set) {
    int last = lastLeaf(set);
    long rest = set & ~(1L << last);
    if (rest == 0) {
      return leafRows[last];
    }
    double before = rows(rest);
    if (region.leaves().get(last).isDependent()) {
      return withDependent(before, last);
    }
    return before * leafRows[last] * selectivity(rest, last);
  }

  /// The leaf that is taken to be joined last: a dependent one if there is one, which nobody else
  /// in the set needs.
  private int lastLeaf(long set) {
    for (int i = leafCount() - 1; i >= 0; i--) {
      if ((set >> i & 1) != 0 && region.leaves().get(i).isDependent() && !isNeeded(i, set)) {
        return i;
      }
    }
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(set);
  }

  private boolean isNeeded(int leaf, long set) {
    for (int i = 0; i < leafCount(); i++) {
      if ((set >> i & 1) != 0 && (needs[i] >> leaf & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  private double withDependent(double before, int leaf) {
    List<JoinEstimate.Key> keys = dependentKeys.get(leaf);
    double others =
        region.leaves().get(leaf).condition().size() > keys.size()
            ? JoinEstimate.OTHER_CONDITION
            : 1;
    JoinEstimate estimate = JoinEstimate.of(keys, others, before, leafRows[leaf]);
    return switch (kind(leaf)) {
      case SEMI -> before * estimate.matchedLeft();
      case ANTI -> before * Math.max(0.1, 1 - estimate.matchedLeft());
      default -> Math.max(before, before * leafRows[leaf] * estimate.selectivity());
    };
  }

  private double selectivity(long rest, int leaf) {
    List<JoinEstimate.Key> keys = new ArrayList<>();
    List<List<Member>> between =
        classes.stream()
            .filter(members -> touches(members, rest) && touches(members, 1L << leaf))
            .toList();
    for (List<Member> members : between) {
      double fewest =
          members.stream()
              .filter(member -> (rest >> member.leaf() & 1) != 0)
              .mapToDouble(member -> member.profile().distinct())
              .min()
              .orElseThrow();
      ColumnProfile other = representative(members, rest, between).profile();
      ColumnProfile own = representative(members, 1L << leaf, between).profile();
      keys.add(new JoinEstimate.Key(other.withDistinct(fewest), own));
    }
    double selectivity = keys.isEmpty() ? 1 : 1 / JoinEstimate.Key.pairValues(keys);
    for (RexNode residual : residuals) {
      long mask = region.leavesOf(residual);
      if ((mask >> leaf & 1) != 0 && (mask & ~(rest | 1L << leaf)) == 0 && (mask & rest) != 0) {
        selectivity *= residual.isA(SqlKind.OR) ? RESIDUAL_OR : JoinEstimate.OTHER_CONDITION;
      }
    }
    return selectivity;
  }
}

package io.redward.leader.physical;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds joins: hash joins wherever two columns are equated, with the smaller side in the hash
/// table; nested loops over a buffer for the rest.
final class JoinBuilder {
  /// How many times smaller the kept side must be before a semi, anti or outer join is turned
  /// round, which costs marking and a second pass over the hash table.
  private static final double TURN_FACTOR = 4;

  /// How many times more rows a table must have than are joined with it to probe rather than be
  /// built, though its key is unique and its columns are few.
  private static final double PRUNED_FACTOR = 2;

  /// A table of fewer rows fits a cache, more or less.
  private static final double LARGE_ROWS = 1e6;

  private final Conversion conversion;

  JoinBuilder(Conversion conversion) {
    this.conversion = conversion;
  }

  Placed join(Join join, ImmutableBitSet needed) {
    JoinCondition condition = JoinCondition.of(join);
    int leftCount = join.getLeft().getRowType().getFieldCount();
    ImmutableBitSet read = needed.union(condition.read());
    Placed left = conversion.convert(join.getLeft(), read.get(0, leftCount));
    Placed right =
        conversion.convert(
            join.getRight(),
            read.get(leftCount, Math.max(leftCount, read.length())).shift(-leftCount));
    Sides sides = new Sides(join, left, right);
    if (condition.pairs().isEmpty()) {
      return nestedLoop(sides, needed);
    }
    return mergeJoin(sides, condition).orElseGet(() -> hashJoin(sides, condition, needed));
  }

  /// The inputs and how the join's fields, left then right, lie in them.
  private record Sides(Join join, Placed left, Placed right) {
    int leftCount() {
      return left.places().length;
    }

    Placed side(boolean wantRight) {
      return wantRight ? right : left;
    }

    /// Converts over the left (right) input, with fields counted over both.
    RexToExpression over(boolean wantRight) {
      int[] places = new int[leftCount() + right.places().length];
      Arrays.fill(places, -1);
      int offset = wantRight ? leftCount() : 0;
      int[] own = side(wantRight).places();
      System.arraycopy(own, 0, places, offset, own.length);
      return new RexToExpression(side(wantRight).columns(), places);
    }

    /// Places in the row `probe ++ payload`.
    int[] places(boolean probeRight, List<Integer> payload) {
      int[] places = new int[leftCount() + right.places().length];
      Arrays.fill(places, -1);
      int probeWidth = side(probeRight).columns().size();
      for (int field = 0; field < places.length; field++) {
        boolean ofRight = field >= leftCount();
        int place = side(ofRight).places()[ofRight ? field - leftCount() : field];
        if (place < 0) {
          continue;
        }
        if (ofRight == probeRight) {
          places[field] = place;
        } else if (payload.contains(place)) {
          places[field] = probeWidth + payload.indexOf(place);
        }
      }
      return places;
    }
  }

  /// A merge join of two tables that are placed and sorted by the keys.
  private Optional<Placed> mergeJoin(Sides sides, JoinCondition condition) {
    JoinRelType type = sides.join().getJoinType();
    boolean inner = type == JoinRelType.INNER;
    boolean kept = type == JoinRelType.LEFT || type == JoinRelType.RIGHT;
    if (!inner && (!kept || !condition.residual().isEmpty())) {
      return Optional.empty();
    }
    boolean outerRight = inner ? probeRight(sides, condition) : type == JoinRelType.RIGHT;
    Optional<MergeSides> found =
        MergeSides.of(
            sides.side(outerRight).node(),
            sides.side(!outerRight).node(),
            keys(sides, condition, outerRight));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MergeSides merge = found.get();
    if (inner) {
      conversion.dependencies().addEqualities(merge.outer(), merge.inner(), merge.keys());
    }
    JoinMethod method = inner ? JoinMethod.INNER : JoinMethod.LEFT;
    List<Integer> payload = IntStream.range(0, merge.inner().columns().size()).boxed().toList();
    List<Column> pair = new ArrayList<>(merge.outer().columns());
    pair.addAll(merge.inner().columns());
    int[] places = sides.places(outerRight, payload);
    Optional<Expression> residual = residual(condition.residual(), pair, places);
    PhysicalNode node =
        new PhysicalNode.MergeJoin(
            merge.outer(),
            merge.inner(),
            method,
            merge.keys(),
            residual,
            "DS_DIST_NONE",
            columns(method, pair, merge.outer().columns().size()),
            CostModel.mergeJoin(
                merge.outer().estimate(), merge.inner().estimate(), rows(sides, method)),
            merge.outer().distribution());
    return Optional.of(new Placed(node, places));
  }

  private Placed hashJoin(Sides sides, JoinCondition condition, ImmutableBitSet needed) {
    boolean probeRight = !condition.nullAware() && probeRight(sides, condition);
    JoinMethod method =
        condition.nullAware()
            ? JoinMethod.NULL_AWARE_ANTI
            : method(sides.join().getJoinType(), probeRight);
    Placed probe = sides.side(probeRight);
    Placed build = sides.side(!probeRight);
    PhysicalNode.HashJoin.Keys keys = keys(sides, condition, probeRight);
    ImmutableBitSet residualRead = RelOptUtil.InputFinder.bits(condition.residual(), null);
    List<Integer> payload =
        payload(
            sides, probeRight, method.yieldsBuild() ? needed.union(residualRead) : residualRead);
    List<Column> pairColumns = new ArrayList<>(probe.columns());
    payload.forEach(place -> pairColumns.add(build.columns().get(place)));
    int[] pairPlaces = sides.places(probeRight, payload);
    Optional<Expression> residual = residual(condition.residual(), pairColumns, pairPlaces);

    if (method == JoinMethod.INNER) {
      conversion.dependencies().addEqualities(probe.node(), build.node(), keys);
    }
    int state = conversion.newState();
    double rows = rows(sides, method);
    JoinDistribution moved =
        JoinDistribution.choose(probe.node(), build.node(), keys.probe(), keys.build());
    Estimate estimate =
        CostModel.hashJoin(
            probe.node().estimate(),
            build.node().estimate(),
            keys.probe().size(),
            rows,
            moved.cost());
    JoinFilters.Sides filtered =
        JoinFilters.filtered(probe.node(), build.node(), keys, method, state);
    int probeWidth = probe.columns().size();
    PhysicalNode node =
        new PhysicalNode.HashJoin(
            state,
            filtered.probe(),
            filtered.build(),
            method,
            keys,
            payload,
            residual,
            moved.label(),
            columns(method, pairColumns, probeWidth),
            estimate,
            method.yieldsProbe() ? moved.distribution() : Distribution.EVEN);
    return new Placed(node, outputPlaces(sides, method, pairPlaces, probeWidth));
  }

  private double rows(Sides sides, JoinMethod method) {
    double rows = conversion.rows(sides.join());
    return switch (method) {
      case SEMI, ANTI, NULL_AWARE_ANTI, BUILD_SEMI, BUILD_ANTI ->
          Math.min(rows, sides.left().node().rows());
      case INNER, LEFT, RIGHT, FULL -> rows;
    };
  }

  private static List<Column> columns(JoinMethod method, List<Column> pair, int probeWidth) {
    List<Column> probe = pair.subList(0, probeWidth);
    List<Column> build = pair.subList(probeWidth, pair.size());
    List<Column> columns = new ArrayList<>();
    switch (method) {
      case SEMI, ANTI, NULL_AWARE_ANTI -> columns.addAll(probe);
      case BUILD_SEMI, BUILD_ANTI -> columns.addAll(build);
      case INNER -> columns.addAll(pair);
      case LEFT -> {
        columns.addAll(probe);
        build.forEach(column -> columns.add(column.nullable()));
      }
      case RIGHT -> {
        probe.forEach(column -> columns.add(column.nullable()));
        columns.addAll(build);
      }
      case FULL -> pair.forEach(column -> columns.add(column.nullable()));
    }
    return columns;
  }

  private static int[] outputPlaces(
      Sides sides, JoinMethod method, int[] pairPlaces, int probeWidth) {
    int fields = sides.join().getRowType().getFieldCount();
    int[] places = Arrays.copyOf(pairPlaces, fields);
    if (!method.yieldsProbe()) {
      for (int i = 0; i < fields; i++) {
        places[i] = places[i] < 0 ? -1 : places[i] - probeWidth;
      }
    }
    return places;
  }

  private static JoinMethod method(JoinRelType type, boolean probeRight) {
    return switch (type) {
      case INNER -> JoinMethod.INNER;
      case LEFT -> probeRight ? JoinMethod.RIGHT : JoinMethod.LEFT;
      case RIGHT -> probeRight ? JoinMethod.LEFT : JoinMethod.RIGHT;
      case FULL -> JoinMethod.FULL;
      case SEMI -> probeRight ? JoinMethod.BUILD_SEMI : JoinMethod.SEMI;
      case ANTI -> probeRight ? JoinMethod.BUILD_ANTI : JoinMethod.ANTI;
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "joins of type " + type + " are not supported");
    };
  }

  /// Whether the right input drives the join and the left one goes into the hash table.
  private boolean probeRight(Sides sides, JoinCondition condition) {
    double left = buildBytes(sides.left().node());
    double right = buildBytes(sides.right().node());
    return switch (sides.join().getJoinType()) {
      case INNER -> {
        boolean leftUnique = isUnique(sides, condition, false);
        boolean rightUnique = isUnique(sides, condition, true);
        if (leftUnique != rightUnique && Math.max(left, right) < 2 * Math.min(left, right)) {
          yield mostlyPruned(sides, rightUnique) ? rightUnique : leftUnique;
        }
        yield left < right;
      }
      case FULL -> left < right;
      case RIGHT -> sides.left().node().rows() < TURN_FACTOR * sides.right().node().rows();
      default -> sides.left().node().rows() * TURN_FACTOR < sides.right().node().rows();
    };
  }

  /// Whether the other side's keys let a scan of the right (left) table pass over most of its rows,
  /// so that it had better probe than be built: ORDERS joined with the lines of a few parts.
  private boolean mostlyPruned(Sides sides, boolean ofRight) {
    PhysicalNode table = sides.side(ofRight).node();
    double most = table.rows() / PRUNED_FACTOR;
    return table instanceof PhysicalNode.SeqScan scan
        && scan.tableRows() >= LARGE_ROWS
        && sides.side(!ofRight).node().rows() <= most
        && conversion.rows(sides.join()) <= most;
  }

  private static double buildBytes(PhysicalNode node) {
    return node.rows() * (node.width() + 16);
  }

  private boolean isUnique(Sides sides, JoinCondition condition, boolean ofRight) {
    ImmutableBitSet.Builder fields = ImmutableBitSet.builder();
    for (JoinCondition.Pair pair : condition.pairs()) {
      RexNode key = ofRight ? pair.right() : pair.left();
      if (key instanceof org.apache.calcite.rex.RexInputRef ref) {
        fields.set(ofRight ? ref.getIndex() - sides.leftCount() : ref.getIndex());
      }
    }
    return conversion.isUnique(
        ofRight ? sides.join().getRight() : sides.join().getLeft(), fields.build());
  }

  private static PhysicalNode.HashJoin.Keys keys(
      Sides sides, JoinCondition condition, boolean probeRight) {
    List<Expression> probe = new ArrayList<>();
    List<Expression> build = new ArrayList<>();
    List<Boolean> nullSafe = new ArrayList<>();
    for (JoinCondition.Pair pair : condition.pairs()) {
      Expression left = sides.over(false).convert(pair.left());
      Expression right = sides.over(true).convert(pair.right());
      KeyPair matched = KeyPair.of(left, right);
      probe.add(probeRight ? matched.right() : matched.left());
      build.add(probeRight ? matched.left() : matched.right());
      nullSafe.add(pair.nullSafe());
    }
    return new PhysicalNode.HashJoin.Keys(probe, build, nullSafe);
  }

  private static List<Integer> payload(Sides sides, boolean probeRight, ImmutableBitSet fields) {
    TreeSet<Integer> payload = new TreeSet<>();
    for (int field : fields) {
      boolean ofRight = field >= sides.leftCount();
      if (ofRight != probeRight) {
        payload.add(sides.side(ofRight).places()[ofRight ? field - sides.leftCount() : field]);
      }
    }
    return List.copyOf(payload);
  }

  private static Optional<Expression> residual(
      List<RexNode> conditions, List<Column> row, int[] places) {
    if (conditions.isEmpty()) {
      return Optional.empty();
    }
    RexToExpression converter = new RexToExpression(row, places);
    List<Expression> converted = new ArrayList<>();
    conditions.forEach(c -> converted.addAll(Expressions.conjuncts(converter.convert(c))));
    converted.sort(java.util.Comparator.comparingDouble(Expressions::cost));
    return converted.isEmpty() ? Optional.empty() : Optional.of(Expressions.and(converted));
  }

  private Placed nestedLoop(Sides sides, ImmutableBitSet needed) {
    JoinRelType type = sides.join().getJoinType();
    if (type == JoinRelType.FULL) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "FULL JOIN is only supported with merge-joinable join conditions");
    }
    boolean outerRight =
        type == JoinRelType.RIGHT
            || type == JoinRelType.INNER
                && buildBytes(sides.left().node()) < buildBytes(sides.right().node());
    JoinMethod method =
        switch (type) {
          case INNER -> JoinMethod.INNER;
          case LEFT, RIGHT -> JoinMethod.LEFT;
          case SEMI -> JoinMethod.SEMI;
          default -> JoinMethod.ANTI;
        };
    ImmutableBitSet read = needed.union(RelOptUtil.InputFinder.bits(sides.join().getCondition()));
    List<Integer> kept = payload(sides, outerRight, read);
    PhysicalNode inner = sides.side(!outerRight).node();
    boolean all = kept.size() == inner.columns().size();
    PhysicalNode buffered = all ? inner : Rows.selected(inner, kept);
    PhysicalNode outer = sides.side(outerRight).node();
    List<Column> pair = new ArrayList<>(outer.columns());
    pair.addAll(buffered.columns());
    int[] places = sides.places(outerRight, kept);
    List<RexNode> conditions = RelOptUtil.conjunctions(sides.join().getCondition());
    Optional<Expression> condition = residual(conditions, pair, places);
    double moving =
        outer.distribution() instanceof Distribution.Leader
                || inner.distribution() instanceof Distribution.Leader
                || inner.distribution() instanceof Distribution.All
            ? 0
            : CostModel.broadcast(inner.rows(), inner.width());
    Estimate estimate =
        CostModel.nestedLoop(
            outer.estimate(), inner.estimate(), conditions.size(), rows(sides, method), moving);
    PhysicalNode node =
        new PhysicalNode.NestedLoopJoin(
            conversion.newState(),
            outer,
            buffered,
            method,
            condition,
            moving > 0 ? "DS_BCAST_INNER" : "DS_DIST_ALL_NONE",
            columns(method, pair, outer.columns().size()),
            estimate,
            outer.distribution());
    return new Placed(node, outputPlaces(sides, method, places, outer.columns().size()));
  }

  /// Two key expressions brought to one type and form.
  private record KeyPair(Expression left, Expression right) {
    static KeyPair of(Expression left, Expression right) {
      if (left.physical() == right.physical()) {
        return new KeyPair(left, right);
      }
      Physical form =
          left.physical().compareTo(right.physical()) >= 0 ? left.physical() : right.physical();
      return new KeyPair(widened(left, right, form), widened(right, left, form));
    }

    private static Expression widened(Expression side, Expression other, Physical form) {
      if (side.physical() == form) {
        return side;
      }
      return new io.redward.plan.expression.Cast(side, other.type(), form, false, false);
    }
  }
}

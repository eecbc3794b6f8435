package io.redward.leader.optimizer;

import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CalciteTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Which columns of an operator's row are fixed once others are: functional dependencies, from the
/// keys of tables, the keys of groups, equalities and constants. A NULL counts as a value.
///
/// Equality of strings ignores trailing blanks and so does grouping, but a value that a query
/// prints does not: `'a'` does not determine which of `'a'` and `'a '` a column equal to it holds.
/// The same goes for 0 and -0 of floating point. So only equalities of other types count.
record Determination(List<Dependency> dependencies) {
  /// All columns of `from` together fix every column of `to`.
  record Dependency(ImmutableBitSet from, ImmutableBitSet to) {
    Dependency shift(int offset) {
      return new Dependency(from.shift(offset), to.shift(offset));
    }
  }

  static Determination of(RelNode node) {
    return new Determination(dependencies(node));
  }

  /// All columns that these fix, themselves included.
  ImmutableBitSet closure(ImmutableBitSet columns) {
    ImmutableBitSet known = columns;
    boolean grew = true;
    while (grew) {
      ImmutableBitSet before = known;
      for (Dependency dependency : dependencies) {
        if (known.contains(dependency.from())) {
          known = known.union(dependency.to());
        }
      }
      grew = !known.equals(before);
    }
    return known;
  }

  private static List<Dependency> dependencies(RelNode node) {
    return switch (node) {
      case TableScan scan -> ofScan(scan);
      case Filter filter -> {
        List<Dependency> known = new ArrayList<>(dependencies(filter.getInput()));
        addEqualities(filter.getCondition(), known);
        yield known;
      }
      case Sort sort -> dependencies(sort.getInput());
      case Project project -> ofProject(project);
      case Join join -> ofJoin(join);
      case Aggregate aggregate when Aggregate.isSimple(aggregate) ->
          List.of(
              new Dependency(
                  ImmutableBitSet.range(aggregate.getGroupCount()),
                  ImmutableBitSet.range(aggregate.getRowType().getFieldCount())));
      default -> List.of();
    };
  }

  private static List<Dependency> ofScan(TableScan scan) {
    List<Dependency> known = new ArrayList<>();
    List<ImmutableBitSet> keys = scan.getTable().getKeys();
    if (keys != null) {
      ImmutableBitSet all = ImmutableBitSet.range(scan.getRowType().getFieldCount());
      keys.forEach(key -> known.add(new Dependency(key, all)));
    }
    return known;
  }

  private static List<Dependency> ofJoin(Join join) {
    List<Dependency> known = new ArrayList<>(dependencies(join.getLeft()));
    if (!join.getJoinType().projectsRight()) {
      return known;
    }
    int left = join.getLeft().getRowType().getFieldCount();
    for (Dependency dependency : dependencies(join.getRight())) {
      known.add(dependency.shift(left));
    }
    if (join.getJoinType() == JoinRelType.INNER) {
      addEqualities(join.getCondition(), known);
    } else {
      known.removeIf(dependency -> dependency.from().isEmpty());
    }
    return known;
  }

  private static void addEqualities(RexNode condition, List<Dependency> known) {
    for (RexNode conjunct : Conjunction.conjuncts(condition)) {
      if (conjunct instanceof RexCall call
          && call.isA(SqlKind.EQUALS)
          && call.getOperands().get(0) instanceof RexInputRef a
          && isExact(CalciteTypes.sqlType(a.getType()).kind())) {
        ImmutableBitSet column = ImmutableBitSet.of(a.getIndex());
        switch (call.getOperands().get(1)) {
          case RexInputRef b -> {
            ImmutableBitSet other = ImmutableBitSet.of(b.getIndex());
            known.add(new Dependency(column, other));
            known.add(new Dependency(other, column));
          }
          case RexLiteral _ -> known.add(new Dependency(ImmutableBitSet.of(), column));
          default -> {}
        }
      }
    }
  }

  private static boolean isExact(TypeKind kind) {
    return kind.isInteger() || kind.isDatetime() || kind == TypeKind.DECIMAL;
  }

  private static List<Dependency> ofProject(Project project) {
    List<Dependency> input = dependencies(project.getInput());
    int[] places = new int[project.getInput().getRowType().getFieldCount()];
    Arrays.fill(places, FieldMapping.GONE);
    for (int i = 0; i < project.getProjects().size(); i++) {
      if (project.getProjects().get(i) instanceof RexInputRef reference) {
        places[reference.getIndex()] = i;
      }
    }
    List<Dependency> known = new ArrayList<>();
    Determination below = new Determination(input);
    for (Dependency dependency : input) {
      ImmutableBitSet from = moved(dependency.from(), places);
      if (from.cardinality() == dependency.from().cardinality()) {
        known.add(new Dependency(from, moved(below.closure(dependency.from()), places)));
      }
    }
    return known;
  }

  private static ImmutableBitSet moved(ImmutableBitSet columns, int[] places) {
    ImmutableBitSet.Builder moved = ImmutableBitSet.builder();
    for (int column : columns) {
      if (places[column] != FieldMapping.GONE) {
        moved.set(places[column]);
      }
    }
    return moved.build();
  }
}

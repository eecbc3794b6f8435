package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.QueryBody.GroupBy;
import io.redward.leader.sql.ast.QueryBody.GroupingItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/// The keys of GROUP BY: expressions over the rows before grouping, and the sets of them that rows
/// are grouped by.
///
/// @param keys all different
/// @param sets of indices of `keys`; one with all of them for a plain GROUP BY
record Grouping(List<RexNode> keys, List<ImmutableBitSet> sets) {
  /// No key: one group of all rows.
  static final Grouping ALL_ROWS = new Grouping(List.of(), List.of(ImmutableBitSet.of()));

  private static final int MAX_SETS = 4_096;

  /// An output column as GROUP BY may refer to it.
  record Output(String name, RexNode expression) {}

  /// Binds a GROUP BY.
  ///
  /// @param binder over the rows before grouping; knows the select list's aliases
  static Grouping bind(GroupBy groupBy, ExpressionBinder binder, List<Output> outputs) {
    Builder builder = new Builder(binder, outputs);
    if (groupBy.all()) {
      return builder.all();
    }
    List<Set<Integer>> sets = List.of(Set.of());
    for (GroupingItem item : groupBy.items()) {
      sets = product(sets, builder.sets(item), groupBy.position());
    }
    return new Grouping(builder.keys, sets.stream().map(set -> ImmutableBitSet.of(set)).toList());
  }

  private static List<Set<Integer>> product(
      List<Set<Integer>> left, List<Set<Integer>> right, int position) {
    if ((long) left.size() * right.size() > MAX_SETS) {
      throw Errors.at(
          position, SqlState.PROGRAM_LIMIT_EXCEEDED, "too many grouping sets (maximum 4096)");
    }
    List<Set<Integer>> product = new ArrayList<>();
    for (Set<Integer> a : left) {
      for (Set<Integer> b : right) {
        Set<Integer> both = new TreeSet<>(a);
        both.addAll(b);
        product.add(both);
      }
    }
    return product;
  }

  /// Whether an expression contains an aggregate or window call.
  static boolean computesOverRows(RexNode node) {
    boolean[] found = new boolean[1];
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef ref) {
            found[0] |= ref.getIndex() >= AggregateCalls.BASE;
            return null;
          }

          @Override
          public Void visitOver(RexOver over) {
            found[0] = true;
            return null;
          }
        });
    return found[0];
  }

  private static final class Builder {
    private final ExpressionBinder binder;
    private final List<Output> outputs;
    private final List<RexNode> keys = new ArrayList<>();

    Builder(ExpressionBinder binder, List<Output> outputs) {
      this.binder = binder;
      this.outputs = outputs;
    }

    Grouping all() {
      for (Output output : outputs) {
        if (!computesOverRows(output.expression())) {
          add(output.expression());
        }
      }
      return new Grouping(keys, List.of(ImmutableBitSet.range(keys.size())));
    }

    List<Set<Integer>> sets(GroupingItem item) {
      return switch (item) {
        case GroupingItem.SimpleGrouping simple -> {
          Set<Integer> set = new TreeSet<>();
          simple.exprs().forEach(expr -> set.add(key(expr)));
          yield List.of(set);
        }
        case GroupingItem.Rollup rollup -> {
          List<Set<Integer>> prefixes = new ArrayList<>();
          Set<Integer> prefix = new TreeSet<>();
          prefixes.add(prefix);
          for (GroupingItem part : rollup.items()) {
            prefix = new TreeSet<>(prefix);
            sets(part).forEach(prefix::addAll);
            prefixes.add(prefix);
          }
          yield prefixes.reversed();
        }
        case GroupingItem.Cube cube -> {
          List<Set<Integer>> subsets = List.of(Set.of());
          for (GroupingItem part : cube.items()) {
            List<Set<Integer>> withAndWithout = new ArrayList<>(sets(part));
            withAndWithout.add(Set.of());
            subsets = product(subsets, withAndWithout, cube.position());
          }
          yield subsets;
        }
        case GroupingItem.GroupingSets sets -> {
          List<Set<Integer>> all = new ArrayList<>();
          sets.items().forEach(part -> all.addAll(sets(part)));
          yield all;
        }
      };
    }

    private int key(Expr expr) {
      RexNode node;
      if (expr instanceof Expr.NumberLiteral number && number.isInteger()) {
        node = outputs.get(Ordering.position(number, "GROUP BY", outputs.size())).expression();
      } else {
        node = binder.bind(expr);
      }
      if (computesOverRows(node)) {
        throw Errors.at(
            expr.position(), SqlState.GROUPING_ERROR, "aggregates not allowed in GROUP BY clause");
      }
      return add(node);
    }

    private int add(RexNode node) {
      RexNode settled = binder.queries().binding().coercion().settled(node);
      int index = keys.indexOf(settled);
      if (index < 0) {
        index = keys.size();
        keys.add(settled);
      }
      return index;
    }
  }
}

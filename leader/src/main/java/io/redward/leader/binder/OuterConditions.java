package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Outer joins whose ON has a subquery that looks at their rows. Only rows that are joined inside
/// can be filtered by such a condition, so the pairs it holds for are found first, for each
/// combination of values that it reads of the side that is kept, and then joined to that side:
///
/// `l LEFT JOIN r ON test(l.k, r)` becomes `l LEFT JOIN (SELECT … FROM (SELECT DISTINCT k FROM l)
/// k, r WHERE test(k, r)) p ON l.k IS NOT DISTINCT FROM p.k`. A full join is this, and the rows of
/// the other side that are in no pair.
final class OuterConditions {
  private final QueryBinder queries;
  private final Expressions expressions;
  private final FromBinder.Place place;

  OuterConditions(QueryBinder queries, FromBinder.Place place) {
    this.queries = queries;
    this.expressions = queries.binding().expressions();
    this.place = place;
  }

  Relation join(Relation left, Relation right, JoinRelType type, Expr condition) {
    List<Relation.Column> columns = FromBinder.concatenated(left, right);
    if (type == JoinRelType.RIGHT) {
      RelNode kept = kept(left, right, condition, true);
      return new Relation(kept, columns);
    }
    RelNode rows = kept(left, right, condition, false);
    return new Relation(
        type == JoinRelType.FULL ? withOthers(rows, left, right, condition) : rows, columns);
  }

  /// The join that keeps the rows of one side.
  private RelNode kept(Relation left, Relation right, Expr condition, boolean keepsRight) {
    RelNode keeper = (keepsRight ? right : left).rel();
    int leftWidth = width(left.rel());
    Set<Integer> used = used(left, right, condition, keepsRight);
    RelNode pairs = pairs(left, right, condition, used, keepsRight);
    int width = width(keeper);
    int first = keepsRight ? leftWidth : 0;
    List<RexNode> tests = new ArrayList<>();
    for (int field : used) {
      tests.add(same(keeper, field, pairs, first + field, width));
    }
    RelNode joined =
        LogicalJoin.create(
            keeper, pairs, List.of(), expressions.and(tests), Set.of(), JoinRelType.LEFT);
    List<RexNode> all = expressions.columns(joined);
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < width(pairs); i++) {
      boolean own = keepsRight ? i >= leftWidth : i < leftWidth;
      fields.add(own ? all.get(i - first) : all.get(width + i));
    }
    return LogicalProject.create(joined, List.of(), fields, pairs.getRowType().getFieldNames());
  }

  /// The rows with those of the right side that are in no pair.
  private RelNode withOthers(RelNode rows, Relation left, Relation right, Expr condition) {
    Set<Integer> used = used(left, right, condition, true);
    RelNode pairs = pairs(left, right, condition, used, true);
    int leftWidth = width(left.rel());
    int rightWidth = width(right.rel());
    List<RexNode> tests = new ArrayList<>();
    for (int field : used) {
      tests.add(same(right.rel(), field, pairs, leftWidth + field, rightWidth));
    }
    RelNode others =
        LogicalJoin.create(
            right.rel(), pairs, List.of(), expressions.and(tests), Set.of(), JoinRelType.ANTI);
    List<RexNode> fields = new ArrayList<>();
    expressions.columns(left.rel()).forEach(c -> fields.add(expressions.nullOf(typeOf(c))));
    fields.addAll(expressions.columns(others));
    List<String> names = rows.getRowType().getFieldNames();
    RelNode widened = LogicalProject.create(others, List.of(), fields, names);
    return LogicalUnion.create(List.of(rows, widened), true);
  }

  private RexNode same(RelNode keeper, int field, RelNode pairs, int pairField, int shift) {
    return expressions.call(
        SqlType.BOOLEAN,
        false,
        SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
        expressions.column(keeper, field),
        RexUtil.shift(expressions.column(pairs, pairField), shift));
  }

  /// The pairs that the condition holds for: the side that is kept with the fields it uses, each
  /// combination once, and nothing in the others; the other side as it is.
  private RelNode pairs(
      Relation left, Relation right, Expr condition, Set<Integer> used, boolean keepsRight) {
    Relation side = keepsRight ? right : left;
    Relation kept = new Relation(combinations(side.rel(), used), side.columns());
    Relation both = keepsRight ? FromBinder.product(left, kept) : FromBinder.product(kept, right);
    Clause clause = place.clause(both);
    RexNode test = queries.expressions(clause).condition(condition);
    return LogicalFilter.create(both.rel(), test, ImmutableSet.copyOf(clause.variables()));
  }

  private RelNode combinations(RelNode rel, Set<Integer> used) {
    List<Integer> keys = List.copyOf(used);
    RelNode rows = ValuesRows.oneRow(queries.binding()).rel();
    if (!keys.isEmpty()) {
      List<RexNode> all = expressions.columns(rel);
      List<String> names = rel.getRowType().getFieldNames();
      RelNode values =
          LogicalProject.create(
              rel,
              List.of(),
              keys.stream().map(all::get).toList(),
              keys.stream().map(names::get).toList());
      rows =
          LogicalAggregate.create(
              values, List.of(), ImmutableBitSet.range(keys.size()), null, List.of());
    }
    RelNode source = rows;
    List<RexNode> fields =
        IntStream.range(0, width(rel))
            .mapToObj(
                i ->
                    keys.contains(i)
                        ? expressions.column(source, keys.indexOf(i))
                        : expressions.nullOf(typeOf(expressions.column(rel, i))))
            .toList();
    return LogicalProject.create(source, List.of(), fields, rel.getRowType().getFieldNames());
  }

  /// The fields that the condition reads of one side.
  private Set<Integer> used(Relation left, Relation right, Expr condition, boolean ofRight) {
    Clause clause = place.clause(FromBinder.product(left, right));
    RexNode test = queries.expressions(clause).condition(condition);
    Set<Integer> fields = new TreeSet<>();
    test.accept(new Fields(Set.copyOf(clause.variables()), fields, true));
    int leftWidth = width(left.rel());
    Set<Integer> own = new TreeSet<>();
    for (int field : fields) {
      if (field >= leftWidth == ofRight) {
        own.add(ofRight ? field - leftWidth : field);
      }
    }
    return own;
  }

  private static int width(RelNode rel) {
    return rel.getRowType().getFieldCount();
  }

  /// Collects the fields of a row that an expression reads, itself or in subqueries.
  private static final class Fields extends RexShuttle {
    private final Set<CorrelationId> variables;
    private final Set<Integer> fields;
    private final boolean direct;

    /// @param direct references to the input are to the row
    Fields(Set<CorrelationId> variables, Set<Integer> fields, boolean direct) {
      this.variables = variables;
      this.fields = fields;
      this.direct = direct;
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      if (direct) {
        fields.add(ref.getIndex());
      }
      return ref;
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
        if (variables.contains(variable.id)) {
          fields.add(access.getField().getIndex());
        }
        return access;
      }
      return super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subquery) {
      Fields within = new Fields(variables, fields, false);
      subquery.rel.accept(
          new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
              other.accept(within);
              return super.visit(other);
            }
          });
      return super.visitSubQuery(subquery);
    }
  }
}

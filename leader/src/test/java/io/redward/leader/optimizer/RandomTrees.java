package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.FlatCondition;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.Holder;
import org.apache.calcite.util.ImmutableBitSet;

/// Trees of random shape over three tiny tables of small, sometimes NULL integers, one of them with
/// a key, with subqueries of all kinds, correlated and not.
final class RandomTrees {
  private static final List<SqlOperator> COMPARISONS =
      List.of(
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);

  private final SplittableRandom random;
  private final PlannerContext context;
  private final RexBuilder rex;
  private final List<RelationalTable> tables = new ArrayList<>();
  private final Map<List<String>, List<List<Object>>> data = new HashMap<>();

  RandomTrees(long seed, PlannerContext context) {
    random = new SplittableRandom(seed);
    this.context = context;
    rex = context.rexBuilder();
    for (int i = 0; i < 3; i++) {
      table("t" + i, i != 2);
    }
  }

  Map<List<String>, List<List<Object>>> data() {
    return data;
  }

  private void table(String name, boolean nullable) {
    RelDataTypeFactory.Builder row = context.typeFactory().builder();
    for (String column : List.of("a", "b", "c")) {
      row.add(column, context.typeFactory().type(SqlType.INTEGER, nullable));
    }
    List<List<Object>> rows = new ArrayList<>();
    int count = random.nextInt(7);
    for (int i = 0; i < count; i++) {
      List<Object> values = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        values.add(nullable && random.nextInt(5) == 0 ? null : (Object) random.nextInt(4));
      }
      if (!nullable) {
        values.set(0, i);
      }
      rows.add(values);
    }
    tables.add(
        new RelationalTable(
            List.of(name),
            row.build(),
            name,
            TableStatistics.ofRowCount(random.nextInt(1, 1_000_000)),
            nullable ? List.of() : List.of(ImmutableBitSet.of(0))));
    data.put(List.of(name), rows);
  }

  /// A tree whose rows are the same in whatever way it is run, their order apart.
  RelNode tree(int depth) {
    return tree(depth, List.of());
  }

  private RelNode tree(int depth, List<RexNode> outer) {
    if (depth == 0) {
      return context.scan(tables.get(random.nextInt(tables.size())));
    }
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> filter(depth, outer);
      case 3, 4, 5 -> join(depth, outer);
      case 6 -> project(depth, outer);
      case 7 -> aggregate(depth, outer);
      case 8 -> setOperation(depth, outer);
      default -> random.nextBoolean() ? limit(depth, outer) : window(depth, outer);
    };
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  private RelNode filter(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder().push(tree(depth - 1, outer));
    Holder<RexCorrelVariable> variable = Holder.empty();
    b.variable(variable::set);
    List<RexNode> conditions = new ArrayList<>();
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      conditions.add(
          random.nextInt(3) == 0
              ? subquery(depth - 1, fields(b), fields(b, variable.get()))
              : condition(concat(fields(b), outer)));
    }
    return b.filter(
            List.of(variable.get().id),
            FlatCondition.of(rex, RexUtil.composeConjunction(rex, conditions)))
        .build();
  }

  private static List<RexNode> concat(List<RexNode> a, List<RexNode> b) {
    List<RexNode> all = new ArrayList<>(a);
    if (!b.isEmpty()) {
      all.add(b.getFirst());
    }
    return all;
  }

  private static List<RexNode> fields(RelBuilder b) {
    return List.copyOf(b.fields());
  }

  private static List<RexNode> fields(RelBuilder b, RexCorrelVariable variable) {
    List<RexNode> fields = new ArrayList<>();
    for (String name : b.peek().getRowType().getFieldNames()) {
      fields.add(b.field(variable, name));
    }
    return fields;
  }

  private RexNode subquery(int depth, List<RexNode> fields, List<RexNode> correlated) {
    List<RexNode> seen = random.nextInt(4) == 0 ? List.of() : List.of(pick(correlated));
    RelBuilder b = context.relBuilder().push(tree(Math.min(depth, 1), List.of()));
    if (!seen.isEmpty()) {
      b.filter(call(pick(COMPARISONS), pick(fields(b)), seen.getFirst()));
    }
    RexNode test =
        switch (random.nextInt(3)) {
          case 0 -> RexSubQuery.exists(b.build());
          case 1 -> {
            RelNode one = b.project(pick(fields(b))).build();
            yield RexSubQuery.in(one, ImmutableList.of(pick(fields)));
          }
          default -> call(pick(COMPARISONS), pick(fields), scalar(depth, correlated));
        };
    return switch (random.nextInt(4)) {
      case 0 -> call(SqlStdOperatorTable.NOT, test);
      case 1 -> call(SqlStdOperatorTable.OR, test, condition(fields));
      default -> test;
    };
  }

  private RelNode join(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder();
    b.push(tree(depth - 1, outer)).push(tree(random.nextInt(depth), outer));
    int left = b.peek(1).getRowType().getFieldCount();
    JoinRelType type =
        pick(
            List.of(
                JoinRelType.INNER,
                JoinRelType.INNER,
                JoinRelType.INNER,
                JoinRelType.LEFT,
                JoinRelType.RIGHT,
                JoinRelType.FULL));
    List<RexNode> leftFields = new ArrayList<>();
    List<RexNode> rightFields = new ArrayList<>();
    for (int i = 0; i < left; i++) {
      leftFields.add(b.field(2, 0, i));
    }
    for (int i = 0; i < b.peek(0).getRowType().getFieldCount(); i++) {
      rightFields.add(b.field(2, 1, i));
    }
    List<RexNode> both = new ArrayList<>(leftFields);
    both.addAll(rightFields);
    List<RexNode> conditions = new ArrayList<>();
    conditions.add(call(SqlStdOperatorTable.EQUALS, pick(leftFields), pick(rightFields)));
    if (random.nextInt(2) == 0) {
      conditions.add(condition(both));
    }
    return b.join(type, FlatCondition.of(rex, RexUtil.composeConjunction(rex, conditions))).build();
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  private RelNode project(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder().push(tree(depth - 1, outer));
    List<RexNode> fields = fields(b);
    Holder<RexCorrelVariable> variable = Holder.empty();
    b.variable(variable::set);
    List<RexNode> expressions = new ArrayList<>();
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      expressions.add(
          switch (random.nextInt(6)) {
            case 5 -> scalar(depth - 1, fields(b, variable.get()));
            case 0 -> call(SqlStdOperatorTable.PLUS, pick(fields), literal());
            case 1 ->
                rex.makeCall(
                    context.typeFactory().type(SqlType.INTEGER, true),
                    SqlStdOperatorTable.CASE,
                    List.of(condition(fields), pick(fields), literal()));
            default -> pick(fields);
          });
    }
    return b.project(expressions, names(count), true, List.of(variable.get().id)).build();
  }

  /// A subquery for one value.
  private RexNode scalar(int depth, List<RexNode> correlated) {
    RelBuilder b = context.relBuilder().push(tree(Math.min(depth, 1), List.of()));
    if (random.nextInt(4) != 0) {
      b.filter(call(pick(COMPARISONS), pick(fields(b)), pick(correlated)));
    }
    RexNode argument = pick(fields(b));
    b.aggregate(
        b.groupKey(), random.nextBoolean() ? b.max("m", argument) : b.count(false, "m", argument));
    if (random.nextBoolean()) {
      b.project(call(SqlStdOperatorTable.PLUS, b.field(0), literal()));
    }
    return RexSubQuery.scalar(b.build());
  }

  private static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("p" + i);
    }
    return names;
  }

  private RelNode aggregate(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder().push(tree(depth - 1, outer));
    List<RexNode> fields = fields(b);
    RelBuilder.GroupKey key =
        switch (random.nextInt(3)) {
          case 0 -> b.groupKey();
          case 1 -> b.groupKey(pick(fields));
          default -> b.groupKey(pick(fields), pick(fields), pick(fields));
        };
    boolean distinct = random.nextInt(3) == 0;
    RexNode argument = pick(fields);
    return switch (random.nextInt(3)) {
      case 0 -> b.aggregate(key, b.count(distinct, "x", argument)).build();
      case 1 -> b.aggregate(key, b.max("x", argument), b.countStar("y")).build();
      default -> b.aggregate(key, b.min("x", argument), b.count(distinct, "y", argument)).build();
    };
  }

  private RelNode setOperation(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder();
    for (int i = 0; i < 2; i++) {
      b.push(tree(depth - 1, outer));
      List<RexNode> columns = List.of(integer(pick(fields(b))), integer(pick(fields(b))));
      b.project(columns, List.of("x", "y"), true);
    }
    return switch (random.nextInt(4)) {
      case 0 -> b.union(true).build();
      case 1 -> b.union(false).build();
      case 2 -> b.minus(false).build();
      default -> b.intersect(false).build();
    };
  }

  private RexNode integer(RexNode field) {
    return CastOperator.EXPLICIT.call(rex, SqlType.INTEGER, field);
  }

  /// The first rows by all columns, so that there is only one answer.
  private RelNode limit(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder().push(tree(depth - 1, outer));
    return b.sortLimit(random.nextInt(2), random.nextInt(1, 4), b.fields()).build();
  }

  private RelNode window(int depth, List<RexNode> outer) {
    RelBuilder b = context.relBuilder().push(tree(depth - 1, outer));
    RexNode over =
        b.aggregateCall(SqlStdOperatorTable.COUNT, pick(fields(b)))
            .over()
            .partitionBy(pick(fields(b)))
            .toRex();
    return b.project(List.of(pick(fields(b)), pick(fields(b)), over), List.of("u", "v", "w"), true)
        .build();
  }

  private RexNode condition(List<RexNode> fields) {
    return switch (random.nextInt(8)) {
      case 0 -> call(SqlStdOperatorTable.IS_NULL, pick(fields));
      case 1 -> call(SqlStdOperatorTable.OR, simple(fields), simple(fields));
      case 2 ->
          call(
              SqlStdOperatorTable.OR,
              call(SqlStdOperatorTable.AND, simple(fields), simple(fields)),
              call(SqlStdOperatorTable.AND, simple(fields), simple(fields)));
      case 3 -> call(SqlStdOperatorTable.NOT, simple(fields));
      default -> simple(fields);
    };
  }

  private RexNode simple(List<RexNode> fields) {
    return call(pick(COMPARISONS), pick(fields), random.nextInt(3) == 0 ? pick(fields) : literal());
  }

  private RexNode call(SqlOperator operator, RexNode... operands) {
    return rex.makeCall(operator, List.of(operands));
  }

  private RexNode literal() {
    return Literals.literal(rex, SqlType.INTEGER, new Constant.IntValue(random.nextInt(4)));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

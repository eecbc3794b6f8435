package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.plan.expression.Constant;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.Holder;

/// Plans a fixed set of statements when the server starts, so that the classes of the planner are
/// loaded and their code is compiled before the first client comes: the first plan of a process
/// takes some hundred times as long as a later one.
public final class PlannerWarmup {
  private final Optimizer optimizer;

  public PlannerWarmup(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /// Plans the set `rounds` times; two load everything, fifty compile most of it.
  public void run(int rounds) {
    for (int round = 0; round < rounds; round++) {
      starJoin();
      correlatedSubqueries();
      setsAndWindows();
    }
  }

  /// One statement's worth of planning.
  private final class Statement {
    final PlannerContext context = PlannerContext.create();
    final RelBuilder tree = context.relBuilder();

    RelBuilder scan(String name, double rows) {
      RelDataTypeFactory.Builder row = context.typeFactory().builder();
      row.add("id", context.typeFactory().type(SqlType.BIGINT, false));
      row.add("ref", context.typeFactory().type(SqlType.BIGINT, true));
      row.add("day", context.typeFactory().type(SqlType.DATE, true));
      row.add("label", context.typeFactory().type(SqlType.varchar(20), true));
      row.add("amount", context.typeFactory().type(SqlType.decimal(12, 2), true));
      return tree.push(
          context.scan(
              new RelationalTable(
                  List.of("warmup", name),
                  row.build(),
                  name,
                  TableStatistics.ofRowCount(rows),
                  List.of())));
    }

    RexNode day(int days) {
      return Literals.literal(context.rexBuilder(), SqlType.DATE, new Constant.IntValue(days));
    }

    RexNode label(String text) {
      return Literals.string(context.rexBuilder(), text);
    }

    void join(JoinRelType type, String left, String right) {
      tree.join(type, tree.equals(tree.field(2, 0, left), tree.field(2, 1, right)));
    }

    void plan() {
      RelNode optimized = optimizer.optimize(context, tree.build());
      LogicalText.of(optimized);
    }
  }

  private void starJoin() {
    Statement s = new Statement();
    s.scan("facts", 1e7);
    s.scan("days", 1e3);
    s.join(JoinRelType.INNER, "ref", "id");
    s.scan("shops", 1e4);
    s.join(JoinRelType.INNER, "id", "id");
    s.scan("notes", 1e5);
    s.join(JoinRelType.LEFT, "ref", "ref");
    RelBuilder b = s.tree;
    b.filter(
        b.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, b.field("day"), s.day(10_000)),
        b.lessThan(b.field("day"), s.day(10_100)),
        b.or(b.equals(b.field(3), s.label("a")), b.equals(b.field(3), s.label("b"))));
    b.aggregate(
        b.groupKey(b.field(8)),
        b.sum(b.field("amount")).as("total"),
        b.count(true, "labels", b.field("label")));
    b.sortLimit(0, 10, b.desc(b.field("total")));
    s.plan();
  }

  private void correlatedSubqueries() {
    Statement s = new Statement();
    Holder<RexCorrelVariable> outer = Holder.empty();
    RelBuilder b = s.scan("facts", 1e6).variable(outer::set);
    RexNode id = b.field(outer.get(), "id");
    RelNode latest =
        b.push(s.scan("days", 1e4).build())
            .filter(b.equals(b.field("ref"), id))
            .aggregate(b.groupKey(), b.max(b.field("day")).as("latest"))
            .build();
    RelNode some =
        b.push(s.scan("notes", 1e4).build()).filter(b.equals(b.field("ref"), id)).build();
    RelNode none = b.push(s.scan("shops", 1e4).build()).project(b.field("label")).build();
    b.filter(
        List.of(outer.get().id),
        b.equals(b.field("day"), RexSubQuery.scalar(latest)),
        RexSubQuery.exists(some),
        b.not(RexSubQuery.in(none, ImmutableList.of(b.field("label")))));
    b.aggregate(b.groupKey("label"), b.countStar("n"));
    s.plan();
  }

  private void setsAndWindows() {
    Statement s = new Statement();
    RelBuilder b = s.tree;
    s.scan("facts", 1e6).project(b.field("label"), b.field("amount"));
    s.scan("notes", 1e4).project(b.field("label"), b.field("amount"));
    b.union(false);
    RexNode rank =
        b.aggregateCall(SqlStdOperatorTable.RANK)
            .over()
            .partitionBy(b.field("label"))
            .orderBy(b.desc(b.field("amount")))
            .toRex();
    b.project(List.of(b.field("label"), b.field("amount"), rank), List.of("label", "amount", "r"));
    b.filter(b.equals(b.field("r"), b.literal(1)));
    s.plan();
  }
}

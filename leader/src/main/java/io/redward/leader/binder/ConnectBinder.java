package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.sql.ast.QueryBody.ConnectBy;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/// START WITH … CONNECT BY: the rows of FROM as a hierarchy, found level by level. The row gets one
/// field more, LEVEL.
final class ConnectBinder {
  private static final String LEVEL = "level";

  private final QueryBinder queries;
  private final Binding binding;
  private final Expressions expressions;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;

  ConnectBinder(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    binding = queries.binding();
    expressions = binding.expressions();
    this.outer = outer;
    this.commonTables = commonTables;
  }

  /// @param from the rows, not filtered yet
  Relation bind(ConnectBy connect, Relation from) {
    if (connect.noCycle()) {
      throw Errors.unsupported(connect.condition().position(), "CONNECT BY NOCYCLE");
    }
    int width = from.rel().getRowType().getFieldCount();
    List<String> names = new ArrayList<>(from.rel().getRowType().getFieldNames());
    names.add(LEVEL);
    names = QueryBinder.unique(names);
    List<SqlType> types = new ArrayList<>();
    expressions.columns(from.rel()).forEach(column -> types.add(typeOf(column)));
    types.add(SqlType.INTEGER);
    WorkTable fresh = binding.recursions().table(LEVEL, names, types);
    WorkTable rows = binding.recursions().table(LEVEL, names, types);
    FromBinder filter = new FromBinder(queries, outer, commonTables);
    RelNode anchor = withLevel(filter.where(from, connect.startWith()).rel(), width, names, 1);
    RelNode step = step(connect, from, fresh, names);
    binding.recursions().add(new Recursion(rows, fresh, anchor, step, false));
    return new Relation(
        new TableScans(queries, commonTables).work(rows).rel(), columns(from, width));
  }

  private static List<Column> columns(Relation from, int level) {
    List<Column> columns = new ArrayList<>(from.columns());
    columns.add(new Column(Optional.empty(), LEVEL, level, true, 0, 0));
    return columns;
  }

  private RelNode withLevel(RelNode rel, int width, List<String> names, int level) {
    List<RexNode> fields = new ArrayList<>(expressions.columns(rel).subList(0, width));
    fields.add(expressions.literal(SqlType.INTEGER, new Constant.IntValue(level)));
    return LogicalProject.create(rel, List.of(), fields, names, Set.of());
  }

  /// The rows of FROM below those found last.
  private RelNode step(ConnectBy connect, Relation from, WorkTable fresh, List<String> names) {
    int width = from.rel().getRowType().getFieldCount();
    RelNode above = new TableScans(queries, commonTables).work(fresh).rel();
    RelNode pairs =
        LogicalJoin.create(
            from.rel(), above, List.of(), expressions.bool(true), Set.of(), JoinRelType.INNER);
    RexNode below =
        expressions.strict(
            SqlType.INTEGER,
            SqlStdOperatorTable.PLUS,
            expressions.column(pairs, 2 * width),
            expressions.integer(1));
    List<RexNode> fields = new ArrayList<>(expressions.columns(pairs));
    fields.add(below);
    List<String> all = new ArrayList<>(pairs.getRowType().getFieldNames());
    all.add("next level");
    RelNode numbered =
        LogicalProject.create(pairs, List.of(), fields, QueryBinder.unique(all), Set.of());
    List<Column> prior = new ArrayList<>();
    columns(from, width).forEach(column -> prior.add(column.shifted(width)));
    Relation row = new Relation(numbered, columns(from, 2 * width + 1));
    Clause upper = new Clause("CONNECT BY", new Relation(numbered, prior), outer, commonTables);
    Clause clause = new Clause("CONNECT BY", row, outer, commonTables).allowPrior(upper);
    RexNode condition = queries.expressions(clause).condition(connect.condition());
    RelNode found =
        LogicalFilter.create(numbered, condition, ImmutableSet.copyOf(clause.variables()));
    List<RexNode> result = new ArrayList<>(expressions.columns(found).subList(0, width));
    result.add(expressions.column(found, 2 * width + 1));
    return LogicalProject.create(found, List.of(), result, names, Set.of());
  }
}

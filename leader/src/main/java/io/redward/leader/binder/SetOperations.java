package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SetOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// UNION, INTERSECT, EXCEPT: branches with their columns brought to common types.
final class SetOperations {
  private final QueryBinder queries;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;

  SetOperations(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    this.outer = outer;
    this.commonTables = commonTables;
  }

  Relation bind(QueryBody.SetOperation set) {
    String name = set.operator().name();
    List<Relation> branches = new ArrayList<>();
    for (Query branch : set.branches()) {
      branches.add(queries.bind(branch, outer, commonTables));
    }
    int width = branches.getFirst().columns().size();
    for (int i = 1; i < branches.size(); i++) {
      if (branches.get(i).columns().size() != width) {
        throw Errors.at(
            set.branches().get(i).position(),
            SqlState.SYNTAX_ERROR,
            "each " + name + " query must have the same number of columns");
      }
    }
    List<List<RexNode>> sources =
        branches.stream().map(branch -> queries.sources(branch.rel())).toList();
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int column = i;
      List<RexNode> cells = sources.stream().map(source -> source.get(column)).toList();
      types.add(TypeConversions.common(cells, name, set.position()));
    }
    List<RelNode> inputs =
        branches.stream().map(branch -> queries.withTypes(branch.rel(), types)).toList();
    List<String> names = branches.getFirst().columns().stream().map(Relation.Column::name).toList();
    return new Relation(
        combine(set.operator(), inputs, set.all()), QueryBinder.outputColumns(names));
  }

  private static RelNode combine(SetOperator operator, List<RelNode> inputs, boolean all) {
    return switch (operator) {
      case UNION -> LogicalUnion.create(inputs, all);
      case INTERSECT -> LogicalIntersect.create(inputs, all);
      case EXCEPT -> LogicalMinus.create(inputs, all);
    };
  }
}

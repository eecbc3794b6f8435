package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SetOperator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    List<Relation> branches = new ArrayList<>();
    for (Query branch : set.branches()) {
      branches.add(queries.bind(branch, outer, commonTables));
    }
    return united(set, set.byName() ? byName(set, branches) : branches);
  }

  /// The branches with the columns of all of them, those that a branch has not as NULL.
  private List<Relation> byName(QueryBody.SetOperation set, List<Relation> branches) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < branches.size(); i++) {
      Set<String> own = new HashSet<>();
      for (Relation.Column column : branches.get(i).columns()) {
        if (!own.add(column.name())) {
          throw Errors.at(
              set.branches().get(i).position(),
              SqlState.DUPLICATE_COLUMN,
              "column \"" + column.name() + "\" specified more than once in UNION BY NAME");
        }
      }
      names.addAll(own(branches.get(i)));
    }
    List<Relation> widened = new ArrayList<>();
    for (Relation branch : branches) {
      List<String> own = own(branch);
      List<RexNode> sources = queries.sources(branch.rel());
      List<RexNode> fields = new ArrayList<>();
      for (String name : names) {
        int at = own.indexOf(name);
        fields.add(
            at < 0
                ? queries.binding().expressions().nullOf(SqlType.UNKNOWN)
                : sources.get(branch.columns().get(at).index()));
      }
      widened.add(
          new Relation(
              queries.withFields(branch.rel(), fields, List.copyOf(names)),
              QueryBinder.outputColumns(List.copyOf(names))));
    }
    return widened;
  }

  private static List<String> own(Relation branch) {
    return branch.columns().stream().map(Relation.Column::name).toList();
  }

  private Relation united(QueryBody.SetOperation set, List<Relation> branches) {
    String name = set.operator().name();
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
      CaseCollations.check(cells, queries.binding(), set.position());
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

package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.command.ObjectCommands;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateViewStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// CREATE VIEW: binds the query to learn its columns and what it depends on.
final class ViewDefiner {
  private final QueryRunner queries;

  ViewDefiner(QueryRunner queries) {
    this.queries = queries;
  }

  String create(CreateViewStatement statement) {
    List<ViewDefinition.Column> columns = new ArrayList<>();
    Set<Integer> dependencies = new HashSet<>();
    if (!statement.lateBinding()) {
      StatementPlan plan =
          queries.plan(new DataStatement.QueryStatement(statement.query()), "", List.of());
      queries.requireReadable(plan.bound().references());
      if (statement.columns().size() > plan.columns().size()) {
        throw new SqlException(
                SqlState.SYNTAX_ERROR, "CREATE VIEW specifies more column names than columns")
            .withPosition(statement.columns().get(plan.columns().size()).position());
      }
      for (int i = 0; i < plan.columns().size(); i++) {
        ResultColumn column = plan.columns().get(i);
        String name =
            i < statement.columns().size() ? statement.columns().get(i).name() : column.name();
        columns.add(new ViewDefinition.Column(name, QueryRunner.stored(column.type())));
      }
      dependencies.addAll(plan.bound().references().directRelations());
    } else {
      statement
          .columns()
          .forEach(c -> columns.add(new ViewDefinition.Column(c.name(), SqlType.UNKNOWN)));
    }
    return new ObjectCommands(queries.context())
        .createView(statement, SqlPrinter.print(statement.query()), columns, dependencies);
  }
}

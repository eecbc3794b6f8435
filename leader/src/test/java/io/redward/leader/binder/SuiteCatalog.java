package io.redward.leader.binder;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.TableStatistics;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/// A benchmark's tables with statistics, for tests that plan its queries from their text.
public final class SuiteCatalog {
  private final TestCatalog catalog;
  private final Function<TableDefinition, TableStatistics> statistics;

  /// @param ddl CREATE TABLE statements
  /// @param statistics by table name
  public SuiteCatalog(String ddl, Function<String, TableStatistics> statistics) {
    catalog = TestCatalog.of(ddl);
    this.statistics = table -> statistics.apply(table.name());
  }

  /// A query bound to the tables.
  public RelNode query(String sql, PlannerContext planner) {
    BindContext plain = catalog.context();
    BindContext context =
        new BindContext(
            plain.catalog(),
            plain.systemTables(),
            plain.session(),
            statistics,
            plain.parameterTypes());
    DataStatement.QueryStatement statement =
        (DataStatement.QueryStatement) SqlParser.parseStatement(sql, ParserOptions.DEFAULT);
    return Binder.bindQuery(statement.query(), context, planner).rel();
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.List;
import java.util.function.Predicate;

/// Tells the views that hold although a table under them has changed from those that do not: they
/// are bound again, with the catalog as the transaction has it by then.
final class StandingViews implements Predicate<OwnedObject> {
  private final LeaderSession session;
  private final QueryRunner queries;

  StandingViews(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  @Override
  public boolean test(OwnedObject view) {
    try {
      return switch (view) {
        case ViewDefinition plain ->
            types("select * from " + name(plain))
                .equals(plain.columns().stream().map(ViewDefinition.Column::type).toList());
        case TableDefinition table ->
            table
                .materialization()
                .map(m -> types(m.query()).size() == table.columns().size())
                .orElse(false);
        default -> false;
      };
    } catch (SqlException e) {
      return false;
    }
  }

  private List<SqlType> types(String query) {
    Statement statement = SqlParser.parseStatement(query, ParserOptions.PRINTED);
    return queries.plan(statement, "", List.of()).columns().stream()
        .map(ResultColumn::type)
        .toList();
  }

  private String name(ViewDefinition view) {
    Schema schema = session.transaction().catalog().schema(view.schemaOid()).orElseThrow();
    return quoted(schema.name()) + "." + quoted(view.name());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

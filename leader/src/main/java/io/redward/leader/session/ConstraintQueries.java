package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.leader.binder.BindContext;
import io.redward.leader.binder.BindContext.SessionScope;
import io.redward.leader.binder.PastTables;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.storage.table.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// The queries that look for rows which break a constraint. They see all rows, whoever asks, and
/// trust no declared key. New rows are a table of their own: `t AT (VERSION => 1)`; the table as it
/// is now, without its keys, is `t AT (VERSION => 0)`.
final class ConstraintQueries {
  private static final String NOW = " at (version => 0) ";
  private static final String NEW = " at (version => 1) ";

  /// Nobody's user: free of policies and masks.
  private static final User CHECKER =
      new User(-1, "rdsdb", true, false, Optional.empty(), Map.of());

  private final LeaderSession session;
  private final QueryRunner queries;

  ConstraintQueries(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  Rows over(TableDefinition table, NewRows rows) {
    return new Rows(table, session.transaction().past().add(rows.table(table.oid())));
  }

  /// Some rows of a table, while they are looked at.
  final class Rows implements AutoCloseable {
    private final TableDefinition table;
    private final int oid;

    /// @param oid by which the rows are found
    private Rows(TableDefinition table, int oid) {
      this.table = table;
      this.oid = oid;
    }

    /// A key that one of the rows has, and another row of the table too.
    Optional<List<String>> duplicate(List<Integer> columns) {
      String keys = list(columns, id -> "t." + name(table, id), ", ");
      String query =
          "select "
              + list(columns, id -> text("x." + name(table, id)), ", ")
              + " from (select "
              + keys
              + " from "
              + named(table)
              + NOW
              + "as t where exists (select 1 from "
              + named(table)
              + NEW
              + "as d where "
              + list(columns, id -> "d." + name(table, id) + " = t." + name(table, id), " and ")
              + ") group by "
              + keys
              + " having count(*) > 1 limit 1) as x";
      return first(query);
    }

    /// A row for which the condition is false.
    Optional<List<String>> failing(String condition) {
      List<Integer> columns = table.columns().stream().map(ColumnDefinition::id).toList();
      String query =
          "select "
              + list(columns, this::shown, ", ")
              + " from "
              + named(table)
              + NEW
              + "as "
              + SqlPrinter.print(Identifier.of(table.name(), 0))
              + " where not ("
              + condition
              + ") limit 1";
      return first(query);
    }

    private String shown(int id) {
      ColumnDefinition column = table.column(id).orElseThrow();
      return switch (column.type().kind()) {
        case SUPER, GEOMETRY, GEOGRAPHY, HLLSKETCH, VARBYTE -> "'...'::varchar(3)";
        default -> text(name(table, id));
      };
    }

    /// A key that no row of the referenced table has.
    Optional<List<String>> withoutParent(TableConstraint.ForeignKey key, TableDefinition parent) {
      List<String> equalities = new ArrayList<>();
      for (int i = 0; i < key.columns().size(); i++) {
        equalities.add(
            "p."
                + name(parent, key.referencedColumns().get(i))
                + " = d."
                + name(table, key.columns().get(i)));
      }
      String query =
          "select "
              + list(key.columns(), id -> text("d." + name(table, id)), ", ")
              + " from "
              + named(table)
              + NEW
              + "as d where "
              + list(key.columns(), id -> "d." + name(table, id) + " is not null", " and ")
              + " and not exists (select 1 from "
              + named(parent)
              + NOW
              + "as p where "
              + String.join(" and ", equalities)
              + ") limit 1";
      return first(query);
    }

    private Optional<List<String>> first(String query) {
      return ConstraintQueries.this.first(query, oid);
    }

    @Override
    public void close() {
      session.transaction().past().remove(oid);
    }
  }

  private static String list(List<Integer> columns, IntFunction<String> part, String between) {
    return columns.stream().map(part::apply).collect(Collectors.joining(between));
  }

  private static String name(TableDefinition table, int column) {
    return SqlPrinter.print(Identifier.of(table.column(column).orElseThrow().name(), 0));
  }

  private static String text(String value) {
    return "coalesce(cast(" + value + " as varchar(1000)), 'null')";
  }

  private String named(TableDefinition table) {
    QualifiedName name = queries.context().qualified(table);
    return name.parts().stream().map(SqlPrinter::print).collect(Collectors.joining("."));
  }

  /// The first row of a query, as texts.
  private Optional<List<String>> first(String query, int newRows) {
    Statement statement = SqlParser.parseStatement(query, ParserOptions.PRINTED);
    Snapshot snapshot = session.transaction().snapshot();
    PastTables tables =
        (table, moment) -> {
          boolean isNew =
              moment.value() instanceof Expr.NumberLiteral number && number.text().equals("1");
          TableDefinition plain = table.withConstraints(List.of());
          return isNew ? plain.withOid(newRows) : plain;
        };
    BindContext usual = queries.bindContext(snapshot, List.of());
    SessionScope scope = usual.session();
    BindContext context =
        new BindContext(
            usual.catalog(),
            usual.systemTables(),
            new SessionScope(scope.processId(), scope.database(), CHECKER, List.of(), false),
            usual.statistics(),
            List.of(),
            tables);
    StatementPlan plan = session.warehouse().pipeline().planAnew(statement, context, snapshot);
    List<List<String>> found = new ArrayList<>();
    queries.look(plan, snapshot, batch -> found.add(row(batch)));
    return found.stream().findFirst();
  }

  private static List<String> row(Batch batch) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < batch.vectors.length; i++) {
      BytesVector texts = (BytesVector) batch.vectors[i];
      row.add(new String(texts.copy(batch.row(0)), StandardCharsets.UTF_8));
    }
    return row;
  }
}

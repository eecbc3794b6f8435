package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogReader;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.EntriesOnly;
import io.redward.leader.catalog.OidSequence;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.TableStatistics;
import io.redward.leader.sql.ParsedStatement;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;

/// A catalog of tables given as CREATE TABLE statements, to bind statements against.
final class TestCatalog {
  private final EntriesOnly entries = new EntriesOnly();
  private final CatalogReader reader = new CatalogReader();
  private final CatalogWriter writer = new CatalogWriter(entries, reader, new OidSequence());
  private final List<SystemTable> systemTables = new ArrayList<>();
  private boolean strict;

  TestCatalog() {
    writer.bootstrap();
  }

  static TestCatalog of(String ddl) {
    TestCatalog catalog = new TestCatalog();
    catalog.create(ddl);
    return catalog;
  }

  TestCatalog strict() {
    strict = true;
    return this;
  }

  void create(String ddl) {
    for (ParsedStatement parsed : SqlParser.parse(ddl, ParserOptions.DEFAULT)) {
      table((TableStatement.CreateTableStatement) parsed.statement());
    }
  }

  private void table(TableStatement.CreateTableStatement create) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (TableStatement.TableElement element : create.elements()) {
      if (element instanceof TableStatement.ColumnDefinition column) {
        columns.add(
            new ColumnDefinition(
                columns.size() + 1,
                column.name().name(),
                TypeResolver.resolve(column.type()),
                column.attributes().nullable().orElse(true),
                column.attributes().defaultValue().map(TestCatalog::text),
                column
                    .attributes()
                    .identity()
                    .map(i -> new ColumnDefinition.Identity(i.seed(), i.step(), i.byDefault())),
                "auto",
                Optional.empty()));
      }
    }
    String name = create.name().last().name();
    writer.createTable(TableDefinition.of(publicSchema().oid(), name, Catalog.ADMIN_USER, columns));
  }

  /// Only what the tests' defaults are.
  private static String text(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> number.text();
      case Expr.StringLiteral string -> "'" + string.value() + "'";
      default -> throw new IllegalArgumentException("default " + expr);
    };
  }

  void view(String name, String query, String... columns) {
    writer.createView(
        new ViewDefinition(
            0,
            publicSchema().oid(),
            name,
            Catalog.ADMIN_USER,
            query,
            Arrays.stream(columns).map(c -> new ViewDefinition.Column(c, SqlType.INTEGER)).toList(),
            false,
            List.of("public"),
            Set.of(),
            AccessList.NONE));
  }

  void systemTable(String schema, String name, SystemTable.Column... columns) {
    systemTables.add(
        new SystemTable() {
          @Override
          public String schema() {
            return schema;
          }

          @Override
          public String name() {
            return name;
          }

          @Override
          public List<Column> columns() {
            return List.of(columns);
          }

          @Override
          public void read(SystemRows out) {}
        });
  }

  private Database dev() {
    return writer.catalog().database("dev").orElseThrow();
  }

  private Schema publicSchema() {
    return writer.catalog().schema(dev().oid(), "public").orElseThrow();
  }

  BindContext context() {
    Catalog catalog = writer.catalog();
    SystemTables tables =
        new SystemTables() {
          @Override
          public Optional<SystemTable> find(String schema, String name) {
            return systemTables.stream()
                .filter(t -> t.schema().equals(schema) && t.name().equals(name))
                .findFirst();
          }

          @Override
          public List<SystemTable> all() {
            return systemTables;
          }
        };
    BindContext.SessionScope session =
        new BindContext.SessionScope(
            7, dev(), catalog.user("admin").orElseThrow(), List.of("public"), strict);
    return new BindContext(
        catalog, tables, session, _ -> TableStatistics.ofRowCount(1000), List.of());
  }

  BoundStatement bind(String sql) {
    return bind(sql, PlannerContext.create());
  }

  BoundStatement bind(String sql, PlannerContext planner) {
    Statement statement = SqlParser.parseStatement(sql, ParserOptions.DEFAULT);
    return Binder.bind(statement, context(), planner);
  }

  BoundStatement.BoundQuery query(String sql) {
    return (BoundStatement.BoundQuery) bind(sql);
  }

  /// The operator tree, one operator a line.
  String plan(String sql) {
    RelNode rel =
        switch (bind(sql)) {
          case BoundStatement.BoundQuery query -> query.rel();
          case BoundStatement.RestoredQuery _ -> throw new AssertionError("nothing was kept");
          case BoundStatement.BoundInsert insert -> insert.source();
          case BoundStatement.BoundDelete delete -> delete.source();
          case BoundStatement.BoundUpdate update -> update.source();
          case BoundStatement.BoundMerge merge -> merge.source();
        };
    return RelOptUtil.dumpPlan("", rel, SqlExplainFormat.TEXT, SqlExplainLevel.EXPPLAN_ATTRIBUTES)
        .replace("\r", "");
  }
}

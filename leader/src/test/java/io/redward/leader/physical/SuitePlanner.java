package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.BindContext;
import io.redward.leader.binder.Binder;
import io.redward.leader.binder.BoundStatement;
import io.redward.leader.binder.TableHandle;
import io.redward.leader.binder.TypeResolver;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogReader;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.EntriesOnly;
import io.redward.leader.catalog.OidSequence;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.optimizer.ConstantFolder;
import io.redward.leader.optimizer.Optimizer;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.leader.sql.ParsedStatement;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.spi.SystemTables;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/// Takes queries from text to plans, over a schema with made-up statistics: the whole leader but
/// for the session.
final class SuitePlanner {
  private final EntriesOnly entries = new EntriesOnly();
  private final CatalogWriter catalog =
      new CatalogWriter(entries, new CatalogReader(), new OidSequence());
  private final Map<String, Long> rows;

  /// @param ddl CREATE TABLE statements
  /// @param rows rows of the tables that do not have 1,000
  SuitePlanner(String ddl, Map<String, Long> rows) {
    this.rows = rows;
    catalog.bootstrap();
    for (ParsedStatement parsed : SqlParser.parse(ddl, ParserOptions.DEFAULT)) {
      create((TableStatement.CreateTableStatement) parsed.statement());
    }
  }

  private void create(TableStatement.CreateTableStatement create) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (TableStatement.TableElement element : create.elements()) {
      if (element instanceof TableStatement.ColumnDefinition column) {
        SqlType type = TypeResolver.resolve(column.type());
        boolean nullable = column.attributes().nullable().orElse(true);
        columns.add(ColumnDefinition.of(columns.size() + 1, column.name().name(), type, nullable));
      }
    }
    Schema schema = catalog.catalog().schema(dev().oid(), "public").orElseThrow();
    String name = create.name().last().name();
    catalog.createTable(TableDefinition.of(schema.oid(), name, Catalog.ADMIN_USER, columns));
  }

  private Database dev() {
    return catalog.catalog().database("dev").orElseThrow();
  }

  RelNode optimized(String text) {
    DataStatement statement =
        (DataStatement) SqlParser.parse(text, ParserOptions.DEFAULT).getFirst().statement();
    PlannerContext planner = PlannerContext.create();
    BoundStatement.BoundQuery bound =
        (BoundStatement.BoundQuery) Binder.bind(statement, context(), planner);
    return new Optimizer(ConstantFolder.NONE).optimize(planner, bound.rel());
  }

  /// The plan, verified.
  PlannedQuery plan(String text) {
    PlannedQuery planned = PhysicalPlanner.plan(optimized(text), SuitePlanner::target);
    PlanVerifier.verify(planned.plan());
    return planned;
  }

  static ScanTarget target(RelationalTable table) {
    TableHandle.Stored stored = (TableHandle.Stored) table.handle();
    List<Integer> ids = stored.table().columns().stream().map(ColumnDefinition::id).toList();
    return new ScanTarget.Stored(
        stored.table().oid(), stored.table().name(), ids, new DistributionStyle.Auto());
  }

  private BindContext context() {
    BindContext.SessionScope session =
        new BindContext.SessionScope(
            1, dev(), catalog.catalog().user("admin").orElseThrow(), List.of("public"), false);
    return new BindContext(
        catalog.catalog(), SystemTables.NONE, session, this::statistics, List.of());
  }

  private TableStatistics statistics(TableDefinition table) {
    long count = rows.getOrDefault(table.name(), 1_000L);
    return new TableStatistics() {
      @Override
      public double rowCount() {
        return count;
      }

      @Override
      public Optional<ColumnStatistics> column(int ordinal) {
        return Optional.of(columnStatistics(table.columns().get(ordinal), ordinal, count));
      }
    };
  }

  /// The first column is unique; keys have many values, others few.
  private static ColumnStatistics columnStatistics(
      ColumnDefinition column, int ordinal, long count) {
    boolean key = column.name().endsWith("key") || column.name().endsWith("_sk");
    double distinct = ordinal == 0 ? count : key ? Math.max(1, count / 4.0) : Math.min(count, 50);
    Optional<ValueBounds> bounds =
        column.type().kind() == TypeKind.DECIMAL
            ? Optional.of(new ValueBounds.Longs(0, 10_494_950))
            : Optional.empty();
    return new ColumnStatistics(count, 0, distinct, ScanBuilder.width(column.type()), bounds);
  }
}

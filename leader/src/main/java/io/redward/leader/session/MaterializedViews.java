package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Materialization;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.AlterTableCommand;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.SecurityGuard;
import io.redward.leader.command.TableCommands;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ObjectStatement;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.system.ViewRefresh;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Materialized views: tables that hold a query's rows as of the last refresh. A refresh is one
/// transaction, so readers see the old rows or the new ones, and what they are of is noted in the
/// same commit; it works in what has changed where [ViewUpkeep] can, and does nothing where no
/// table under the query has changed.
final class MaterializedViews {
  private final LeaderSession session;
  private final QueryRunner queries;
  private final CommandContext context;

  MaterializedViews(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
    this.context = queries.context();
  }

  /// CREATE MATERIALIZED VIEW.
  String create(ObjectStatement.CreateMaterializedViewStatement statement) {
    StatementPlan plan = plan(statement.query());
    if (plan.bound().references().systemTables()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "A materialized view cannot be created on system tables.")
          .withPosition(statement.position());
    }
    for (int oid : plan.bound().references().tables()) {
      if (context.catalog().object(oid).orElse(null) instanceof OwnedObject read) {
        SecurityGuard.requireFree(context, read, "cannot create a materialized view over");
      }
    }
    TableDefinition table =
        new TableCommands(context)
            .createAs(
                new TableStatement.CreateTableAsStatement(
                    statement.name(),
                    false,
                    false,
                    statement.columns(),
                    statement.attributes(),
                    statement.backup(),
                    statement.query(),
                    statement.position()),
                QueryRunner.queryColumns(plan))
            .orElseThrow();
    Materialization materialization =
        new Materialization(
            SqlPrinter.print(statement.query()),
            List.copyOf(plan.bound().references().directRelations()),
            versions(plan),
            session.transaction().snapshot().version(),
            statement.autoRefresh().orElse(false),
            ViewUpkeep.of(plan, table),
            session.settings().searchPath(session.user().name()));
    int hidden = materialization.upkeep().hidden().size();
    TableDefinition view =
        table
            .withColumns(table.columns(), table.nextColumnId() + hidden)
            .withMaterialization(materialization);
    context.writer().get().replace(view);
    new ViewUpkeep(session, queries, view).fill(statement.query());
    return "CREATE MATERIALIZED VIEW";
  }

  /// REFRESH MATERIALIZED VIEW.
  String refresh(ObjectStatement.RefreshStatement statement) {
    TableDefinition table = find(statement.view());
    Privileges.requireOwner(context.user(), table);
    refresh(table, statement.cascade());
    return "REFRESH";
  }

  private void refresh(TableDefinition table, boolean cascade) {
    Materialization view = table.materialization().orElseThrow();
    if (cascade) {
      for (int dependency : view.dependencies()) {
        context
            .catalog()
            .table(dependency)
            .filter(other -> other.materialization().isPresent())
            .ifPresent(other -> refresh(other, true));
      }
    }
    Instant start = session.warehouse().clock().instant();
    try {
      Optional<ViewUpkeep.Outcome> outcome = refresh(table, view);
      log(
          table,
          outcome.map(ViewUpkeep.Outcome::status).orElse("MV was already updated"),
          outcome.map(ViewUpkeep.Outcome::because).orElse(""),
          start);
      context
          .notices()
          .info(
              outcome
                  .map(done -> done.notice(table.name()))
                  .orElse("Materialized view " + table.name() + " is already up to date."));
    } catch (SqlException e) {
      log(table, "Refresh failed. " + e.message(), "", start);
      throw e;
    }
  }

  private void log(TableDefinition table, String status, String because, Instant start) {
    session
        .warehouse()
        .log()
        .refreshed(
            new ViewRefresh(
                LoggedStatement.issuer(session),
                session.transaction().number().orElse(0L),
                table.oid(),
                context.catalog().object(table.schemaOid()).map(CatalogObject::name).orElse(""),
                table.name(),
                session.settings().get("application_name").equals(AutoRefresh.APPLICATION),
                status,
                because,
                start,
                session.warehouse().clock().instant()));
  }

  /// What the refresh did; empty if there was nothing to do.
  private Optional<ViewUpkeep.Outcome> refresh(TableDefinition table, Materialization view) {
    Query query = query(table, view);
    ViewUpkeep upkeep = new ViewUpkeep(session, queries, table);
    StatementPlan plan;
    do {
      plan = upkeep.plan(query);
    } while (queries.locks().take(plan.bound()));
    queries.requireReadable(plan.bound().references());
    Map<Integer, Long> now = versions(plan);
    if (now.equals(view.versions())) {
      return Optional.empty();
    }
    long version = session.transaction().snapshot().version();
    ViewUpkeep.Outcome outcome = upkeep.refresh(query);
    if (view.upkeep().incremental() && !outcome.incremental()) {
      new ViewEvents(session, queries).recomputed(table, outcome.because());
    }
    context.writer().get().replace(table.withMaterialization(view.refreshed(now, version)));
    return Optional.of(outcome);
  }

  /// ALTER MATERIALIZED VIEW.
  String alter(ObjectStatement.AlterMaterializedViewStatement statement) {
    TableDefinition table = find(statement.name());
    if (statement.autoRefresh().isPresent()) {
      Privileges.requireOwner(context.user(), table);
    }
    if (statement.autoRefresh().isPresent()) {
      Materialization view = table.materialization().orElseThrow();
      context
          .writer()
          .get()
          .replace(table.withMaterialization(view.withAutoRefresh(statement.autoRefresh().get())));
    } else {
      new AlterTableCommand(context, queries::defaultValue, new StandingViews(session, queries))
          .run(
              new TableStatement.AlterTableStatement(
                  statement.name(), statement.actions(), false, statement.position()));
    }
    return "ALTER MATERIALIZED VIEW";
  }

  private TableDefinition find(QualifiedName name) {
    Optional<TableDefinition> found =
        context
            .find(name)
            .filter(TableDefinition.class::isInstance)
            .map(TableDefinition.class::cast)
            .filter(table -> table.materialization().isPresent());
    return found.orElseThrow(
        () ->
            new SqlException(
                    SqlState.UNDEFINED_TABLE, "materialized view \"" + name + "\" does not exist")
                .withPosition(name.position()));
  }

  private StatementPlan plan(Query query) {
    StatementPlan plan = queries.planToRun(new DataStatement.QueryStatement(query), "", List.of());
    queries.requireReadable(plan.bound().references());
    return plan;
  }

  private Map<Integer, Long> versions(StatementPlan plan) {
    return plan.versions(session.transaction().snapshot());
  }

  private static Query query(TableDefinition table, Materialization view) {
    if (SqlParser.parseStatement(view.query(), ParserOptions.PRINTED)
        instanceof DataStatement.QueryStatement(Query query)) {
      return query;
    }
    throw new SqlException(
        SqlState.INTERNAL_ERROR, "materialized view \"" + table.name() + "\" holds no query");
  }
}

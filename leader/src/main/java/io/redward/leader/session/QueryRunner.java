package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BindContext;
import io.redward.leader.binder.BoundParameter;
import io.redward.leader.binder.BoundStatement.References;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.TableCommands;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateViewStatement;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement.CreateTableAsStatement;
import io.redward.leader.system.QueryLog;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.JoinMoves;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Statements that read or change rows: binds and plans through the [QueryPipeline], checks
/// privileges, runs on the [Engine], and says how it went.
final class QueryRunner {
  private final LeaderSession session;
  private final CancelToken cancel;
  private final ResultConsumer results;
  private final LoggedStatement logged;

  QueryRunner(
      LeaderSession session, CancelToken cancel, ResultConsumer results, LoggedStatement logged) {
    this.session = session;
    this.cancel = cancel;
    this.results = results;
    this.logged = logged;
  }

  CancelToken cancel() {
    return cancel;
  }

  /// A runner for a statement within this one, such as EXECUTE's.
  StatementRunner nested(ResultConsumer results) {
    return new StatementRunner(session, cancel, results, logged);
  }

  /// What the statement has run so far.
  List<QueryLog.SegmentRun> ran() {
    return logged.segments();
  }

  /// CALL.
  ProcedureCalls calls() {
    return new ProcedureCalls(session, this, results, cancel);
  }

  CommandContext context() {
    SessionTransaction transaction = session.transaction();
    return new CommandContext(
        session.user(),
        session.database(),
        session.processId(),
        session.settings(),
        transaction::catalog,
        transaction::catalogWriter,
        transaction::writable,
        session.warehouse().identities(),
        message -> results.notice("INFO", "00000", message));
  }

  StatementRunner.Shape describe(DataStatement statement, String text, List<SqlType> hints) {
    return switch (statement) {
      case DataStatement.InsertStatement insert when LiteralInsert.isPlain(insert) ->
          StatementRunner.Shape.NOTHING;
      case DataStatement.QueryStatement _,
          DataStatement.InsertStatement _,
          DataStatement.UpdateStatement _,
          DataStatement.DeleteStatement _,
          DataStatement.MergeStatement _,
          DataStatement.UpsertStatement _,
          DataStatement.ReturningStatement _ -> {
        StatementPlan plan = plan(statement, text, hints);
        yield new StatementRunner.Shape(
            clientTypes(plan.bound().parameters()),
            into(statement).isPresent() ? List.of() : plan.columns());
      }
      case DataStatement.ProfileStatement profile -> Profile.shape(profile);
      case DataStatement.CopyJobStatement job -> CopyRunner.shape(job);
      default -> StatementRunner.Shape.NOTHING;
    };
  }

  /// The types of `$1`, `$2`, ….
  private static List<SqlType> clientTypes(List<BoundParameter> parameters) {
    List<SqlType> types = new ArrayList<>();
    for (BoundParameter parameter : parameters) {
      if (parameter instanceof BoundParameter.ClientValue(int number, SqlType type)) {
        while (types.size() < number) {
          types.add(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES));
        }
        types.set(number - 1, type);
      }
    }
    return types;
  }

  void run(DataStatement statement, String text, Arguments arguments) {
    switch (statement) {
      case DataStatement.QueryStatement query -> {
        if (into(query).isPresent()) {
          results.complete(selectInto(query, into(query).get()));
        } else {
          select(query, text, arguments);
        }
      }
      case DataStatement.InsertStatement _,
          DataStatement.UpdateStatement _,
          DataStatement.DeleteStatement _,
          DataStatement.MergeStatement _,
          DataStatement.UpsertStatement _,
          DataStatement.ReturningStatement _ ->
          new ChangeRunner(session, this, logged, results).run(statement, text, arguments);
      case DataStatement.ProfileStatement profile -> new Profile(this).run(profile, results);
      case DataStatement.TruncateStatement truncate -> truncate(truncate);
      case DataStatement.CopyStatement copy -> copies().run(copy, text);
      case DataStatement.CopyOutStatement copy -> CopyTexts.run(copy, this, results);
      case DataStatement.UnloadStatement unload ->
          UnloadRun.run(unload, session, logged, results, this::nested);
      case DataStatement.CopyJobStatement job -> copies().run(job);
    }
  }

  /// TRUNCATE commits the transaction it runs in, as documented.
  private void truncate(DataStatement.TruncateStatement statement) {
    locks().forChange(context(), List.of(statement.table()));
    String tag =
        Enforcement.around(
            session,
            this,
            statement.table(),
            () -> new TableCommands(context()).truncate(statement));
    if (session.transaction().explicit()) {
      session.closeCursors();
      session.transaction().commit();
    }
    results.complete(tag);
  }

  private static Optional<QueryBody.IntoTable> into(Statement statement) {
    return statement instanceof DataStatement.QueryStatement query
            && query.query().body() instanceof QueryBody.SelectQuery select
        ? select.into()
        : Optional.empty();
  }

  /// The plan of a statement, from the cache where that may be.
  StatementPlan plan(Statement statement, String text, List<SqlType> hints) {
    SessionTransaction transaction = session.transaction();
    Snapshot snapshot = transaction.snapshot();
    BindContext context = bindContext(snapshot, hints);
    Optional<PlanCache.Key> key =
        text.isEmpty() || transaction.hasOwnCatalog() ? Optional.empty() : planKey(text, context);
    return plan(statement, key, context, snapshot);
  }

  private Optional<PlanCache.Key> planKey(String text, BindContext context) {
    return session.warehouse().pipeline().key(text, session.parserOptions(), context);
  }

  private StatementPlan plan(
      Statement statement, Optional<PlanCache.Key> key, BindContext context, Snapshot snapshot) {
    QueryPipeline pipeline = session.warehouse().pipeline();
    return PlanningCancellation.within(
        cancel,
        () ->
            key.isPresent()
                ? pipeline.plan(key.get(), statement, context, snapshot)
                : pipeline.planAnew(statement, context, snapshot));
  }

  /// The optimized tree as text.
  List<String> logical(Statement statement) {
    BindContext context = bindContext(session.transaction().snapshot(), List.of());
    return PlanningCancellation.within(
        cancel, () -> session.warehouse().pipeline().logical(statement, context));
  }

  /// The plan of a statement that is about to run, with its tables locked. Where it had to wait for
  /// them it is planned again, for they may have changed.
  StatementPlan planToRun(Statement statement, String text, List<SqlType> hints) {
    StatementPlan plan;
    do {
      plan = plan(statement, text, hints);
    } while (locks().take(plan.bound()));
    return plan;
  }

  StatementLocks locks() {
    return new StatementLocks(session, cancel);
  }

  BindContext bindContext(Snapshot snapshot, List<SqlType> hints) {
    return new BindContext(
        session.transaction().catalog(),
        session.systemTables(),
        BindScope.of(session),
        session.transaction().past().statistics(snapshot),
        hints,
        new SessionPastTables(session, this));
  }

  private void select(DataStatement.QueryStatement query, String text, Arguments arguments) {
    SessionTransaction transaction = session.transaction();
    if (text.isEmpty() || transaction.hasWritten() || transaction.explicit()) {
      select(planToRun(query, text, arguments.hints()), arguments.values(), results);
      return;
    }
    Snapshot snapshot;
    LastPlan.Choice choice;
    do {
      snapshot = transaction.snapshot();
      Snapshot seen = snapshot;
      choice =
          arguments
              .last()
              .flatMap(last -> last.find(session, seen))
              .orElseGet(() -> choose(query, text, arguments, seen));
    } while (locks().take(choice.plan().bound()));
    selectReusing(choice.plan(), choice.key(), snapshot, arguments.values());
  }

  private LastPlan.Choice choose(
      DataStatement.QueryStatement query, String text, Arguments arguments, Snapshot snapshot) {
    BindContext context = bindContext(snapshot, arguments.hints());
    Optional<PlanCache.Key> key = planKey(text, context);
    LastPlan.Choice choice = new LastPlan.Choice(key, plan(query, key, context, snapshot));
    arguments.last().ifPresent(last -> last.keep(session, snapshot, choice));
    return choice;
  }

  private void selectReusing(
      StatementPlan plan,
      Optional<PlanCache.Key> key,
      Snapshot snapshot,
      List<Constant> parameters) {
    requireReadable(plan.bound().references());
    results.columns(plan.columns());
    Optional<ResultCache.Key> known =
        key.filter(_ -> mayReuseResult(plan))
            .map(k -> new ResultCache.Key(k, plan.number(), parameters, plan.versions(snapshot)));
    long rows =
        known.isPresent()
            ? selectCached(known.get(), plan, parameters, snapshot)
            : execute(plan, parameters, snapshot, logged.counted(results::rows)).rows();
    results.complete("SELECT " + rows);
  }

  /// True if the same statement gives the same rows as long as its tables stay as they are.
  private boolean mayReuseResult(StatementPlan plan) {
    References references = plan.bound().references();
    return session.settings().isOn("enable_result_cache_for_session")
        && plan.reusable()
        && session.transaction().reads() == ReadRecorder.NONE
        && !references.tables().isEmpty()
        && !references.volatileFunctions()
        && plan.bound().parameters().stream()
            .allMatch(BoundParameter.ClientValue.class::isInstance);
  }

  private long selectCached(
      ResultCache.Key key, StatementPlan plan, List<Constant> parameters, Snapshot snapshot) {
    ResultCache cache = session.warehouse().resultCache();
    BatchConsumer client = logged.counted(results::rows);
    Optional<ResultCache.Result> known = cache.find(key);
    if (known.isPresent()) {
      for (Batch batch : known.get().batches()) {
        cancel.check();
        client.accept(batch);
      }
      logged.reused(known.get().queryId(), known.get().rows());
      return known.get().rows();
    }
    ResultCache.Recorder recorder = new ResultCache.Recorder(client);
    long rows = execute(plan, parameters, snapshot, recorder).rows();
    recorder.result(logged.queryId(), rows).ifPresent(result -> cache.put(key, result));
    return rows;
  }

  /// Runs a query for the leader's own use.
  void select(StatementPlan plan, List<Constant> parameters, ResultConsumer consumer) {
    requireReadable(plan.bound().references());
    consumer.columns(plan.columns());
    ExecutionResult result = execute(plan, parameters, consumer::rows);
    consumer.complete("SELECT " + result.rows());
  }

  void requireReadable(References references) {
    requireReadable(references.directRelations());
  }

  void requireReadable(Set<Integer> relations) {
    Catalog catalog = session.transaction().catalog();
    for (int oid : relations) {
      if (catalog.object(oid).orElse(null) instanceof OwnedObject object) {
        Privileges.requireSome(catalog, session.user(), object, Privilege.SELECT);
      }
    }
  }

  /// The session's own limit, kept in kB as such settings are.
  private OptionalLong memoryBytes() {
    long kilobytes = session.settings().number("query_memory");
    return kilobytes > 0 ? OptionalLong.of(kilobytes << 10) : OptionalLong.empty();
  }

  /// Runs a plan; its profile goes into the log.
  ExecutionResult execute(StatementPlan plan, List<Constant> parameters, BatchConsumer rows) {
    return execute(plan, parameters, session.transaction().snapshot(), rows);
  }

  ExecutionResult execute(
      StatementPlan plan, List<Constant> parameters, Snapshot snapshot, BatchConsumer rows) {
    StatementAccess access = access(plan, snapshot);
    List<Constant> constants = values(plan, parameters);
    PlanRunner runner = session.runner();
    new RecursionRunner(
            plan.recursions(), (part, found) -> runner.run(part, constants, access, cancel, found))
        .run();
    PhysicalPlan physical = plan.planned().plan();
    logged.executing(plan);
    ExecutionResult result = runner.run(physical, constants, access, cancel, rows);
    logged.executed(physical, result);
    session.warehouse().workload().record(plan.planned(), constants, snapshot, result);
    return result;
  }

  /// How the sides of joins would meet.
  JoinMoves joins(StatementPlan plan) {
    PlanRunner runner = session.warehouse().engine().runner();
    return runner.spreads()
        ? runner.joins(plan.planned().plan(), access(plan, session.transaction().snapshot()))
        : JoinMoves.NONE;
  }

  /// Runs a query that goes with a plan and gives its rows to the client.
  void answer(
      StatementPlan plan, PhysicalPlan query, List<Constant> parameters, Snapshot snapshot) {
    PlanRunner runner = session.runner();
    runner.run(query, values(plan, parameters), access(plan, snapshot), cancel, results::rows);
  }

  /// Runs a query of the leader's own, of which no transaction takes notice.
  void look(StatementPlan plan, Snapshot snapshot, BatchConsumer rows) {
    StatementAccess usual = access(plan, snapshot);
    StatementAccess access =
        new StatementAccess(
            snapshot,
            ReadRecorder.NONE,
            Optional.empty(),
            usual.shapes(),
            usual.identities(),
            false,
            usual.systemTables(),
            usual.memoryBytes());
    PlanRunner runner = session.runner();
    runner.run(plan.planned().plan(), values(plan, List.of()), access, cancel, rows);
  }

  private StatementAccess access(StatementPlan plan, Snapshot snapshot) {
    SessionTransaction transaction = session.transaction();
    Optional<WriteTransaction> target =
        plan.isQuery() ? Optional.empty() : Optional.of(transaction.writable());
    Catalog catalog = transaction.catalog();
    return new StatementAccess(
        snapshot,
        transaction.reads(),
        target,
        table -> catalog.table((int) table).orElseThrow().shape(),
        (table, count) ->
            session
                .warehouse()
                .identities()
                .reserve(catalog.table((int) table).orElseThrow(), count),
        session.settings().isOn("error_on_nondeterministic_update"),
        RecursionRunner.tables(plan, session.systemTables()),
        memoryBytes());
  }

  private List<Constant> values(StatementPlan plan, List<Constant> given) {
    return StableValues.all(session, plan.bound().parameters(), given);
  }

  /// CREATE TABLE AS.
  String createTableAs(CreateTableAsStatement statement) {
    StatementPlan plan =
        planToRun(new DataStatement.QueryStatement(statement.query()), "", List.of());
    requireReadable(plan.bound().references());
    Optional<TableDefinition> table =
        new TableCommands(context()).createAs(statement, queryColumns(plan));
    return table.map(t -> "SELECT " + fill(t, statement.query())).orElse("CREATE TABLE AS");
  }

  private String selectInto(DataStatement.QueryStatement query, QueryBody.IntoTable into) {
    QueryBody.SelectQuery select = (QueryBody.SelectQuery) query.query().body();
    Query source =
        new Query(
            query.query().with(),
            select.withoutInto(),
            query.query().orderBy(),
            query.query().limit(),
            query.query().offset(),
            false,
            query.position());
    StatementPlan plan = planToRun(new DataStatement.QueryStatement(source), "", List.of());
    requireReadable(plan.bound().references());
    TableDefinition table =
        new TableCommands(context()).createInto(into.name(), into.temporary(), queryColumns(plan));
    return "SELECT " + fill(table, source);
  }

  static List<TableCommands.QueryColumn> queryColumns(StatementPlan plan) {
    List<TableCommands.QueryColumn> columns = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      ResultColumn column = plan.columns().get(i);
      boolean nullable = plan.planned().plan().output().get(i).nullable();
      columns.add(new TableCommands.QueryColumn(column.name(), stored(column.type()), nullable));
    }
    return columns;
  }

  /// The type a column of a new table gets for a query's column: literals and catalog types are
  /// strings.
  static SqlType stored(SqlType type) {
    return switch (type.kind()) {
      case UNKNOWN, TEXT, NAME -> SqlType.varchar(256);
      case VARCHAR -> type.precision() > 0 ? type : SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
      case CHAR -> type.precision() > 0 ? type : SqlType.character(256);
      default -> type;
    };
  }

  /// Adds a query's rows to a table that is new.
  private long fill(TableDefinition table, Query source) {
    DataStatement.InsertStatement insert =
        new DataStatement.InsertStatement(
            Optional.empty(),
            context().qualified(table),
            List.of(),
            Optional.of(source),
            source.position());
    StatementPlan plan = plan(insert, "", List.of());
    PhysicalPlan physical = plan.planned().plan();
    Optional<ExecutionResult> carried = CarriedRows.carry(physical, table, session.transaction());
    if (carried.isEmpty()) {
      return execute(plan, List.of(), _ -> {}).rows();
    }
    logged.executing(plan);
    logged.executed(physical, carried.get());
    return carried.get().rows();
  }

  /// CREATE VIEW: binds the query to learn its columns and what it depends on.
  String createView(CreateViewStatement statement) {
    return new ViewDefiner(this).create(statement);
  }

  /// A column's default as a value.
  Constant defaultValue(String expression, SqlType type) {
    return new DefaultValues(session, this).evaluate(expression, type);
  }

  private CopyRunner copies() {
    return new CopyRunner(session, this, logged, results, cancel);
  }
}

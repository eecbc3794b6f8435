package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.trace.Stage;
import io.redward.foundation.trace.StageTimes;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.OpenSessions;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.User;
import io.redward.leader.command.DatabaseCommands;
import io.redward.leader.settings.Settings;
import io.redward.leader.sql.ParsedStatement;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TransactionStatement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.system.SessionSystemTables;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.PlanRunner;
import io.redward.spi.SystemTables;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session of the leader: parses what the client sends, keeps its transaction, settings, prepared
/// statements and cursors, and has [StatementRunner] carry statements out one after another.
final class LeaderSession implements Session {
  private final LeaderWarehouse warehouse;
  private final Warehouse.Login login;
  private final Database home;
  private final int processId;
  private final Settings settings = new Settings();
  private final Settings startSettings = new Settings();
  private final SessionTransaction transaction;
  private final Map<String, Prepared> statements = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Cursor> cursors = new ConcurrentHashMap<>();
  private final Instant startedAt;
  private final long functionsHandle = OpenSessions.open(new CatalogFunctions(this));
  private final LastRuns lastRuns = new LastRuns();
  private final OptionalInt timeoutSeconds;
  private volatile Instant lastActive;
  private volatile StageTimes stages = new StageTimes();
  private boolean lastOfSequence;
  private User user;
  private Database database;
  private @Nullable SystemTables systemTables;
  private volatile @Nullable CancelToken running;
  private volatile @Nullable SqlException terminated;
  private volatile Runnable cut = () -> {};

  LeaderSession(
      LeaderWarehouse warehouse,
      Warehouse.Login login,
      User user,
      Database database,
      int processId) {
    this.warehouse = warehouse;
    this.login = login;
    this.user = user;
    this.home = database;
    this.database = database;
    this.processId = processId;
    this.transaction = warehouse.newTransaction(database.oid(), processId);
    this.startedAt = warehouse.clock().instant();
    this.lastActive = startedAt;
    this.timeoutSeconds = user.account().sessionTimeout();
  }

  /// A setting given at start-up; those that are none are ignored.
  void startWith(String name, String value) {
    if (settings.find(name).isPresent()) {
      try {
        settings.set(name, value);
        startSettings.set(name, value);
      } catch (SqlException e) {
        settings.reset(name);
      }
    }
  }

  /// Where the time of the statement at hand goes.
  StageTimes stages() {
    return stages;
  }

  /// The stages of the statement that has ended; those of the next one begin.
  StageTimes endStages() {
    StageTimes ended = stages;
    stages = new StageTimes();
    return ended;
  }

  /// What the session sees as system tables; described when first asked for.
  SystemTables systemTables() {
    SystemTables known = systemTables;
    if (known == null) {
      known = new SessionSystemTables(new StatementView(this));
      systemTables = known;
    }
    return known;
  }

  LeaderWarehouse warehouse() {
    return warehouse;
  }

  Warehouse.Login login() {
    return login;
  }

  User user() {
    return user;
  }

  /// SET SESSION AUTHORIZATION.
  void user(User user) {
    this.user = user;
  }

  Database database() {
    return database;
  }

  /// USE: names are looked up in another database; none is the one connected to.
  void use(Optional<Database> other) {
    database = other.orElse(home);
  }

  Settings settings() {
    return settings;
  }

  PlanRunner runner() {
    return TimedRunner.of(warehouse.engine().runner(), settings);
  }

  /// Back to what the session started with.
  void resetSettings() {
    settings.restore(startSettings);
  }

  SessionTransaction transaction() {
    return transaction;
  }

  @Override
  public Map<String, Prepared> statements() {
    return statements;
  }

  @Override
  public Optional<Portal> cursor(String name) {
    return Optional.ofNullable(cursors.get(name)).map(Cursor::portal);
  }

  Map<String, Cursor> cursors() {
    return cursors;
  }

  /// What ALTER DATABASE asks about.
  DatabaseCommands.Sessions otherSessions() {
    return new DatabaseCommands.Sessions() {
      @Override
      public boolean othersIn(String database) {
        return warehouse.sessions().stream()
            .anyMatch(
                other -> other.processId != processId && other.database.name().equals(database));
      }

      @Override
      public boolean inTransactionBlock() {
        return transaction.explicit();
      }
    };
  }

  /// The number by which functions find this session.
  long functionsHandle() {
    return functionsHandle;
  }

  LastRuns lastRuns() {
    return lastRuns;
  }

  /// When the last statement began or ended.
  Instant lastActive() {
    return lastActive;
  }

  /// SESSION TIMEOUT of the user who has logged in.
  OptionalInt timeoutSeconds() {
    return timeoutSeconds;
  }

  Instant startedAt() {
    return startedAt;
  }

  @Override
  public int processId() {
    return processId;
  }

  @Override
  public TransactionState transactionState() {
    return transaction.state();
  }

  @Override
  public ZoneId timeZone() {
    return settings.zone();
  }

  @Override
  public void executeScript(String text, ResultConsumer results) {
    try {
      List<ParsedStatement> statements = parse(text);
      if (statements.isEmpty()) {
        results.empty();
      }
      boolean alone = statements.size() == 1;
      for (ParsedStatement parsed : statements) {
        execute(
            parsed.statement(),
            text.substring(parsed.startOffset(), parsed.endOffset()),
            Arguments.NONE,
            results,
            alone);
      }
      endImplicit(true);
    } catch (RuntimeException | Error e) {
      fail();
      throw StatementFailure.of(e);
    }
  }

  private void fail() {
    closeCursors();
    transaction.fail();
  }

  private void endImplicit(boolean good) {
    if (!transaction.explicit()) {
      closeCursors();
      if (good) {
        transaction.commit();
      } else {
        transaction.rollback();
      }
    }
  }

  void closeCursors() {
    cursors.values().forEach(Cursor::close);
    cursors.clear();
  }

  ParserOptions parserOptions() {
    return new ParserOptions(
        settings.isOn("enable_case_sensitive_identifier"),
        settings.isOn("standard_conforming_strings"),
        ParserOptions.DEFAULT.maxDepth());
  }

  List<ParsedStatement> parse(String text) {
    stages.text(text);
    return stages.gather(
        () -> StageTimes.time(Stage.PARSE, () -> SqlParser.parse(text, parserOptions())));
  }

  @Override
  public Prepared prepare(String text, List<Integer> parameterTypes) {
    try {
      List<ParsedStatement> parsed = parse(text);
      if (parsed.size() > 1) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
      }
      if (parsed.isEmpty()) {
        return PreparedStatement.EMPTY;
      }
      Statement statement = parsed.getFirst().statement();
      List<SqlType> hints = parameterTypes.stream().map(ClientTypes::ofOid).toList();
      String own = text.substring(parsed.getFirst().startOffset(), parsed.getFirst().endOffset());
      return prepare(own, statement, hints);
    } catch (RuntimeException | Error e) {
      fail();
      throw StatementFailure.of(e);
    }
  }

  /// Works out a statement's parameters and columns.
  PreparedStatement prepare(String text, Statement statement, List<SqlType> hints) {
    if (!(statement instanceof TransactionStatement)) {
      transaction.requireUsable();
    }
    CancelToken around = running;
    CancelToken cancel = around == null ? new CancelToken() : around;
    Optional<ScheduledFuture<?>> timeout = around == null ? timeout(cancel) : Optional.empty();
    running = cancel;
    try {
      StatementRunner runner =
          new StatementRunner(this, cancel, NullConsumer.INSTANCE, LoggedStatement.none(this));
      StatementRunner.Shape shape = stages.gather(() -> runner.describe(statement, text, hints));
      return new PreparedStatement(
          text,
          Optional.of(statement),
          hints,
          shape.parameterTypes(),
          shape.columns(),
          new LastPlan());
    } finally {
      running = around;
      timeout.ifPresent(t -> t.cancel(false));
    }
  }

  @Override
  public Portal bind(Prepared prepared, List<ParameterValue> values) {
    PreparedStatement statement = (PreparedStatement) prepared;
    List<Constant> constants = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      constants.add(
          ParameterConversion.convert(
              warehouse.engine(), values.get(i), statement.parameterTypes().get(i)));
    }
    return new SessionPortal(
        statement, results -> executePortal(statement, constants, results), this::cancel);
  }

  private void executePortal(
      PreparedStatement prepared, List<Constant> values, ResultConsumer results) {
    boolean last = lastOfSequence;
    lastOfSequence = false;
    if (prepared.statement().isEmpty()) {
      results.empty();
      return;
    }
    try {
      execute(
          prepared.statement().get(),
          prepared.text(),
          new Arguments(
              prepared.hints(), prepared.parameterTypes(), values, Optional.of(prepared.last())),
          results,
          last);
    } catch (RuntimeException | Error e) {
      fail();
      throw StatementFailure.of(e);
    }
  }

  @Override
  public void expectSync() {
    lastOfSequence = true;
  }

  @Override
  public void sync(boolean failed) {
    lastOfSequence = false;
    endImplicit(!failed);
  }

  /// Runs one statement under a cancel token, its timeout, and an entry in the log.
  ///
  /// @param alone whether the implicit transaction ends with it
  private void execute(
      Statement statement,
      String text,
      Arguments arguments,
      ResultConsumer results,
      boolean alone) {
    boolean ends =
        statement instanceof TransactionStatement.RollbackStatement
            || statement instanceof TransactionStatement.CommitStatement;
    if (!ends) {
      transaction.requireUsable();
    }
    user = warehouse.current(user);
    CancelToken cancel = new CancelToken();
    lastActive = warehouse.clock().instant();
    running = cancel;
    Optional<ScheduledFuture<?>> timeout = timeout(cancel);
    LoggedStatement logged = LoggedStatement.begin(this, statement, text);
    try {
      Consumer<ResultConsumer> run =
          client ->
              stages.gather(
                  () -> {
                    new StatementRunner(this, cancel, client, logged)
                        .run(statement, text, arguments);
                    return true;
                  });
      if (alone && transaction.isFresh() && LoneStatement.applies(statement)) {
        new LoneStatement(warehouse, transaction, cancel).run(run, results);
      } else {
        run.accept(results);
      }
      logged.end(Optional.empty());
    } catch (RuntimeException | Error e) {
      SqlException error = StatementFailure.of(e);
      logged.end(Optional.of(error));
      throw error;
    } finally {
      running = null;
      lastActive = warehouse.clock().instant();
      timeout.ifPresent(t -> t.cancel(false));
    }
  }

  private Optional<ScheduledFuture<?>> timeout(CancelToken cancel) {
    long millis = settings.number("statement_timeout");
    if (millis == 0) {
      return Optional.empty();
    }
    return Optional.of(
        warehouse
            .timeouts()
            .schedule(
                () ->
                    cancel.cancel(
                        new SqlException(
                            SqlState.QUERY_CANCELED,
                            "Query cancelled on user's request: statement timeout")),
                millis,
                TimeUnit.MILLISECONDS));
  }

  /// True while a statement runs.
  boolean isRunning() {
    return running != null;
  }

  @Override
  public void cancel() {
    cancel("Query cancelled on user's request");
  }

  /// Stops the running statement with this message as its error.
  void cancel(String message) {
    CancelToken token = running;
    if (token != null) {
      token.cancel(new SqlException(SqlState.QUERY_CANCELED, message));
    }
  }

  @Override
  public void whenTerminated(Runnable cut) {
    this.cut = cut;
    if (terminated != null) {
      cut.run();
    }
  }

  @Override
  public Optional<SqlException> terminated() {
    return Optional.ofNullable(terminated);
  }

  @Override
  public void terminate(SqlException reason) {
    terminated = reason;
    CancelToken token = running;
    if (token != null) {
      token.cancel(reason);
    }
    cut.run();
  }

  @Override
  public void close() {
    new Audit(this).connection("disconnecting session");
    cancel();
    closeCursors();
    transaction.rollback();
    new TemporaryTables(this).drop();
    OpenSessions.close(functionsHandle);
    warehouse.log().sessionEnded(IdleSessions.ended(this));
    warehouse.closed(this);
  }
}

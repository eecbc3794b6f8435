package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.command.AccessCommands;
import io.redward.leader.command.AlterTableCommand;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.CommentCommand;
import io.redward.leader.command.DatabaseCommands;
import io.redward.leader.command.ObjectCommands;
import io.redward.leader.command.RoutineCommands;
import io.redward.leader.command.TableCommands;
import io.redward.leader.dialect.Refusal;
import io.redward.leader.dialect.Restrictions;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.CursorStatement;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ExternalStatement;
import io.redward.leader.sql.ast.MaintenanceStatement;
import io.redward.leader.sql.ast.ObjectStatement;
import io.redward.leader.sql.ast.PolicyStatement;
import io.redward.leader.sql.ast.RoutineStatement;
import io.redward.leader.sql.ast.SessionStatement;
import io.redward.leader.sql.ast.ShowStatement;
import io.redward.leader.sql.ast.SnapshotStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.ast.TransactionStatement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Carries out one statement: finds the family it belongs to and hands it to whoever handles that.
/// Made anew for each execution.
final class StatementRunner {
  private final LeaderSession session;
  private final ResultConsumer results;
  private final QueryRunner queries;

  /// What a statement takes and gives.
  record Shape(List<SqlType> parameterTypes, List<ResultColumn> columns) {
    static final Shape NOTHING = new Shape(List.of(), List.of());

    static Shape text(String... columns) {
      return new Shape(List.of(), Arrays.stream(columns).map(TextRows::column).toList());
    }
  }

  StatementRunner(
      LeaderSession session, CancelToken cancel, ResultConsumer results, LoggedStatement logged) {
    this.session = session;
    this.results = results;
    this.queries = new QueryRunner(session, cancel, results, logged);
  }

  /// What the statement's parameters and result columns are, without running it.
  Shape describe(Statement statement, String text, List<SqlType> hints) {
    requireDialect(statement);
    return switch (statement) {
      case DataStatement data -> queries.describe(data, text, hints);
      case SessionStatement session -> new SessionCommands(this.session, queries).describe(session);
      case ShowStatement show -> new ShowCommands(context()).describe(show);
      case MaintenanceStatement maintenance -> MaintenanceCommands.describe(maintenance);
      case RoutineStatement.CallStatement call -> queries.calls().describe(call);
      case CursorStatement.FetchStatement fetch ->
          new Shape(List.of(), new CursorCommands(session).columns(fetch));
      case TableStatement _,
          ObjectStatement _,
          RoutineStatement _,
          ExternalStatement _,
          AccessStatement _,
          PolicyStatement _,
          TransactionStatement _,
          SnapshotStatement _,
          CursorStatement _ ->
          Shape.NOTHING;
    };
  }

  /// Runs the statement to its end and gives rows and tag to the client.
  void run(Statement statement, String text, Arguments arguments) {
    requireDialect(statement);
    switch (statement) {
      case DataStatement data -> queries.run(data, text, arguments);
      case TableStatement table -> results.complete(table(table));
      case ObjectStatement object -> results.complete(object(object));
      case AccessStatement access ->
          results.complete(audited(() -> new AccessCommands(context()).run(access)));
      case TransactionStatement transaction ->
          results.complete(new TransactionCommands(session, queries, results).run(transaction));
      case SessionStatement command -> new SessionCommands(session, queries).run(command, results);
      case CursorStatement cursor -> new CursorCommands(session).run(cursor, results);
      case ShowStatement show -> new ShowCommands(context()).run(show, results);
      case MaintenanceStatement maintenance ->
          new MaintenanceCommands(session, context()).run(maintenance, results);
      case SnapshotStatement snapshot ->
          results.complete(new SnapshotRunner(session, queries).run(snapshot));
      case RoutineStatement routine -> routine(routine, arguments);
      case PolicyStatement policy ->
          results.complete(new PolicyRunner(session, queries).run(policy));
      case ExternalStatement _ -> throw unsupported(statement);
    }
  }

  /// Refuses, in strict mode, what goes beyond the documented language.
  private void requireDialect(Statement statement) {
    if (session.settings().get("redshift_compat").equals("strict")) {
      List<Refusal> refusals = Restrictions.of(statement);
      if (!refusals.isEmpty()) {
        throw refusals.getFirst().toException();
      }
    }
  }

  private void routine(RoutineStatement statement, Arguments arguments) {
    RoutineCommands commands = new RoutineCommands(context(), session.parserOptions());
    switch (statement) {
      case RoutineStatement.CreateProcedureStatement create ->
          results.complete(commands.create(create));
      case RoutineStatement.CreateFunctionStatement create ->
          results.complete(commands.create(create));
      case RoutineStatement.AlterRoutineStatement alter -> results.complete(commands.alter(alter));
      case RoutineStatement.DropRoutineStatement drop -> results.complete(commands.drop(drop));
      case RoutineStatement.CallStatement call -> queries.calls().run(call, arguments);
      default -> throw unsupported(statement);
    }
  }

  /// Runs what may change users, with an entry in the audit log for each that changes.
  private String audited(Supplier<String> command) {
    Catalog before = session.transaction().catalog();
    String tag = command.get();
    new Audit(session).users(before, session.transaction().catalog());
    return tag;
  }

  private CommandContext context() {
    return queries.context();
  }

  private String table(TableStatement statement) {
    return switch (statement) {
      case TableStatement.CreateTableStatement create -> {
        String tag = new TableCommands(context()).create(create);
        Enforcement.validate(session, queries, create.name());
        yield tag;
      }
      case TableStatement.CreateTableAsStatement create -> queries.createTableAs(create);
      case TableStatement.AlterTableStatement alter -> {
        queries.locks().forChange(context(), List.of(alter.table()));
        Catalog before = session.transaction().catalog();
        String tag =
            new AlterTableCommand(
                    context(), queries::defaultValue, new StandingViews(session, queries))
                .run(alter);
        boolean constrains =
            alter.actions().stream()
                .anyMatch(
                    action ->
                        action instanceof TableStatement.AlterAction.AddConstraint
                            || action instanceof TableStatement.AlterAction.AlterConstraint);
        if (constrains) {
          Enforcement.validate(session, queries, alter.table());
        }
        new ViewEvents(session, queries).altered(before);
        yield tag;
      }
      case TableStatement.AlterTableAppendStatement append ->
          new TableAppend(session, queries).run(append);
    };
  }

  private String object(ObjectStatement statement) {
    ObjectCommands commands = new ObjectCommands(context());
    return switch (statement) {
      case ObjectStatement.CreateViewStatement create -> queries.createView(create);
      case ObjectStatement.CreateMaterializedViewStatement create ->
          new MaterializedViews(session, queries).create(create);
      case ObjectStatement.RefreshStatement refresh ->
          new MaterializedViews(session, queries).refresh(refresh);
      case ObjectStatement.AlterMaterializedViewStatement alter ->
          new MaterializedViews(session, queries).alter(alter);
      case ObjectStatement.CreateSchemaStatement create -> {
        String tag = commands.createSchema(create);
        create.elements().forEach(element -> run(element, "", Arguments.NONE));
        yield tag;
      }
      case ObjectStatement.AlterSchemaStatement alter -> {
        Catalog before = session.transaction().catalog();
        String tag = commands.alterSchema(alter);
        new ViewEvents(session, queries).altered(before);
        yield tag;
      }
      case ObjectStatement.CreateDatabaseStatement create ->
          new DatabaseCommands(context()).create(create);
      case ObjectStatement.AlterDatabaseStatement alter ->
          new DatabaseCommands(context()).alter(alter, session.otherSessions());
      case ObjectStatement.DropStatement drop -> {
        if (drop.kind() == ObjectStatement.ObjectKind.TABLE
            || drop.kind() == ObjectStatement.ObjectKind.MATERIALIZED_VIEW) {
          queries.locks().forChange(context(), drop.names());
        }
        yield audited(() -> commands.drop(drop));
      }
      case ObjectStatement.CommentStatement comment -> new CommentCommand(context()).run(comment);
      default -> throw unsupported(statement);
    };
  }

  /// A statement's class as words, such as `Create Table`.
  static String words(Class<?> statement) {
    return statement
        .getSimpleName()
        .replaceAll("Statement$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ");
  }

  private static String words(Enum<?> kind) {
    return kind.name().replace('_', ' ');
  }

  static SqlException unsupported(Statement statement) {
    String name =
        switch (statement) {
          case ShowStatement.ShowDefinitionStatement show -> "SHOW " + words(show.kind());
          case ShowStatement.ShowListStatement show -> "SHOW " + words(show.kind());
          default ->
              words(statement.getClass())
                  .toUpperCase(Locale.ROOT)
                  .replaceFirst("^DESCRIBE ", "DESC ");
        };
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, name + " is not supported")
        .withPosition(statement.position());
  }
}

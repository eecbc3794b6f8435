package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.OpenSessions;
import io.redward.leader.binder.TypeResolver;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.User;
import io.redward.leader.settings.Settings;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.SessionStatement;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;

/// Settings, prepared statements by SQL, EXPLAIN, and what else concerns the session alone.
final class SessionCommands {
  private final LeaderSession session;
  private final QueryRunner queries;

  SessionCommands(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  StatementRunner.Shape describe(SessionStatement statement) {
    return switch (statement) {
      case SessionStatement.ShowParameterStatement show ->
          show.name().equals("all")
              ? StatementRunner.Shape.text("name", "setting", "description")
              : StatementRunner.Shape.text(show.name());
      case SessionStatement.ExplainStatement _ -> StatementRunner.Shape.text("QUERY PLAN");
      case SessionStatement.ExecuteStatement execute ->
          new StatementRunner.Shape(List.of(), named(execute.name()).columns());
      default -> StatementRunner.Shape.NOTHING;
    };
  }

  void run(SessionStatement statement, ResultConsumer results) {
    switch (statement) {
      case SessionStatement.SetStatement set -> {
        set(set, results);
        results.complete("SET");
      }
      case SessionStatement.ResetStatement reset -> {
        reset(reset);
        results.complete("RESET");
      }
      case SessionStatement.ShowParameterStatement show -> show(show, results);
      case SessionStatement.ExplainStatement explain ->
          new ExplainCommand(session, queries).run(explain, results);
      case SessionStatement.PrepareStatement prepare -> {
        prepare(prepare);
        results.complete("PREPARE");
      }
      case SessionStatement.ExecuteStatement execute -> execute(execute, results);
      case SessionStatement.DeallocateStatement deallocate -> {
        deallocate(deallocate);
        results.complete("DEALLOCATE");
      }
      case SessionStatement.DiscardStatement discard -> {
        discard(discard);
        results.complete("DISCARD " + discard.target());
      }
      case SessionStatement.SetSessionAuthorizationStatement authorization -> {
        authorize(authorization);
        results.complete("SET SESSION AUTHORIZATION");
      }
      case SessionStatement.CancelStatement cancel -> {
        cancel(cancel);
        results.complete("CANCEL");
      }
      case SessionStatement.ListenStatement _ -> results.complete("LISTEN");
      case SessionStatement.UseStatement use -> {
        use(use);
        results.complete("USE");
      }
      case SessionStatement.SetSeedStatement seed -> {
        OpenSessions.get(session.functionsHandle()).seed(seed.seed());
        results.complete("SET");
      }
    }
  }

  private void use(SessionStatement.UseStatement use) {
    session.use(use.database().map(queries.context()::database));
  }

  private void set(SessionStatement.SetStatement set, ResultConsumer results) {
    Settings settings = session.settings();
    if (set.isDefault()) {
      settings.reset(set.name());
    } else {
      settings.set(set.name(), String.join(", ", set.values()));
    }
    switch (set.name()) {
      case "timezone", "time zone" ->
          results.parameterChanged("TimeZone", settings.get("timezone"));
      case "datestyle" -> results.parameterChanged("DateStyle", settings.get("datestyle"));
      case "client_encoding", "names" ->
          results.parameterChanged("client_encoding", settings.get("client_encoding"));
      case "application_name" -> {
        results.parameterChanged("application_name", settings.get("application_name"));
        new Audit(session).connection("set application_name");
      }
      case "standard_conforming_strings" ->
          results.parameterChanged(set.name(), settings.get(set.name()));
      default -> {}
    }
  }

  private void reset(SessionStatement.ResetStatement reset) {
    if (reset.name().isEmpty()) {
      session.resetSettings();
    } else if (reset.name().get().equals("session_authorization")) {
      session.user(user(session.login().user(), reset.position()));
    } else {
      session.settings().reset(reset.name().get());
    }
  }

  private void show(SessionStatement.ShowParameterStatement show, ResultConsumer results) {
    results.columns(describe(show).columns());
    List<List<String>> rows =
        show.name().equals("all")
            ? session.settings().all().entrySet().stream()
                .map(e -> List.of(e.getKey(), e.getValue(), ""))
                .toList()
            : List.of(List.of(session.settings().get(show.name())));
    TextRows.send(rows, results);
    results.complete("SHOW");
  }

  private void prepare(SessionStatement.PrepareStatement prepare) {
    String name = prepare.name().name();
    if (session.statements().containsKey(name)) {
      throw new SqlException(
              SqlState.DUPLICATE_PREPARED_STATEMENT,
              "prepared statement \"" + name + "\" already exists")
          .withPosition(prepare.name().position());
    }
    List<SqlType> types = prepare.parameterTypes().stream().map(TypeResolver::resolve).toList();
    session.statements().put(name, session.prepare("", prepare.statement(), types));
  }

  private void execute(SessionStatement.ExecuteStatement execute, ResultConsumer results) {
    PreparedStatement prepared = named(execute.name());
    if (prepared.parameterTypes().size() != execute.arguments().size()) {
      throw new SqlException(
              SqlState.SYNTAX_ERROR,
              "wrong number of parameters for prepared statement \"" + execute.name() + "\"")
          .withDetail(
              "Expected "
                  + prepared.parameterTypes().size()
                  + " parameters but got "
                  + execute.arguments().size()
                  + ".")
          .withPosition(execute.position());
    }
    List<Constant> values = new ArrayList<>();
    DefaultValues constants = new DefaultValues(session, queries);
    for (int i = 0; i < execute.arguments().size(); i++) {
      values.add(
          constants.evaluate(
              SqlPrinter.print(execute.arguments().get(i)), prepared.parameterTypes().get(i)));
    }
    queries
        .nested(results)
        .run(
            prepared.statement().orElseThrow(),
            prepared.text(),
            new Arguments(prepared.hints(), prepared.parameterTypes(), values));
  }

  private PreparedStatement named(Identifier name) {
    Prepared prepared = session.statements().get(name.name());
    if (prepared == null) {
      throw new SqlException(
              SqlState.INVALID_STATEMENT_NAME,
              "prepared statement \"" + name.name() + "\" does not exist")
          .withPosition(name.position());
    }
    return (PreparedStatement) prepared;
  }

  private void deallocate(SessionStatement.DeallocateStatement deallocate) {
    if (deallocate.name().isEmpty()) {
      session.statements().clear();
    } else {
      named(deallocate.name().get());
      session.statements().remove(deallocate.name().get().name());
    }
  }

  private void discard(SessionStatement.DiscardStatement discard) {
    switch (discard.target()) {
      case ALL -> {
        session.statements().clear();
        session.closeCursors();
        session.resetSettings();
        new TemporaryTables(session).drop();
      }
      case TEMP -> new TemporaryTables(session).drop();
      case PLANS -> session.warehouse().pipeline().clear();
      case SEQUENCES -> {}
    }
  }

  private void authorize(SessionStatement.SetSessionAuthorizationStatement statement) {
    User original = user(session.login().user(), statement.position());
    if (statement.user().isEmpty()) {
      session.user(original);
      return;
    }
    User wanted = user(statement.user().get().name(), statement.user().get().position());
    if (!original.superuser() && wanted.oid() != original.oid()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to set session authorization");
    }
    session.user(wanted);
  }

  private User user(String name, int position) {
    return session
        .transaction()
        .catalog()
        .user(name)
        .orElseThrow(
            () ->
                new SqlException(SqlState.UNDEFINED_OBJECT, "user \"" + name + "\" does not exist")
                    .withPosition(position));
  }

  private void cancel(SessionStatement.CancelStatement cancel) {
    LeaderSession other =
        session
            .warehouse()
            .session((int) cancel.processId())
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.UNDEFINED_OBJECT,
                        "process " + cancel.processId() + " is not a session"));
    boolean anybodys =
        Privileges.holds(session.transaction().catalog(), session.user(), SystemPrivilege.CANCEL);
    if (!anybodys && other.user().oid() != session.user().oid()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to cancel another user's query");
    }
    other.cancel(cancel.message().orElse("Query cancelled on user's request"));
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.User;
import io.redward.leader.command.RoutineCommands;
import io.redward.leader.session.ProcedureSql.Call;
import io.redward.leader.session.Variables.Value;
import io.redward.leader.settings.Settings;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.RoutineStatement.CallStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.system.ProcedureMessage;
import io.redward.leader.system.QueryLog;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// CALL: finds the procedure, evaluates its arguments, runs it, and gives back what comes out.
final class ProcedureCalls {
  private static final int MAX_DEPTH = 16;

  private final LeaderSession session;
  private final QueryRunner queries;
  private final ResultConsumer client;
  private final CancelToken cancel;
  private final ProcedureSql sql;
  private int depth;

  ProcedureCalls(
      LeaderSession session, QueryRunner queries, ResultConsumer client, CancelToken cancel) {
    this.session = session;
    this.queries = queries;
    this.client = client;
    this.cancel = cancel;
    this.sql = new ProcedureSql(session, queries, client);
  }

  ProcedureSql sql() {
    return sql;
  }

  StatementRunner.Shape describe(CallStatement call) {
    return new StatementRunner.Shape(List.of(), columns(routine(call, List.of())));
  }

  private static List<ResultColumn> columns(Routine routine) {
    List<ResultColumn> columns = new ArrayList<>();
    for (Routine.Argument argument : routine.outputs()) {
      String name = argument.name().isEmpty() ? "column" + (columns.size() + 1) : argument.name();
      columns.add(new ResultColumn(name, argument.type(), argument.type().physical(), 0, 0));
    }
    return columns;
  }

  private Routine routine(CallStatement call, List<SqlType> hints) {
    List<Routine> named =
        new RoutineCommands(queries.context(), session.parserOptions()).named(call.procedure());
    List<Routine> candidates =
        named.stream()
            .filter(r -> r.kind() == Routine.Kind.PROCEDURE)
            .filter(r -> r.inputs().size() == call.arguments().size())
            .toList();
    return new ProcedureChoice(queries, session.parserOptions())
        .of(candidates, call.arguments(), hints)
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_FUNCTION,
                        "procedure " + call.procedure() + " does not exist")
                    .withHint(
                        "No procedure of that name takes "
                            + call.arguments().size()
                            + " arguments.")
                    .withPosition(call.position()));
  }

  /// CALL by the client.
  void run(CallStatement call, Arguments arguments) {
    Routine routine = routine(call, arguments.hints());
    List<Value> out = call(call, routine, arguments);
    if (!out.isEmpty()) {
      client.columns(columns(routine));
      Batch batch = new Batch(out.stream().map(v -> v.type().physical()).toList(), 1);
      for (int i = 0; i < out.size(); i++) {
        put(batch.vectors[i], out.get(i).constant());
      }
      batch.selectedCount = 1;
      client.rows(batch);
    }
    client.complete("CALL");
  }

  private static void put(Vector vector, Constant constant) {
    switch (constant) {
      case Constant.Null _ -> vector.setNull(0);
      case Constant.IntValue v -> ((IntVector) vector).values[0] = v.value();
      case Constant.LongValue v -> ((LongVector) vector).values[0] = v.value();
      case Constant.DoubleValue v -> ((DoubleVector) vector).values[0] = v.value();
      case Constant.Int128Value v -> {
        ((Int128Vector) vector).high[0] = v.value().high();
        ((Int128Vector) vector).low[0] = v.value().low();
      }
      case Constant.BytesValue v ->
          ((BytesVector) vector).append(0, v.value(), 0, v.value().length);
    }
  }

  /// CALL within a procedure; arguments that come out are assigned to the variables given for them.
  ///
  /// @param prepared the call with its variables as parameters
  void nested(CallStatement call, Call prepared, Variables variables) {
    Routine routine = routine(call, prepared.arguments().hints());
    List<Value> out = call(call, routine, prepared.arguments());
    int input = 0;
    int output = 0;
    for (Routine.Argument argument : routine.arguments()) {
      if (argument.mode() == Routine.Mode.INOUT
          && call.arguments().get(input) instanceof Expr.ParameterRef parameter) {
        String name = prepared.names().get(parameter.number() - 1);
        Value value = out.get(output);
        variables.set(name, "", sql.cast(value, variables.get(name, "").type()));
      }
      input += argument.mode() == Routine.Mode.OUT ? 0 : 1;
      output += argument.mode() == Routine.Mode.IN ? 0 : 1;
    }
  }

  /// Notes what a procedure says.
  void said(String level, String text) {
    QueryLog log = session.warehouse().log();
    int call =
        log.running().stream()
            .filter(entry -> entry.issuer().processId() == session.processId())
            .mapToInt(QueryLog.Entry::queryId)
            .min()
            .orElse(0);
    log.said(
        new ProcedureMessage(
            call,
            session.transaction().number().orElse(0L),
            LoggedStatement.issuer(session),
            session.warehouse().clock().instant(),
            level.equals("again") ? "EXCEPTION" : level.toUpperCase(Locale.ROOT),
            text));
  }

  private List<Value> call(CallStatement call, Routine routine, Arguments arguments) {
    User caller = session.user();
    Privileges.require(queries.context().catalog(), caller, routine, Privilege.EXECUTE);
    if (depth == MAX_DEPTH) {
      throw new SqlException(
          SqlState.STATEMENT_TOO_COMPLEX,
          "stored procedures call one another more than " + MAX_DEPTH + " deep");
    }
    List<Constant> values = new ArrayList<>();
    for (int i = 0; i < routine.inputs().size(); i++) {
      String text =
          "select cast(("
              + SqlPrinter.print(call.arguments().get(i))
              + ") as "
              + routine.inputs().get(i).type()
              + ")";
      Statement statement = SqlParser.parseStatement(text, session.parserOptions());
      Value value =
          sql.run(new Call(statement, text, arguments, List.of()))
              .rows()
              .getFirst()
              .values()
              .iterator()
              .next();
      values.add(sql.cast(value, routine.inputs().get(i).type()));
    }
    depth++;
    Settings settings = session.settings();
    Optional<Routine.Setting> own = routine.traits().setting();
    Optional<String> before = own.flatMap(setting -> settings.find(setting.name()));
    try {
      own.ifPresent(setting -> assign(setting.name(), setting.value()));
      if (routine.definer()) {
        session.user(queries.context().catalog().user(routine.owner()).orElse(caller));
      }
      return new ProcedureRun(session, this, client, cancel, routine).run(values);
    } finally {
      depth--;
      session.user(caller);
      own.ifPresent(setting -> assign(setting.name(), before.orElse("")));
    }
  }

  private void assign(String parameter, String value) {
    if (value.isEmpty()) {
      session.settings().reset(parameter);
    } else {
      session.settings().set(parameter, value);
    }
  }
}

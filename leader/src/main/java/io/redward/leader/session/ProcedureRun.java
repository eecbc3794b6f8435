package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.TypeResolver;
import io.redward.leader.catalog.Routine;
import io.redward.leader.procedure.PlParser;
import io.redward.leader.procedure.PlStatement;
import io.redward.leader.procedure.PlStatement.Block;
import io.redward.leader.procedure.PlStatement.Branch;
import io.redward.leader.procedure.PlStatement.Declaration;
import io.redward.leader.procedure.PlStatement.Rows;
import io.redward.leader.procedure.PlStatement.Target;
import io.redward.leader.session.ProcedureSql.Call;
import io.redward.leader.session.ProcedureSql.Result;
import io.redward.leader.session.Variables.Value;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.RoutineStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TransactionStatement;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of a procedure: goes through its statements and hands SQL to [ProcedureSql].
///
/// An error in a block with EXCEPTION undoes the transaction; the handler runs in a new one, and
/// then, unless the procedure is NONATOMIC, the error is raised again, as documented.
final class ProcedureRun {
  /// How a statement ended: on with the next one, or out of something.
  private record Flow(Kind kind, String label) {
    enum Kind {
      NEXT,
      EXIT,
      CONTINUE,
      RETURN
    }

    static final Flow NEXT = new Flow(Kind.NEXT, "");
    static final Flow RETURN = new Flow(Kind.RETURN, "");

    /// Whether a loop of this name is meant.
    boolean concerns(String loop) {
      return (kind == Kind.EXIT || kind == Kind.CONTINUE)
          && (label.isEmpty() || label.equals(loop));
    }
  }

  private final LeaderSession session;
  private final ProcedureCalls calls;
  private final ProcedureSql sql;
  private final ProcedureCursors cursors;
  private final ResultConsumer client;
  private final CancelToken cancel;
  private final Routine routine;
  private final boolean insideBlock;
  private long rowCount;
  private @Nullable SqlException handled;

  ProcedureRun(
      LeaderSession session,
      ProcedureCalls calls,
      ResultConsumer client,
      CancelToken cancel,
      Routine routine) {
    this.session = session;
    this.calls = calls;
    this.sql = calls.sql();
    this.cursors = new ProcedureCursors(session, sql);
    this.client = client;
    this.cancel = cancel;
    this.routine = routine;
    insideBlock = session.transaction().explicit();
  }

  /// Runs the body.
  ///
  /// @param given values of the arguments that go in
  /// @return values of those that come out
  List<Value> run(List<Constant> given) {
    Variables variables = new Variables(null);
    variables.declare("found", SqlType.BOOLEAN, Constant.of(false));
    int next = 0;
    for (int i = 0; i < routine.arguments().size(); i++) {
      Routine.Argument argument = routine.arguments().get(i);
      Constant value = argument.mode() == Routine.Mode.OUT ? Constant.NULL : given.get(next++);
      variables.declare(name(argument, i), argument.type(), value);
    }
    Block body = PlParser.parse(routine.body(), session.parserOptions());
    Variables numbered = numbered(variables);
    execute(body, numbered);
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < routine.arguments().size(); i++) {
      if (routine.arguments().get(i).mode() != Routine.Mode.IN) {
        out.add(variables.get(name(routine.arguments().get(i), i), ""));
      }
    }
    return out;
  }

  private static String name(Routine.Argument argument, int index) {
    return argument.name().isEmpty() ? "$" + (index + 1) : argument.name();
  }

  /// With the arguments under their numbers too.
  private Variables numbered(Variables variables) {
    Variables numbered = new Variables(variables);
    for (int i = 0; i < routine.arguments().size(); i++) {
      Routine.Argument argument = routine.arguments().get(i);
      if (!argument.name().isEmpty()) {
        Value value = variables.get(argument.name(), "");
        numbered.declare("$" + (i + 1), value.type(), value.constant());
      }
    }
    return numbered;
  }

  private Flow statements(List<PlStatement> list, Variables variables) {
    for (PlStatement statement : list) {
      cancel.check();
      Flow flow = execute(statement, variables);
      if (flow.kind() != Flow.Kind.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Flow execute(PlStatement statement, Variables variables) {
    switch (statement) {
      case Block block -> {
        return block(block, variables);
      }
      case PlStatement.Assign assign -> assign(assign, variables);
      case PlStatement.If choice -> {
        for (Branch branch : choice.branches()) {
          if (sql.condition(branch.condition(), variables)) {
            return statements(branch.body(), variables);
          }
        }
        return statements(choice.otherwise(), variables);
      }
      case PlStatement.Loop loop -> {
        return loop(loop, variables);
      }
      case PlStatement.ForRange range -> {
        return range(range, variables);
      }
      case PlStatement.ForRows rows -> {
        return rows(rows, variables);
      }
      case PlStatement.Leave leave -> {
        if (leave.condition().isEmpty() || sql.condition(leave.condition().get(), variables)) {
          return new Flow(leave.exit() ? Flow.Kind.EXIT : Flow.Kind.CONTINUE, leave.label());
        }
      }
      case PlStatement.Return _ -> {
        return Flow.RETURN;
      }
      case PlStatement.Raise raise -> raise(raise, variables);
      case PlStatement.Execute execute ->
          sql(sql.dynamic(execute.expression(), variables), execute.into(), true, variables);
      case PlStatement.Sql text ->
          sql(sql.call(text.text(), variables), text.into(), text.discards(), variables);
      case PlStatement.Open open -> cursors.open(open, variables);
      case PlStatement.Fetch fetch -> {
        Result found = cursors.fetch(fetch.cursor(), variables);
        into(fetch.into(), found, variables);
      }
      case PlStatement.Close close -> cursors.close(close.cursor(), variables);
      case PlStatement.RowCount count ->
          set(
              count.target(),
              new Value(SqlType.BIGINT, new Constant.LongValue(rowCount)),
              variables);
      case PlStatement.Nothing _ -> {}
    }
    return Flow.NEXT;
  }

  // -- blocks and variables

  private Flow block(Block block, Variables outer) {
    Variables variables = new Variables(outer);
    try {
      block.declarations().forEach(declaration -> declare(declaration, variables));
      return left(statements(block.body(), variables), block.label());
    } catch (SqlException e) {
      if (block.handler().isEmpty() || e.state() == SqlState.QUERY_CANCELED) {
        throw e;
      }
      return left(handle(block.handler().get(), e, variables), block.label());
    }
  }

  private static Flow left(Flow flow, String label) {
    boolean here = flow.kind() == Flow.Kind.EXIT && !label.isEmpty() && flow.label().equals(label);
    return here ? Flow.NEXT : flow;
  }

  private Flow handle(List<PlStatement> handler, SqlException error, Variables variables) {
    session.closeCursors();
    session.transaction().rollback();
    variables.declare("sqlerrm", ProcedureSql.TEXT, Constant.of(error.message()));
    variables.declare("sqlstate", ProcedureSql.TEXT, Constant.of(error.state().code()));
    handled = error;
    Flow flow = statements(handler, variables);
    session.transaction().commit();
    if (!routine.nonAtomic()) {
      throw error;
    }
    return flow;
  }

  private void declare(Declaration declaration, Variables variables) {
    String type = declaration.type().strip().toLowerCase(Locale.ROOT);
    if (type.equals("record") || type.endsWith("%rowtype")) {
      variables.declareRecord(declaration.name());
      return;
    }
    if (type.equals("alias")) {
      Value value = variables.get(declaration.initial().orElse("").strip(), "");
      variables.declare(declaration.name(), value.type(), value.constant());
      return;
    }
    if (type.equals("refcursor")) {
      variables.declare(declaration.name(), ProcedureSql.TEXT, Constant.NULL);
      if (!declaration.query().isEmpty()) {
        Map<String, SqlType> parameters = new LinkedHashMap<>();
        for (PlStatement.Parameter parameter : declaration.parameters()) {
          String written = parameter.type().strip().toLowerCase(Locale.ROOT);
          parameters.put(parameter.name(), type(written));
        }
        variables.bindCursor(
            declaration.name(), new Variables.BoundCursor(declaration.query(), parameters));
      }
      return;
    }
    SqlType resolved = type(type);
    Constant value =
        declaration
            .initial()
            .map(initial -> sql.evaluate(initial, resolved, variables))
            .orElse(Constant.NULL);
    variables.declare(declaration.name(), resolved, value);
  }

  /// A type as it is written, or `table.column%type`.
  private SqlType type(String text) {
    if (text.endsWith("%type")) {
      String column = text.substring(0, text.length() - "%type".length());
      int dot = column.lastIndexOf('.');
      String query =
          "select " + column.substring(dot + 1) + " from " + column.substring(0, dot) + " limit 0";
      return sql.run(query, new Variables(null)).noRow().values().iterator().next().type();
    }
    Expr cast = SqlParser.parseExpression("cast(null as " + text + ")", session.parserOptions());
    SqlType type = TypeResolver.resolve(((Expr.CastExpr) cast).type());
    return type.kind().isString() && type.precision() == 0 ? ProcedureSql.TEXT : type;
  }

  private void assign(PlStatement.Assign assign, Variables variables) {
    Target target = assign.target();
    Optional<SqlType> type = variables.type(target.name(), target.field());
    Constant value = sql.evaluate(assign.expression(), type.orElse(ProcedureSql.TEXT), variables);
    variables.set(target.name(), target.field(), value);
  }

  private void set(Target target, Value value, Variables variables) {
    SqlType type = variables.type(target.name(), target.field()).orElse(value.type());
    variables.set(target.name(), target.field(), sql.cast(value, type));
  }

  /// Gives variables the first row's values, or NULL if there is none.
  private void into(List<Target> targets, Result result, Variables variables) {
    List<Map<String, Value>> rows = result.rows();
    found(!rows.isEmpty(), variables);
    if (!targets.isEmpty()) {
      assign(targets, rows.isEmpty() ? result.noRow() : rows.getFirst(), variables);
    }
  }

  private void assign(List<Target> targets, Map<String, Value> row, Variables variables) {
    Target first = targets.getFirst();
    if (targets.size() == 1 && first.field().isEmpty() && variables.isRecord(first.name())) {
      variables.setRecord(first.name(), row);
      return;
    }
    List<Value> values = List.copyOf(row.values());
    for (int i = 0; i < targets.size(); i++) {
      Value value = i < values.size() ? values.get(i) : new Value(ProcedureSql.TEXT, Constant.NULL);
      set(targets.get(i), value, variables);
    }
  }

  private static void found(boolean found, Variables variables) {
    variables.set("found", "", Constant.of(found));
  }

  // -- loops

  private Flow loop(PlStatement.Loop loop, Variables variables) {
    while (loop.condition().isEmpty() || sql.condition(loop.condition().get(), variables)) {
      cancel.check();
      Flow flow = statements(loop.body(), variables);
      if (ends(flow, loop.label())) {
        return after(flow, loop.label());
      }
    }
    return Flow.NEXT;
  }

  private static boolean ends(Flow flow, String label) {
    return flow.kind() != Flow.Kind.NEXT
        && !(flow.kind() == Flow.Kind.CONTINUE && flow.concerns(label));
  }

  private static Flow after(Flow flow, String label) {
    return flow.kind() == Flow.Kind.EXIT && flow.concerns(label) ? Flow.NEXT : flow;
  }

  private Flow range(PlStatement.ForRange range, Variables outer) {
    long from = sql.integer(range.from(), outer);
    long to = sql.integer(range.to(), outer);
    long step = sql.integer(range.step(), outer);
    if (step <= 0) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "BY value of FOR loop must be greater than zero");
    }
    long by = range.reverse() ? -step : step;
    for (long i = from; range.reverse() ? i >= to : i <= to; i += by) {
      cancel.check();
      Variables variables = new Variables(outer);
      variables.declare(
          range.variable(), SqlType.INTEGER, new Constant.IntValue(Math.toIntExact(i)));
      Flow flow = statements(range.body(), variables);
      if (ends(flow, range.label())) {
        return after(flow, range.label());
      }
    }
    return Flow.NEXT;
  }

  private Flow rows(PlStatement.ForRows loop, Variables variables) {
    Rows source = loop.rows();
    Result result =
        source.dynamic()
            ? sql.run(sql.dynamic(source.text(), variables))
            : sql.run(source.text(), variables);
    List<Map<String, Value>> rows = result.rows();
    for (Map<String, Value> row : rows) {
      cancel.check();
      assign(loop.targets(), row, variables);
      Flow flow = statements(loop.body(), variables);
      if (ends(flow, loop.label())) {
        return after(flow, loop.label());
      }
    }
    found(!rows.isEmpty(), variables);
    return Flow.NEXT;
  }

  // -- SQL

  private void sql(Call call, List<Target> into, boolean discards, Variables variables) {
    Statement statement = call.statement();
    switch (statement) {
      case TransactionStatement end -> endTransaction(end);
      case RoutineStatement.CallStatement nested -> calls.nested(nested, call, variables);
      case DataStatement.TruncateStatement _ when insideBlock ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "TRUNCATE cannot be invoked from a procedure that is executing in an atomic"
                  + " context.");
      default -> {
        boolean query = statement instanceof DataStatement.QueryStatement;
        if (query && into.isEmpty() && !discards) {
          throw new SqlException(SqlState.SYNTAX_ERROR, "query has no destination for result data")
              .withHint("If you want to discard the results, use PERFORM instead.");
        }
        Result result = sql.run(call);
        rowCount = result.count();
        if (query) {
          into(into, result, variables);
        } else {
          found(rowCount > 0, variables);
        }
      }
    }
    boolean truncates = statement instanceof DataStatement.TruncateStatement;
    if ((routine.nonAtomic() || truncates) && !insideBlock) {
      session.closeCursors();
      session.transaction().commit();
    }
  }

  private void endTransaction(TransactionStatement statement) {
    if (insideBlock) {
      throw new SqlException(
              SqlState.INVALID_TRANSACTION_TERMINATION, "invalid transaction termination")
          .withHint("A procedure called in a transaction block cannot end the transaction.");
    }
    session.closeCursors();
    switch (statement) {
      case TransactionStatement.CommitStatement _ -> session.transaction().commit();
      case TransactionStatement.RollbackStatement _ -> session.transaction().rollback();
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "a procedure can only COMMIT or ROLLBACK");
    }
  }

  private void raise(PlStatement.Raise raise, Variables variables) {
    if (raise.level().equals("again") && handled != null) {
      throw handled;
    }
    StringBuilder message = new StringBuilder();
    int next = 0;
    String format = raise.format();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        message.append(c);
      } else if (i + 1 < format.length() && format.charAt(i + 1) == '%') {
        message.append('%');
        i++;
      } else if (next < raise.arguments().size()) {
        message.append(sql.shown(raise.arguments().get(next++), variables));
      } else {
        throw new SqlException(SqlState.SYNTAX_ERROR, "too few parameters specified for RAISE");
      }
    }
    calls.said(raise.level(), message.toString());
    switch (raise.level()) {
      case "exception", "again" ->
          throw new SqlException(SqlState.RAISE_EXCEPTION, message.toString());
      case "log", "debug" -> {}
      default -> client.notice(raise.level().toUpperCase(Locale.ROOT), "00000", message.toString());
    }
  }
}

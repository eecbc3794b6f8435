package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.procedure.PlStatement;
import io.redward.leader.procedure.PlStatement.Rows;
import io.redward.leader.session.ProcedureSql.Call;
import io.redward.leader.session.ProcedureSql.Collector;
import io.redward.leader.session.ProcedureSql.Result;
import io.redward.plan.expression.Constant;
import java.util.Iterator;

/// Cursors of a procedure: the session's own, named by the values of refcursor variables.
final class ProcedureCursors {
  private final LeaderSession session;
  private final ProcedureSql sql;

  ProcedureCursors(LeaderSession session, ProcedureSql sql) {
    this.session = session;
    this.sql = sql;
  }

  void open(PlStatement.Open open, Variables variables) {
    if (variables.get(open.cursor(), "").constant() instanceof Constant.Null) {
      variables.set(open.cursor(), "", Constant.of(open.cursor()));
    }
    String name = name(open.cursor(), variables);
    if (session.cursors().containsKey(name)) {
      throw new SqlException(SqlState.DUPLICATE_CURSOR, "cursor \"" + name + "\" already in use");
    }
    Call call =
        open.rows().map(rows -> call(rows, variables)).orElseGet(() -> bound(open, variables));
    PreparedStatement prepared =
        session.prepare(call.text(), call.statement(), call.arguments().hints());
    CancelToken cancel = new CancelToken();
    SessionPortal portal =
        new SessionPortal(
            prepared,
            results ->
                new StatementRunner(session, cancel, results, LoggedStatement.none(session))
                    .run(call.statement(), "", call.arguments()),
            () -> cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "cursor closed")));
    session.cursors().put(name, new Cursor(portal, session.warehouse().clock().instant()));
  }

  private Call call(Rows rows, Variables variables) {
    return rows.dynamic() ? sql.dynamic(rows.text(), variables) : sql.call(rows.text(), variables);
  }

  /// The query of a cursor's declaration, which sees what the cursor is opened with.
  private Call bound(PlStatement.Open open, Variables variables) {
    Variables.BoundCursor cursor =
        variables
            .boundCursor(open.cursor())
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.SYNTAX_ERROR, "OPEN of an unbound cursor needs a query"));
    if (open.arguments().size() != cursor.parameters().size()) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "cursor \"" + open.cursor() + "\" takes " + cursor.parameters().size() + " arguments");
    }
    Variables inside = new Variables(variables);
    Iterator<String> arguments = open.arguments().iterator();
    cursor
        .parameters()
        .forEach(
            (name, type) ->
                inside.declare(name, type, sql.evaluate(arguments.next(), type, variables)));
    return sql.call(cursor.query(), inside);
  }

  private static String name(String variable, Variables variables) {
    return ProcedureSql.text(variables.get(variable, "").constant());
  }

  private Cursor cursor(String name) {
    Cursor cursor = session.cursors().get(name);
    if (cursor == null) {
      throw new SqlException(
          SqlState.INVALID_CURSOR_NAME, "cursor \"" + name + "\" does not exist");
    }
    return cursor;
  }

  /// The next row, or none.
  Result fetch(String variable, Variables variables) {
    Cursor cursor = cursor(name(variable, variables));
    Collector collector = new Collector(NullConsumer.INSTANCE);
    long count = cursor.fetch(1, collector);
    return new Result(cursor.columns(), collector.batches(), count);
  }

  void close(String variable, Variables variables) {
    String name = name(variable, variables);
    cursor(name).close();
    session.cursors().remove(name);
  }
}

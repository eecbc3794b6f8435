package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CursorStatement;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Identifier;
import java.util.List;

/// DECLARE, FETCH, CLOSE. A cursor lives in its transaction, reads forward, and runs its query
/// behind a relay, so that it holds no result.
final class CursorCommands {
  private final LeaderSession session;

  CursorCommands(LeaderSession session) {
    this.session = session;
  }

  void run(CursorStatement statement, ResultConsumer results) {
    switch (statement) {
      case CursorStatement.DeclareCursorStatement declare -> {
        declare(declare);
        results.complete("DECLARE CURSOR");
      }
      case CursorStatement.FetchStatement fetch -> fetch(fetch, results);
      case CursorStatement.CloseCursorStatement close -> {
        if (close.cursor().isEmpty()) {
          session.closeCursors();
        } else {
          cursor(close.cursor().get()).close();
          session.cursors().remove(close.cursor().get().name());
        }
        results.complete("CLOSE CURSOR");
      }
    }
  }

  private void declare(CursorStatement.DeclareCursorStatement declare) {
    String name = declare.name().name();
    if (!session.transaction().explicit()) {
      throw new SqlException(
          SqlState.NO_ACTIVE_TRANSACTION, "DECLARE CURSOR may only be used in transaction blocks");
    }
    if (session.cursors().containsKey(name)) {
      throw new SqlException(SqlState.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists")
          .withPosition(declare.name().position());
    }
    DataStatement.QueryStatement query = new DataStatement.QueryStatement(declare.query());
    PreparedStatement prepared = session.prepare("", query, List.of());
    CancelToken cancel = new CancelToken();
    SessionPortal portal =
        new SessionPortal(
            prepared,
            results ->
                new StatementRunner(session, cancel, results, LoggedStatement.none(session))
                    .run(query, "", Arguments.NONE),
            () -> cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "cursor closed")));
    session.cursors().put(name, new Cursor(portal, session.warehouse().clock().instant()));
  }

  private void fetch(CursorStatement.FetchStatement fetch, ResultConsumer results) {
    Cursor cursor = cursor(fetch.cursor());
    if (fetch.direction() != CursorStatement.FetchDirection.FORWARD || fetch.count() < 0) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "cursor can only scan forward")
          .withPosition(fetch.position());
    }
    if (fetch.move()) {
      results.complete("MOVE " + cursor.fetch(fetch.count(), NullConsumer.INSTANCE));
    } else {
      results.columns(cursor.columns());
      results.complete("FETCH " + cursor.fetch(fetch.count(), results));
    }
  }

  List<ResultColumn> columns(CursorStatement.FetchStatement fetch) {
    return fetch.move() ? List.of() : cursor(fetch.cursor()).columns();
  }

  private Cursor cursor(Identifier name) {
    Cursor cursor = session.cursors().get(name.name());
    if (cursor == null) {
      throw new SqlException(
              SqlState.INVALID_CURSOR_NAME, "cursor \"" + name.name() + "\" does not exist")
          .withPosition(name.position());
    }
    return cursor;
  }
}

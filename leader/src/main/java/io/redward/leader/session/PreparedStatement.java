package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.Statement;
import java.util.List;
import java.util.Optional;

/// What [Session#prepare] keeps: the parsed statement, and what its parameters and columns are.
///
/// @param statement empty for an empty text
/// @param hints parameter types as the client declared them; UNKNOWN where it left them open
/// @param last the plan it was run with last
record PreparedStatement(
    String text,
    Optional<Statement> statement,
    List<SqlType> hints,
    List<SqlType> parameterTypes,
    List<ResultColumn> columns,
    LastPlan last)
    implements Prepared {
  /// Of an empty text.
  static final PreparedStatement EMPTY =
      new PreparedStatement("", Optional.empty(), List.of(), List.of(), List.of(), new LastPlan());

  PreparedStatement {
    hints = List.copyOf(hints);
    parameterTypes = List.copyOf(parameterTypes);
    columns = List.copyOf(columns);
  }

  @Override
  public boolean isEmpty() {
    return statement.isEmpty();
  }
}

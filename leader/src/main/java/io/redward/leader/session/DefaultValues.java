package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;

/// Values of expressions that see no rows (a column's DEFAULT, EXECUTE's arguments), computed by
/// running them as a query of one row.
final class DefaultValues {
  private final LeaderSession session;
  private final QueryRunner queries;

  DefaultValues(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  /// The expression's value as a value of the type.
  Constant evaluate(String expression, SqlType type) {
    return row("select cast((" + expression + ") as " + type + ")").getFirst();
  }

  /// The values of a one-row query's columns.
  List<Constant> row(String query) {
    DataStatement.QueryStatement statement =
        (DataStatement.QueryStatement)
            SqlParser.parse(query, session.parserOptions()).getFirst().statement();
    List<Constant> row = new ArrayList<>();
    queries.select(queries.plan(statement, "", List.of()), List.of(), new OneRow(row));
    return row;
  }

  /// Keeps the first row.
  private record OneRow(List<Constant> row) implements QuietConsumer {
    @Override
    public void rows(Batch batch) {
      if (!row.isEmpty()) {
        throw new SqlException(
            SqlState.CARDINALITY_VIOLATION, "an expression gave more than one row");
      }
      for (Vector vector : batch.vectors) {
        row.add(constant(vector, batch.row(0)));
      }
    }
  }

  /// One value of a batch.
  static Constant constant(Vector vector, int row) {
    if (vector.isNull(row)) {
      return Constant.NULL;
    }
    return switch (vector) {
      case IntVector ints -> new Constant.IntValue(ints.values[row]);
      case LongVector longs -> new Constant.LongValue(longs.values[row]);
      case DoubleVector doubles -> new Constant.DoubleValue(doubles.values[row]);
      case Int128Vector wide -> new Constant.Int128Value(new Int128(wide.high[row], wide.low[row]));
      case BytesVector bytes -> new Constant.BytesValue(bytes.copy(row));
    };
  }
}

package io.redward.leader.physical;

import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import java.util.List;

/// Where the rows of a planned query go.
public sealed interface StatementTarget {
  /// To the client.
  record Client() implements StatementTarget {}

  /// Into a table: INSERT … SELECT or VALUES, CREATE TABLE AS. The query's fields are the values of
  /// `columnIds`, already of the columns' types.
  ///
  /// @param columns parallel to `columnIds`, as the table declares them: a NULL in one that is not
  ///     nullable is refused when it is written
  /// @param identities which of `columnIds` get a new identity value where the row has NULL
  /// @param returns whether what is written is returned, with the query's further fields
  record Insert(
      long tableId,
      String tableName,
      int[] columnIds,
      List<Field> columns,
      List<Integer> identities,
      boolean returns)
      implements StatementTarget {
    public Insert {
      columns = List.copyOf(columns);
      identities = List.copyOf(identities);
    }
  }

  /// Deletes rows: the query's first field is the row id.
  record Delete(long tableId, String tableName, boolean returns) implements StatementTarget {}

  /// Replaces rows: the query's first field is the row id, the others are as for [Insert] and give
  /// every column of the table.
  record Update(
      long tableId, String tableName, int[] columnIds, List<Field> columns, boolean returns)
      implements StatementTarget {
    public Update {
      columns = List.copyOf(columns);
    }
  }

  /// MERGE: the query's first field is the row id, NULL for a new row, the others are as for
  /// [Insert] and give every column of the table.
  record Merge(Insert rows, SinkStep.Matched matched) implements StatementTarget {}

  StatementTarget CLIENT = new Client();
}

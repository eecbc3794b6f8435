package io.redward.leader.physical;

/// Where the rows of a planned query go.
public sealed interface StatementTarget {
  /// To the client.
  record Client() implements StatementTarget {}

  /// Into a table: INSERT … SELECT or VALUES, CREATE TABLE AS. The query's fields are the values of
  /// `columnIds`, already of the columns' types.
  record Insert(long tableId, String tableName, int[] columnIds) implements StatementTarget {}

  /// Deletes rows: the query's first field is the row id.
  record Delete(long tableId, String tableName) implements StatementTarget {}

  /// Replaces rows: the query's first field is the row id, the others are as for [Insert] and give
  /// every column of the table.
  record Update(long tableId, String tableName, int[] columnIds) implements StatementTarget {}

  StatementTarget CLIENT = new Client();
}

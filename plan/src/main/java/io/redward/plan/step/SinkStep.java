package io.redward.plan.step;

import io.redward.plan.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How a segment ends: rows go into a state, into a table or to the client.
public sealed interface SinkStep {
  /// The state that the step fills, -1 for none.
  default int filledState() {
    return switch (this) {
      case Build build -> build.stateId();
      case Aggregate aggregate -> aggregate.stateId();
      case Materialize buffer -> buffer.stateId();
      case Sort sort -> sort.stateId();
      case Window window -> window.stateId();
      case Return _, Send _, Insert _, Delete _, Update _, Merge _ -> -1;
    };
  }

  /// Fills join state `stateId`.
  ///
  /// @param payload what a probe gets to see, one expression a field of `fields`
  /// @param nullSafe parallel to keys: true where NULL matches NULL (set operations)
  /// @param marks true if a probe marks rows (RIGHT, FULL, MARK)
  /// @param keepNullKeys true if rows with a NULL key must be kept (RIGHT, FULL, MARK)
  record Build(
      int stateId,
      List<Expression> keys,
      List<Boolean> nullSafe,
      List<Expression> payload,
      List<Field> fields,
      boolean marks,
      boolean keepNullKeys)
      implements SinkStep {}

  /// Groups rows into aggregate state `stateId`; no keys means one group even without rows.
  ///
  /// @param fields keys then aggregate results
  /// @param sorted rows of one group come one after another, mostly: worth looking at the last
  ///     row's group first
  record Aggregate(
      int stateId,
      List<Expression> keys,
      List<AggregateCall> calls,
      List<Field> fields,
      boolean sorted)
      implements SinkStep {
    public Aggregate(
        int stateId, List<Expression> keys, List<AggregateCall> calls, List<Field> fields) {
      this(stateId, keys, calls, fields, false);
    }
  }

  /// Appends rows to buffer `stateId`, in no order.
  record Materialize(int stateId, List<Field> fields) implements SinkStep {}

  /// Sorts rows into buffer `stateId`; with `limit` only the first `offset + limit` are kept and
  /// the first `offset` dropped.
  record Sort(int stateId, List<SortKey> keys, OptionalLong limit, long offset, List<Field> fields)
      implements SinkStep {}

  /// Collects rows into buffer `stateId`, partitions and sorts them and appends one field a call.
  ///
  /// @param fields the input's fields then the calls' results
  record Window(
      int stateId,
      List<Integer> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> calls,
      List<Field> fields)
      implements SinkStep {}

  /// Hands rows to the client; at most `limit` after skipping `offset`, in the source's order where
  /// the source is ordered.
  record Return(List<Field> fields, OptionalLong limit, long offset) implements SinkStep {}

  /// Hands rows to other fragments of the plan, on this machine or others.
  ///
  /// @param exchange what the fragments' plans call the way that the rows go
  record Send(int exchange, List<Field> fields) implements SinkStep {
    public Send {
      fields = List.copyOf(fields);
    }
  }

  /// Appends rows to a table. The row's fields are the values of `columnIds` in that order, already
  /// cast; columns not named get NULL. The sink refuses NULLs in columns that are not nullable.
  ///
  /// @param fields the columns as the table declares them, parallel to `columnIds`: their names and
  ///     whether they may be NULL, which the row that arrives knows nothing of
  /// @param identities which of `columnIds` get a new identity value where the row has NULL
  /// @param returns whether the rows that are written are handed to the client, as written; further
  ///     fields of the row go along
  record Insert(
      long tableId,
      String tableName,
      int[] columnIds,
      List<Field> fields,
      List<Integer> identities,
      boolean returns)
      implements SinkStep {}

  /// Deletes the rows named by field `rowId`.
  ///
  /// @param returns whether the other fields are handed to the client, once for each row deleted
  record Delete(long tableId, String tableName, int rowId, boolean returns) implements SinkStep {}

  /// Replaces the rows named by field `rowId` by the row's other fields, which are as for [Insert].
  ///
  /// @param returns as for [Insert]
  record Update(
      long tableId,
      String tableName,
      int rowId,
      int[] columnIds,
      List<Field> fields,
      boolean returns)
      implements SinkStep {}

  /// MERGE: a row whose field `rowId` is NULL is inserted, one that has it meets a row of the
  /// table. The other fields are as for [Insert].
  ///
  /// @param matched what becomes of rows that are met
  /// @param returns as for [Insert]; deleted rows are among them
  record Merge(
      long tableId,
      String tableName,
      int rowId,
      int[] columnIds,
      List<Field> fields,
      List<Integer> identities,
      Matched matched,
      boolean returns)
      implements SinkStep {}

  /// What MERGE does with a row of the table that is met.
  enum Matched {
    /// It is replaced; meeting it twice is an error.
    UPDATE,
    /// It is deleted; meeting it twice is an error.
    DELETE,
    /// REMOVE DUPLICATES: it is deleted, however often it is met.
    REMOVE
  }

  /// A sort key over the fields of the row.
  record SortKey(int field, boolean descending, boolean nullsFirst) {}

  /// An aggregate over the rows of a group.
  ///
  /// @param distinct only distinct argument values count
  /// @param filter only rows for which it is true count
  /// @param result type and form of the answer
  record AggregateCall(
      AggregateFunction function,
      List<Expression> arguments,
      boolean distinct,
      Optional<Expression> filter,
      List<SortKey> orderBy,
      Field result) {}

  /// The aggregate functions execution knows; the binder writes AVG over integers, STDDEV and such
  /// in terms of them only where that is exact.
  enum AggregateFunction {
    COUNT_STAR,
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    ANY_VALUE,
    BOOL_AND,
    BOOL_OR,
    BIT_AND,
    BIT_OR,
    STDDEV_SAMP,
    STDDEV_POP,
    VAR_SAMP,
    VAR_POP,
    MEDIAN,
    PERCENTILE_CONT,
    PERCENTILE_DISC,
    LISTAGG,
    APPROXIMATE_COUNT_DISTINCT,
    HLL_CREATE_SKETCH,
    HLL_COMBINE,
    /// Any of the rows if there is exactly one, NULL if none, error 21000 if several: scalar
    /// subqueries.
    SINGLE_VALUE
  }

  /// A window function over the sorted rows of a partition; arguments index the row's fields.
  record WindowCall(
      WindowFunction function,
      List<Integer> arguments,
      boolean ignoreNulls,
      WindowFrame frame,
      Field result) {}

  /// The window functions.
  enum WindowFunction {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST,
    NTILE,
    LAG,
    LEAD,
    FIRST_VALUE,
    LAST_VALUE,
    NTH_VALUE,
    COUNT_STAR,
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    STDDEV_SAMP,
    STDDEV_POP,
    VAR_SAMP,
    VAR_POP,
    MEDIAN,
    PERCENTILE_CONT,
    PERCENTILE_DISC,
    LISTAGG,
    RATIO_TO_REPORT,
    ANY_VALUE
  }

  /// A frame; offsets are row counts (ROWS only), `Long.MAX_VALUE` is UNBOUNDED, 0 CURRENT ROW.
  /// `start` counts backwards (2 = two rows before), `end` forwards.
  record WindowFrame(boolean rows, long start, long end) {
    public static final WindowFrame WHOLE_PARTITION =
        new WindowFrame(true, Long.MAX_VALUE, Long.MAX_VALUE);
  }
}

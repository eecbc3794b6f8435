package io.redward.plan.step;

import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import java.util.List;

/// Where a segment's rows come from, batch by batch. `fields` is the row it yields.
public sealed interface SourceStep {
  List<Field> fields();

  /// The state whose rows the step yields, -1 for none.
  default int scannedState() {
    return switch (this) {
      case AggregateScan scan -> scan.stateId();
      case BufferScan scan -> scan.stateId();
      case JoinScan scan -> scan.stateId();
      case TableScan _, SystemScan _, Values _, Receive _, MergeJoin _ -> -1;
    };
  }

  /// Reads a stored table. Columns not asked for are not read.
  ///
  /// @param columnIds the table's column ids, parallel to `fields` (without the row id)
  /// @param predicates conjuncts that the scan kernels evaluate and that prune by zone map; exact:
  ///     a row that fails one does not come out
  /// @param joinFilters filters from hash tables built in earlier streams; may let rows through
  /// @param rowIds true appends a BIGINT field that names the row for deletion
  /// @param placement where several nodes share the table: who has which rows
  record TableScan(
      long tableId,
      String tableName,
      int[] columnIds,
      List<Field> fields,
      List<ScanPredicate> predicates,
      List<JoinFilter> joinFilters,
      boolean rowIds,
      Placement placement)
      implements SourceStep {
    public TableScan(
        long tableId,
        String tableName,
        int[] columnIds,
        List<Field> fields,
        List<ScanPredicate> predicates,
        List<JoinFilter> joinFilters,
        boolean rowIds) {
      this(
          tableId,
          tableName,
          columnIds,
          fields,
          predicates,
          joinFilters,
          rowIds,
          new Placement.Anywhere());
    }

    public TableScan {
      fields = List.copyOf(fields);
      predicates = List.copyOf(predicates);
      joinFilters = List.copyOf(joinFilters);
    }
  }

  /// Which node a row of a table belongs to where there are several.
  sealed interface Placement {
    /// Every row on every node.
    record Everywhere() implements Placement {}

    /// Each on some node.
    record Anywhere() implements Placement {}

    /// Those whose values of a column lie near each other on one node.
    record ByColumn(int columnId) implements Placement {}
  }

  /// Reads a system table or another plugged-in source, all of whose rows come from the leader.
  ///
  /// @param columns ordinals of the source's columns, parallel to `fields`
  record SystemScan(String schema, String name, int[] columns, List<Field> fields)
      implements SourceStep {}

  /// Rows given in the plan; expressions see no fields. One row of no columns is `SELECT 1`'s.
  record Values(List<List<Expression>> rows, List<Field> fields) implements SourceStep {}

  /// The groups of an aggregate state: keys, then one field an aggregate call.
  record AggregateScan(int stateId, List<Field> fields) implements SourceStep {}

  /// The rows of a row buffer, in its order if it was filled by a sort or window step; `ordered`
  /// then asks for one reader.
  record BufferScan(int stateId, List<Field> fields, boolean ordered) implements SourceStep {}

  /// The build rows of a join state that some probe row matched, or that none did; fields are the
  /// build payload.
  record JoinScan(int stateId, boolean matched, List<Field> fields) implements SourceStep {}

  /// Rows that another fragment of the plan sends, on this machine or another one.
  ///
  /// @param exchange what the fragments' plans call the way that the rows come
  /// @param columns the fields that are sent; nobody reads the others, which hold nothing
  record Receive(int exchange, int[] columns, List<Field> fields) implements SourceStep {
    public Receive {
      fields = List.copyOf(fields);
    }
  }

  /// Joins two tables both of which are sorted by the keys, passing through each once. The scans'
  /// predicates hold before the join.
  ///
  /// @param outerKeys fields of the outer scan equated with `innerKeys`, in the order of both sort
  ///     keys; INT or LONG
  /// @param keepsOuter true for a left join: an outer row without a match comes out with NULLs
  /// @param fields the outer scan's fields, then the inner's
  record MergeJoin(
      TableScan outer,
      TableScan inner,
      int[] outerKeys,
      int[] innerKeys,
      boolean keepsOuter,
      List<Field> fields)
      implements SourceStep {
    public MergeJoin {
      fields = List.copyOf(fields);
    }
  }

  /// A conjunct a scan can test by itself. `field` indexes the scan's fields.
  sealed interface ScanPredicate {
    int field();

    /// Field against a literal or parameter of the field's type and scale; a NULL value matches
    /// nothing.
    record Compare(int field, Comparison.Operator operator, Expression value)
        implements ScanPredicate {}

    /// Field among constants, none NULL.
    record In(int field, List<Constant> values) implements ScanPredicate {}

    /// Field IS NULL or IS NOT NULL.
    record NullTest(int field, boolean wantNull) implements ScanPredicate {}

    /// String field LIKE a literal or parameter, or NOT LIKE it if not `wanted`; a NULL pattern
    /// matches nothing either way.
    ///
    /// @param escape the character that takes its meaning from the next one, 0 for none
    record Matches(int field, Expression pattern, char escape, boolean wanted)
        implements ScanPredicate {}
  }

  /// Keeps rows whose `field` may be among the keys of a join state (its key `keyIndex`).
  record JoinFilter(int field, int stateId, int keyIndex) {}
}

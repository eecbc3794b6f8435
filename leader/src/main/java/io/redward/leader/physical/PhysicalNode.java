package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SourceStep.JoinFilter;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.plan.step.TransformStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A chosen operator. Expressions index the row of the input; `columns` is the row yielded.
///
/// States (hash tables, buffers) get their plan-wide ids here, as `stateId`, so that a scan can
/// name the join whose keys filter it.
sealed interface PhysicalNode {
  List<Column> columns();

  Estimate estimate();

  Distribution distribution();

  List<PhysicalNode> inputs();

  default List<Field> fields() {
    return columns().stream().map(Column::field).toList();
  }

  /// Average bytes of a row.
  default double width() {
    double width = 0;
    for (Column column : columns()) {
      width += column.width();
    }
    return width;
  }

  default double rows() {
    return estimate().rows();
  }

  /// An operator over one input, with that one's row, estimate and distribution unless it says
  /// otherwise.
  sealed interface OfOne extends PhysicalNode {
    PhysicalNode input();

    @Override
    default List<Column> columns() {
      return input().columns();
    }

    @Override
    default Estimate estimate() {
      return input().estimate();
    }

    @Override
    default Distribution distribution() {
      return input().distribution();
    }

    @Override
    default List<PhysicalNode> inputs() {
      return List.of(input());
    }
  }

  /// Reads a stored table.
  ///
  /// @param predicates what the scan tests while decoding, cheapest first
  /// @param tableRows rows of the table as planned for
  /// @param filters further conjuncts, tested row by row
  record SeqScan(
      ScanTarget.Stored table,
      double tableRows,
      List<Integer> columnIds,
      boolean rowIds,
      List<ScanPredicate> predicates,
      List<Expression> filters,
      List<JoinFilter> joinFilters,
      List<Column> columns,
      Estimate estimate,
      Distribution distribution)
      implements PhysicalNode {
    /// The same scan with further tests.
    SeqScan testing(List<ScanPredicate> predicates, List<Expression> filters, Estimate estimate) {
      return new SeqScan(
          table,
          tableRows,
          columnIds,
          rowIds,
          predicates,
          filters,
          joinFilters,
          columns,
          estimate,
          distribution);
    }

    /// The same scan with these filters from hash tables.
    SeqScan filteredBy(List<JoinFilter> joinFilters) {
      return new SeqScan(
          table,
          tableRows,
          columnIds,
          rowIds,
          predicates,
          filters,
          joinFilters,
          columns,
          estimate,
          distribution);
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of();
    }
  }

  /// Reads a table whose rows the leader makes.
  record SystemTableScan(
      ScanTarget.System table, List<Integer> ordinals, List<Column> columns, Estimate estimate)
      implements PhysicalNode {
    @Override
    public Distribution distribution() {
      return Distribution.LEADER;
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of();
    }
  }

  /// Rows given in the statement.
  record ValuesScan(List<List<Expression>> tuples, List<Column> columns, Estimate estimate)
      implements PhysicalNode {
    @Override
    public Distribution distribution() {
      return Distribution.LEADER;
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of();
    }
  }

  /// Keeps rows for which every condition is true.
  record Filter(PhysicalNode input, List<Expression> conditions, Estimate estimate)
      implements OfOne {}

  /// The rows that row-level security lets through: conditions above are not moved into the scan
  /// below.
  ///
  /// @param relation the name of what is protected
  record Secured(PhysicalNode input, String relation) implements OfOne {}

  /// Computes a row.
  record Project(
      PhysicalNode input,
      List<Expression> expressions,
      List<Column> columns,
      Distribution distribution)
      implements OfOne {}

  /// Yields each row once a list of expressions: grouping sets.
  record Expand(
      PhysicalNode input,
      List<List<Expression>> rowExpressions,
      List<Column> columns,
      Estimate estimate)
      implements OfOne {
    @Override
    public Distribution distribution() {
      return Distribution.EVEN;
    }
  }

  /// Yields each row once per element of a SUPER value: the input's columns, the element, its key.
  record Unnest(
      PhysicalNode input,
      Expression value,
      TransformStep.Unnest.Elements elements,
      boolean outer,
      List<Column> columns,
      Estimate estimate)
      implements OfOne {}

  /// Joins by a hash table over the build side.
  ///
  /// @param payload places of the build columns that come out or that the residual reads
  /// @param residual over probe columns ++ payload
  /// @param label how data would move, `DS_…`
  record HashJoin(
      int stateId,
      PhysicalNode probe,
      PhysicalNode build,
      JoinMethod method,
      Keys keys,
      List<Integer> payload,
      Optional<Expression> residual,
      String label,
      List<Column> columns,
      Estimate estimate,
      Distribution distribution)
      implements PhysicalNode {
    /// The equated expressions, parallel.
    ///
    /// @param nullSafe true where NULL matches NULL
    record Keys(List<Expression> probe, List<Expression> build, List<Boolean> nullSafe) {}

    @Override
    public List<PhysicalNode> inputs() {
      return List.of(probe, build);
    }
  }

  /// Joins two tables that are both sorted by the keys, reading each once.
  ///
  /// @param keys plain columns of the two scans, in the order of both sort keys
  /// @param residual over outer columns ++ inner columns; INNER only
  record MergeJoin(
      SeqScan outer,
      SeqScan inner,
      JoinMethod method,
      HashJoin.Keys keys,
      Optional<Expression> residual,
      String label,
      List<Column> columns,
      Estimate estimate,
      Distribution distribution)
      implements PhysicalNode {
    @Override
    public List<PhysicalNode> inputs() {
      return List.of(outer, inner);
    }
  }

  /// Pairs every outer row with every row of a buffer of the inner side.
  record NestedLoopJoin(
      int stateId,
      PhysicalNode outer,
      PhysicalNode inner,
      JoinMethod method,
      Optional<Expression> condition,
      String label,
      List<Column> columns,
      Estimate estimate,
      Distribution distribution)
      implements PhysicalNode {
    @Override
    public List<PhysicalNode> inputs() {
      return List.of(outer, inner);
    }
  }

  /// Groups rows; no keys is one group. Without calls it is DISTINCT.
  ///
  /// @param sorted the input comes in an order that keeps the rows of a group together
  record Aggregate(
      int stateId,
      PhysicalNode input,
      List<Expression> keys,
      List<AggregateCall> calls,
      boolean sorted,
      List<Column> columns,
      Estimate estimate,
      Distribution distribution)
      implements OfOne {}

  /// Sorts; with a limit it keeps only the first rows.
  record Sort(
      int stateId,
      PhysicalNode input,
      List<SortKey> keys,
      OptionalLong limit,
      long offset,
      Estimate estimate)
      implements OfOne {}

  /// Some `limit` rows after skipping `offset`, in the input's order where it has one.
  record Limit(int stateId, PhysicalNode input, OptionalLong limit, long offset, Estimate estimate)
      implements OfOne {}

  /// Window functions of one partitioning and order; yields the input's columns and one a call.
  record Window(
      int stateId,
      PhysicalNode input,
      List<Integer> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> calls,
      List<Column> columns,
      Estimate estimate)
      implements OfOne {}

  /// All rows of all inputs, which have the same fields.
  record Append(List<PhysicalNode> inputs, List<Column> columns, Estimate estimate)
      implements PhysicalNode {
    @Override
    public Distribution distribution() {
      return Distribution.EVEN;
    }
  }

  /// Rows that several operators read and that are computed once; equal ids are one computation.
  record Shared(int stateId, PhysicalNode input) implements OfOne {
    @Override
    public List<Column> columns() {
      return input.columns().stream().map(Column::withoutOrigin).toList();
    }
  }
}

package io.redward.plan.step;

import io.redward.plan.expression.Expression;
import java.util.List;
import java.util.Optional;

/// What happens to a row between a segment's source and its sink. Expressions index the row that
/// the step before yields; `fields` is the row this step yields.
public sealed interface TransformStep {
  List<Field> fields();

  /// The state that the step looks rows up in, -1 for none.
  default int lookedUpState() {
    return switch (this) {
      case Probe probe -> probe.stateId();
      case NestedLoop loop -> loop.stateId();
      case Filter _, Project _, Expand _, Unnest _ -> -1;
    };
  }

  /// Keeps rows for which `condition` is true.
  record Filter(Expression condition, List<Field> fields) implements TransformStep {}

  /// Replaces the row by the expressions' values.
  record Project(List<Expression> expressions, List<Field> fields) implements TransformStep {}

  /// Yields each row once per list of expressions: GROUPING SETS, UNPIVOT.
  record Expand(List<List<Expression>> rows, List<Field> fields) implements TransformStep {}

  /// Yields each row once per element of a SUPER value, followed by the element and its key: for an
  /// array a BIGINT index from 0 on, for an object the name as a SUPER string. A value that is no
  /// array is its own element without an index; nothing but objects has members.
  ///
  /// @param outer whether a row without elements comes once with NULLs
  record Unnest(Expression value, Elements elements, boolean outer, List<Field> fields)
      implements TransformStep {
    public enum Elements {
      ARRAY,
      OBJECT
    }
  }

  /// Looks rows up in a join state.
  ///
  /// INNER and LEFT yield the row followed by the build payload (all NULL for LEFT without a
  /// match); SEMI, ANTI and NULL_AWARE_ANTI yield the row alone; MARK kinds yield nothing or the
  /// matched pairs and mark the build rows for a later [SourceStep.JoinScan].
  ///
  /// @param keys probe keys, types as the build's; NULL keys match nothing unless the build's key
  ///     is null-safe
  /// @param residual further condition over probe fields ++ build payload, part of the join
  ///     condition
  /// @param partitioned whether the join state is one partition of several: rows that belong to
  ///     another are dropped, whatever the kind
  record Probe(
      int stateId,
      JoinKind kind,
      List<Expression> keys,
      Optional<Expression> residual,
      List<Field> fields,
      boolean partitioned)
      implements TransformStep {
    public Probe(
        int stateId,
        JoinKind kind,
        List<Expression> keys,
        Optional<Expression> residual,
        List<Field> fields) {
      this(stateId, kind, keys, residual, fields, false);
    }

    /// The same probe of a partition.
    public Probe ofPartitions() {
      return new Probe(stateId, kind, keys, residual, fields, true);
    }
  }

  /// Pairs each row with every row of a buffer for which `condition` holds (all if absent): INNER,
  /// LEFT, SEMI, ANTI as in [Probe].
  record NestedLoop(int stateId, JoinKind kind, Optional<Expression> condition, List<Field> fields)
      implements TransformStep {}

  /// How a probe treats matches.
  enum JoinKind {
    INNER,
    LEFT,
    SEMI,
    ANTI,
    /// `NOT IN`: no row at all once the build holds a NULL key; a NULL probe key passes only if the
    /// build is empty.
    NULL_AWARE_ANTI,
    /// Yields matched pairs as INNER does and marks build rows: right outer.
    RIGHT,
    /// Yields as LEFT does and marks build rows: full outer.
    FULL,
    /// Yields nothing, only marks build rows: semi or anti join whose kept side is the build side.
    MARK
  }
}

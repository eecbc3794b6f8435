package io.redward.cluster.cut;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.TransformStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Rows that are where the value of a field puts them.
///
/// @param group tables that are divided alike; see [KeyGroups]
/// @param fields of the row, each of which would put it there
record Keyed(int group, Set<Integer> fields) {
  /// None if there are no such fields.
  static Optional<Keyed> of(int group, Set<Integer> fields) {
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Keyed(group, fields));
  }

  /// The same rows after a step that looks nothing up or keeps the looking row as it is.
  Optional<Keyed> after(TransformStep step) {
    return switch (step) {
      case TransformStep.Filter _,
          TransformStep.Probe _,
          TransformStep.NestedLoop _,
          TransformStep.Unnest _ ->
          Optional.of(this);
      case TransformStep.Project project -> through(project.expressions());
      case TransformStep.Expand expand -> {
        Set<Integer> kept = new TreeSet<>();
        for (int i = 0; i < expand.fields().size(); i++) {
          int field = i;
          if (expand.rows().stream().allMatch(row -> fields.contains(column(row.get(field))))) {
            kept.add(field);
          }
        }
        yield of(group, kept);
      }
    };
  }

  /// The same rows as these values of them.
  Optional<Keyed> through(List<Expression> values) {
    Set<Integer> kept = new TreeSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (fields.contains(column(values.get(i)))) {
        kept.add(i);
      }
    }
    return of(group, kept);
  }

  /// The ordinals of those keys by which the rows are placed.
  Set<Integer> among(List<Expression> keys) {
    Set<Integer> found = new TreeSet<>();
    for (int i = 0; i < keys.size(); i++) {
      if (fields.contains(column(keys.get(i)))) {
        found.add(i);
      }
    }
    return found;
  }

  /// With further fields.
  Keyed and(Set<Integer> more) {
    Set<Integer> all = new TreeSet<>(fields);
    all.addAll(more);
    return new Keyed(group, all);
  }

  /// Whether ranges tell where values of a type belong: those that are equal in SQL have one word.
  static boolean isPlaceable(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN,
          SMALLINT,
          INTEGER,
          BIGINT,
          OID,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          DECIMAL,
          REAL,
          DOUBLE,
          TEXT ->
          true;
      case CHAR, VARCHAR -> !type.caseInsensitive();
      default -> false;
    };
  }

  /// Whether words of two sides that a join equates can be compared.
  static boolean alike(Expression one, Expression other) {
    SqlType left = one.type();
    SqlType right = other.type();
    boolean bothIntegers = left.kind().isInteger() && right.kind().isInteger();
    boolean same = left.kind() == right.kind() && left.scale() == right.scale();
    return isPlaceable(left)
        && isPlaceable(right)
        && (bothIntegers || isText(left) && isText(right) || same);
  }

  /// The field that is the expression's value, if only made wider; -1 if there is none.
  static int column(Expression value) {
    return switch (value) {
      case FieldRef field -> field.index();
      case Cast cast when keepsValue(cast.operand().type(), cast.type()) -> column(cast.operand());
      default -> -1;
    };
  }

  private static boolean keepsValue(SqlType from, SqlType to) {
    if (isText(from) && isText(to)) {
      boolean fits = to.kind() == TypeKind.TEXT || to.precision() >= from.precision();
      return fits && (from.kind() == TypeKind.TEXT) == (to.kind() == TypeKind.TEXT);
    }
    return from.kind().isInteger()
            && to.kind().isInteger()
            && isNarrow(from.physical())
            && isNarrow(to.physical())
        || from.kind() == TypeKind.DECIMAL
            && to.kind() == TypeKind.DECIMAL
            && from.scale() == to.scale()
            && from.precision() <= to.precision();
  }

  private static boolean isText(SqlType type) {
    return isPlaceable(type) && type.physical() == Physical.BYTES;
  }

  private static boolean isNarrow(Physical form) {
    return form == Physical.INT || form == Physical.LONG;
  }
}

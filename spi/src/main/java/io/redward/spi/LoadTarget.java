package io.redward.spi;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import io.redward.storage.table.TableShape;
import java.util.List;
import java.util.Optional;

/// The table a load fills.
///
/// @param columns all of the table's columns in table order, parallel to the shape's
/// @param fields which column each field of a row goes to: indices into `columns`, in field order
/// @param firstIdentity reserves identity values: given a count it returns the first of as many
public record LoadTarget(
    long tableId,
    String tableName,
    TableShape shape,
    List<Column> columns,
    List<Integer> fields,
    IdentityRange firstIdentity) {
  /// A column.
  ///
  /// @param fallback the value where no field is loaded into it; empty if it is an identity
  public record Column(
      String name, SqlType type, boolean nullable, Optional<Constant> fallback, boolean identity) {}

  /// Hands out identity values.
  @FunctionalInterface
  public interface IdentityRange {
    /// The first of `count` consecutive values and their step.
    long[] reserve(long count);
  }

  public LoadTarget {
    columns = List.copyOf(columns);
    fields = List.copyOf(fields);
  }
}

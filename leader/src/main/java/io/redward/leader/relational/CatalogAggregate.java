package io.redward.leader.relational;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/// An aggregate or window function of our catalogue that the algebra library has no rules for: all
/// but COUNT, SUM, MIN and MAX. The result type is fixed when the function is made.
///
/// Equal if id and type are.
public final class CatalogAggregate extends SqlAggFunction {
  private final String id;
  private final RelDataType type;

  /// @param type of the result, nullable unless the function never answers NULL
  public CatalogAggregate(String id, RelDataType type) {
    super(
        id,
        null,
        SqlKind.OTHER_FUNCTION,
        call -> type,
        null,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.OPTIONAL);
    this.id = id;
    this.type = type;
  }

  public String id() {
    return id;
  }

  /// The type of the result.
  public RelDataType type() {
    return type;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CatalogAggregate that && id.equals(that.id) && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}

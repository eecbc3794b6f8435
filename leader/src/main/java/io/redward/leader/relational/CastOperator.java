package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// A conversion of a value, explicit or implied. It is an operator of its own, not the library's
/// CAST, because the library drops, merges and repeats casts by what it believes of the types: it
/// would make `date::timestamp::varchar` into `date::varchar`.
///
/// The library's CAST still occurs where its rules adjust nullability or string length; it means
/// the same as [#EXPLICIT].
public final class CastOperator extends SqlFunction {
  /// `CAST(x AS t)`, `x::t` and implied conversions.
  public static final CastOperator EXPLICIT = new CastOperator("CONVERT");

  /// The conversion to a column's type on assignment: a string too long is an error.
  public static final CastOperator ASSIGNMENT = new CastOperator("ASSIGN");

  /// `TRY_CAST(x AS t)`: NULL where the conversion fails.
  public static final CastOperator OR_NULL = new CastOperator("TRY_CONVERT");

  private CastOperator(String name) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        call -> call.getOperandType(0),
        null,
        null,
        SqlFunctionCategory.SYSTEM);
  }

  /// The operand as this type; the operand itself if it is of the type already.
  public RexNode call(RexBuilder builder, SqlType type, RexNode operand) {
    if (this == EXPLICIT && CalciteTypes.sqlType(operand.getType()).equals(type)) {
      return operand;
    }
    boolean nullable = this == OR_NULL || operand.getType().isNullable();
    RelDataType relType = CalciteTypes.relType(builder.getTypeFactory(), type, nullable);
    return builder.makeCall(relType, this, List.of(operand));
  }

  @Override
  public @Nullable Supplier<Strong.Policy> getStrongPolicyInference() {
    return () -> this == OR_NULL ? Strong.Policy.AS_IS : Strong.Policy.ANY;
  }
}

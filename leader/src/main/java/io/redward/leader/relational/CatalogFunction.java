package io.redward.leader.relational;

import io.redward.plan.expression.Call;
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

/// A function of our catalogue, resolved to one implementation. The library knows nothing of it but
/// what is said here; the type of a call is the one given when the call is made.
///
/// Equal if the ids are.
public final class CatalogFunction extends SqlFunction {
  /// What is known of NULL.
  public enum Nulls {
    /// NULL if some argument is NULL and never otherwise: outer joins may be simplified by it.
    EXACTLY_FROM_ARGUMENTS,
    /// Anything else: COALESCE-like functions, functions that find no answer.
    OTHER
  }

  private final String id;
  private final Nulls nulls;
  private final boolean deterministic;

  /// @param id as `functions/` knows the implementation
  /// @param deterministic false for RANDOM() and the like: a call is never folded, moved below a
  ///     join or evaluated twice
  public CatalogFunction(String id, Nulls nulls, boolean deterministic) {
    super(
        id,
        SqlKind.OTHER_FUNCTION,
        call -> call.getOperandType(0),
        null,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.id = id;
    this.nulls = nulls;
    this.deterministic = deterministic;
  }

  /// A strict, deterministic function, as most are.
  public static CatalogFunction of(String id) {
    return new CatalogFunction(id, Nulls.EXACTLY_FROM_ARGUMENTS, true);
  }

  /// A call with this result type.
  public RexNode call(RexBuilder builder, RelDataType type, List<RexNode> arguments) {
    return builder.makeCall(type, this, arguments);
  }

  /// The same volatile function, called at a place of its own: calls of it are the same call.
  public CatalogFunction once(int number) {
    return new CatalogFunction(id + Call.ONCE + number, nulls, deterministic);
  }

  /// Whether calls of it are known to be the same call.
  public boolean isOnce() {
    return id.contains(Call.ONCE);
  }

  public String id() {
    return id;
  }

  public Nulls nulls() {
    return nulls;
  }

  @Override
  public boolean isDeterministic() {
    return deterministic;
  }

  @Override
  public @Nullable Supplier<Strong.Policy> getStrongPolicyInference() {
    return () -> nulls == Nulls.EXACTLY_FROM_ARGUMENTS ? Strong.Policy.ANY : Strong.Policy.AS_IS;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CatalogFunction that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}

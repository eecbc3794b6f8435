package io.redward.codegen;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.List;
import java.util.Optional;

/// The current row at some place of a segment: where its fields come from. A field is computed when
/// it is first asked for.
sealed interface Row {
  /// Field `index`, computed in `scope` if it is not known there.
  Value field(int index, Scope scope);

  /// Where field `index` has its dictionary entry, if it is a string that a scan has read.
  default Optional<DictionaryCodes> codes(int index, Scope scope) {
    return Optional.empty();
  }

  /// A row whose fields have been computed.
  record Known(List<Value> values) implements Row {
    @Override
    public Value field(int index, Scope scope) {
      return values.get(index);
    }
  }

  /// The row that expressions over another row make.
  record Projected(Row input, List<Expression> expressions, ExpressionLowering lowering)
      implements Row {
    @Override
    public Value field(int index, Scope scope) {
      return scope.remember(
          this, index, () -> lowering.lowerOnce(input, expressions.get(index), scope));
    }

    @Override
    public Optional<DictionaryCodes> codes(int index, Scope scope) {
      return expressions.get(index) instanceof FieldRef ref
          ? input.codes(ref.index(), scope)
          : Optional.empty();
    }
  }

  /// A row followed by further values.
  record Extended(Row input, int inputFields, List<Value> more) implements Row {
    @Override
    public Value field(int index, Scope scope) {
      return index < inputFields ? input.field(index, scope) : more.get(index - inputFields);
    }

    @Override
    public Optional<DictionaryCodes> codes(int index, Scope scope) {
      return index < inputFields ? input.codes(index, scope) : Optional.empty();
    }
  }

  /// A row followed by fields that are loaded on demand.
  record Loaded(Row input, int inputFields, FieldLoader loader) implements Row {
    @Override
    public Value field(int index, Scope scope) {
      return index < inputFields
          ? input.field(index, scope)
          : scope.remember(this, index, () -> loader.load(index - inputFields, scope));
    }

    @Override
    public Optional<DictionaryCodes> codes(int index, Scope scope) {
      return index < inputFields
          ? input.codes(index, scope)
          : loader.codes(index - inputFields, scope);
    }
  }

  /// Loads a stored field into local variables.
  @FunctionalInterface
  interface FieldLoader {
    Value load(int index, Scope scope);

    /// See [Row#codes].
    default Optional<DictionaryCodes> codes(int index, Scope scope) {
      return Optional.empty();
    }
  }
}

package io.redward.codegen;

import io.redward.codegen.dsl.BlockBuilder;
import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A block being written and what is known in it: values that this block or one around it has
/// computed before are used again, not computed again.
final class Scope {
  private final @Nullable Scope parent;
  private final ClassPlan plan;
  private final BlockBuilder out = new BlockBuilder();
  private final Map<Row, Map<Expression, Value>> expressions = new IdentityHashMap<>();
  private final Map<Row, Map<Integer, Value>> fields = new IdentityHashMap<>();

  private Scope(@Nullable Scope parent, ClassPlan plan) {
    this.parent = parent;
    this.plan = plan;
  }

  static Scope outermost(ClassPlan plan) {
    return new Scope(null, plan);
  }

  /// A scope for a block inside this one.
  Scope inner() {
    return new Scope(this, plan);
  }

  ClassPlan plan() {
    return plan;
  }

  BlockBuilder out() {
    return out;
  }

  Statement.Block block() {
    return out.build();
  }

  @Nullable Value known(Row row, Expression expression) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Map<Expression, Value> known = scope.expressions.get(row);
      if (known != null && known.containsKey(expression)) {
        return known.get(expression);
      }
    }
    return null;
  }

  void remember(Row row, Expression expression, Value value) {
    expressions.computeIfAbsent(row, _ -> new HashMap<>()).put(expression, value);
  }

  Value remember(Row row, int field, Supplier<Value> compute) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Map<Integer, Value> known = scope.fields.get(row);
      if (known != null && known.containsKey(field)) {
        return known.get(field);
      }
    }
    Value value = compute.get();
    fields.computeIfAbsent(row, _ -> new HashMap<>()).put(field, value);
    return value;
  }

  /// The code in a local variable, unless it costs nothing to evaluate again.
  Code stable(String name, Code code) {
    return code.trivial() ? code : out.declare(plan.name(name), code).read();
  }

  /// The value in local variables.
  Value stable(String name, Value value) {
    List<Code> parts = new ArrayList<>();
    for (Code part : value.parts()) {
      parts.add(stable(name, part));
    }
    return new Value(value.physical(), stable(name + "Null", value.isNull()), parts);
  }

  /// Fresh variables for a value, set to zero.
  List<Variable> declare(String name, Physical physical) {
    List<Variable> variables = new ArrayList<>();
    for (Class<?> type : Value.types(physical)) {
      variables.add(out.declare(plan.name(name), zero(type)));
    }
    return variables;
  }

  private Code zero(Class<?> type) {
    if (type == int.class) {
      return Code.of(0);
    }
    if (type == long.class) {
      return Code.of(0L);
    }
    return type == double.class ? Code.of(0.0) : plan.noBytes();
  }

  void assign(List<Variable> variables, Value value) {
    for (int i = 0; i < variables.size(); i++) {
      out.assign(variables.get(i), value.parts().get(i));
    }
  }

  /// Computes a value only where `isNull` is false. What `compute` yields may be NULL itself.
  Value unlessNull(
      Code isNull,
      Physical physical,
      String name,
      java.util.function.Function<Scope, Value> compute) {
    if (isNull.equals(Code.FALSE)) {
      return compute.apply(this);
    }
    Code absent = stable(name + "Null", isNull);
    List<Variable> variables = declare(name, physical);
    Scope inner = inner();
    Value value = compute.apply(inner);
    inner.assign(variables, value);
    Code result = absent;
    if (value.nullable()) {
      Variable nullVariable = out.declare(plan.name(name + "Null"), absent);
      inner.out.assign(nullVariable, value.isNull());
      result = nullVariable.read();
    }
    out.when(new Code.Not(absent), inner.block());
    return new Value(physical, result, variables.stream().map(Variable::read).toList());
  }
}

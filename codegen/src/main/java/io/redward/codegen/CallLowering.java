package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.foundation.types.Physical;
import java.util.ArrayList;
import java.util.List;

/// Lowers calls of catalogue functions. All of them are strict: with a NULL argument the result is
/// NULL and nothing is called.
final class CallLowering {
  private final ClassPlan plan;

  CallLowering(ClassPlan plan) {
    this.plan = plan;
  }

  Value lower(FunctionBinding function, List<Value> arguments, Scope scope) {
    Code isNull = Code.FALSE;
    for (Value argument : arguments) {
      isNull = Codes.or(isNull, argument.isNull());
    }
    return scope.unlessNull(
        isNull, function.result(), "f", inner -> present(function, arguments, inner));
  }

  private Value present(FunctionBinding function, List<Value> arguments, Scope scope) {
    List<Code> parts = new ArrayList<>();
    ArithmeticLowering forms = new ArithmeticLowering(plan);
    for (int i = 0; i < arguments.size(); i++) {
      Value argument = arguments.get(i).withNull(Code.FALSE);
      parts.addAll(forms.widen(argument, function.arguments().get(i), scope).parts());
    }
    for (int constant : function.trailing()) {
      parts.add(Code.of(constant));
    }
    if (!function.usesOut()) {
      Class<?> type = Value.types(function.result()).getFirst();
      return Value.of(
          function.result(), Codes.call(function.owner(), function.method(), type, parts));
    }
    Code out = plan.out();
    parts.add(out);
    Value value = called(function, parts, out, scope);
    return function.mayAnswerNull()
        ? value.withNull(scope.stable("fNull", Codes.member(out, "isNull", boolean.class)))
        : value;
  }

  private Value called(FunctionBinding function, List<Code> parts, Code out, Scope scope) {
    Physical result = function.result();
    if (result != Physical.INT128 && result != Physical.BYTES) {
      Class<?> type = Value.types(result).getFirst();
      Code code = Codes.call(function.owner(), function.method(), type, parts);
      return Value.of(result, scope.out().declare(plan.name("f"), code).read());
    }
    scope
        .out()
        .add(new Statement.Run(Codes.call(function.owner(), function.method(), void.class, parts)));
    return scope.stable(
        "f",
        result == Physical.INT128
            ? Value.of(
                result, Codes.member(out, "high", long.class), Codes.member(out, "low", long.class))
            : Value.of(
                result,
                Codes.member(out, "page", byte[].class),
                Codes.member(out, "offset", int.class),
                Codes.member(out, "length", int.class)));
  }
}

package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.foundation.types.Physical;
import io.redward.functions.user.FunctionLanguages;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.util.List;

/// Lowers calls of functions that users have written in a programming language: the arguments are
/// set on an object, the object is run, the answer is read from its fields. The class knows of the
/// object's type only, so that functions with the same types share it.
final class UserCallLowering {
  private final ClassPlan plan;

  UserCallLowering(ClassPlan plan) {
    this.plan = plan;
  }

  Value lower(UserFunction function, List<Value> arguments, Scope scope) {
    Code.Field code =
        plan.field(
            "user",
            UserCode.class,
            context -> {
              UserCode loaded = FunctionLanguages.load(function);
              loaded.bind(function, context.cancel());
              return loaded;
            });
    Physical result = function.returns().physical();
    Code isNull = Code.FALSE;
    if (function.skipsNulls()) {
      for (Value argument : arguments) {
        isNull = Codes.or(isNull, argument.isNull());
      }
    }
    return scope.unlessNull(
        isNull, result, "u", inner -> present(code, function, arguments, inner));
  }

  private Value present(
      Code.Field code, UserFunction function, List<Value> arguments, Scope scope) {
    ArithmeticLowering forms = new ArithmeticLowering(plan);
    for (int i = 0; i < arguments.size(); i++) {
      Value argument = arguments.get(i);
      Physical wanted = function.arguments().get(i).physical();
      Value set =
          forms.widen(
              function.skipsNulls() ? argument.withNull(Code.FALSE) : argument, wanted, scope);
      Code index = Code.of(i);
      Code call =
          switch (wanted) {
            case INT -> Codes.invoke(code, "setInt", void.class, index, set.part());
            case LONG -> Codes.invoke(code, "setLong", void.class, index, set.part());
            case DOUBLE -> Codes.invoke(code, "setDouble", void.class, index, set.part());
            case INT128 -> Codes.invoke(code, "setWide", void.class, index, set.high(), set.low());
            case BYTES ->
                Codes.invoke(
                    code, "setBytes", void.class, index, set.page(), set.offset(), set.length());
          };
      scope.out().add(new Statement.Run(call));
      if (!function.skipsNulls()) {
        scope
            .out()
            .add(
                new Statement.Run(
                    Codes.invoke(code, "setNull", void.class, index, argument.isNull())));
      }
    }
    scope.out().add(new Statement.Run(Codes.invoke(code, "run", void.class)));
    return scope.stable("u", answer(code, function.returns().physical()));
  }

  private static Value answer(Code.Field code, Physical result) {
    Value value =
        switch (result) {
          case INT -> Value.of(result, Codes.member(code, "number", int.class));
          case LONG -> Value.of(result, Codes.member(code, "low", long.class));
          case DOUBLE -> Value.of(result, Codes.member(code, "real", double.class));
          case INT128 ->
              Value.of(
                  result,
                  Codes.member(code, "high", long.class),
                  Codes.member(code, "low", long.class));
          case BYTES ->
              Value.of(
                  result,
                  Codes.member(code, "page", byte[].class),
                  Code.of(0),
                  Codes.member(code, "length", int.class));
        };
    return value.withNull(Codes.member(code, "isNull", boolean.class));
  }
}

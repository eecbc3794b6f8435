package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import java.util.ArrayList;
import java.util.List;

/// Short ways to write code.
final class Codes {
  private Codes() {}

  static Code binary(Code.Operator operator, Code left, Code right) {
    return new Code.Binary(operator, left, right);
  }

  static Code add(Code left, Code right) {
    return right instanceof Code.IntConstant(int value) && value == 0
        ? left
        : binary(Code.Operator.ADD, left, right);
  }

  static Code compare(Code.Relation relation, Code left, Code right) {
    return new Code.Compare(relation, left, right);
  }

  static Code not(Code condition) {
    return switch (condition) {
      case Code.BooleanConstant(boolean value) -> value ? Code.FALSE : Code.TRUE;
      case Code.Not(Code value) -> value;
      default -> new Code.Not(condition);
    };
  }

  static Code and(Code left, Code right) {
    if (left.equals(Code.TRUE) || right.equals(Code.FALSE)) {
      return right;
    }
    return right.equals(Code.TRUE) || left.equals(Code.FALSE) ? left : new Code.And(left, right);
  }

  static Code or(Code left, Code right) {
    if (left.equals(Code.FALSE) || right.equals(Code.TRUE)) {
      return right;
    }
    return right.equals(Code.FALSE) || left.equals(Code.TRUE) ? left : new Code.Or(left, right);
  }

  static Code toLong(Code code) {
    return code.type() == long.class ? code : new Code.Convert(long.class, code);
  }

  static Code toInt(Code code) {
    return code.type() == int.class ? code : new Code.Convert(int.class, code);
  }

  /// The upper word of a `long` as a 128-bit value.
  static Code signWord(Code value) {
    return binary(Code.Operator.SHIFT_RIGHT, value, Code.of(63));
  }

  /// A call of a public static method; parameter types are the arguments'.
  static Code call(Class<?> owner, String name, Class<?> type, Code... arguments) {
    return call(owner, name, type, List.of(arguments));
  }

  static Code call(Class<?> owner, String name, Class<?> type, List<Code> arguments) {
    List<Class<?>> parameters = new ArrayList<>();
    for (Code argument : arguments) {
      parameters.add(argument.type());
    }
    return new Code.StaticCall(owner, name, parameters, type, arguments);
  }

  static Code invoke(Code target, String name, Class<?> type, Code... arguments) {
    List<Class<?>> parameters = new ArrayList<>();
    for (Code argument : arguments) {
      parameters.add(argument.type());
    }
    return new Code.VirtualCall(target, target.type(), name, parameters, type, List.of(arguments));
  }

  static Code member(Code object, String name, Class<?> type) {
    return new Code.Member(object, object.type(), name, type);
  }
}

package io.redward.codegen.dsl;

import java.util.List;

/// A typed expression of generated code. Types are Java's: `boolean`, `int`, `long`, `double` and
/// classes.
public sealed interface Code {
  Class<?> type();

  BooleanConstant TRUE = new BooleanConstant(true);
  BooleanConstant FALSE = new BooleanConstant(false);

  static Code of(int value) {
    return new IntConstant(value);
  }

  static Code of(long value) {
    return new LongConstant(value);
  }

  static Code of(double value) {
    return new DoubleConstant(value);
  }

  /// Whether evaluating it again costs next to nothing.
  default boolean trivial() {
    return switch (this) {
      case Read _, IntConstant _, LongConstant _, DoubleConstant _, BooleanConstant _, Field _ ->
          true;
      case Length length -> length.array().trivial();
      case Not not -> not.value().trivial();
      default -> false;
    };
  }

  /// A local variable's value.
  record Read(Variable variable) implements Code {
    @Override
    public Class<?> type() {
      return variable.type();
    }
  }

  record IntConstant(int value) implements Code {
    @Override
    public Class<?> type() {
      return int.class;
    }
  }

  record LongConstant(long value) implements Code {
    @Override
    public Class<?> type() {
      return long.class;
    }
  }

  record DoubleConstant(double value) implements Code {
    @Override
    public Class<?> type() {
      return double.class;
    }
  }

  record BooleanConstant(boolean value) implements Code {
    @Override
    public Class<?> type() {
      return boolean.class;
    }
  }

  /// A field of the generated class, bound when the program is opened.
  record Field(String name, Class<?> type) implements Code {}

  /// A public field of another object.
  record Member(Code object, Class<?> owner, String name, Class<?> type) implements Code {}

  /// Operators of `int`, `long` and `double` (shifts take an `int` on the right).
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    AND("&"),
    OR("|"),
    XOR("^"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    SHIFT_RIGHT_UNSIGNED(">>>");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }
  }

  record Binary(Operator operator, Code left, Code right) implements Code {
    @Override
    public Class<?> type() {
      return left.type();
    }
  }

  /// Relations of `int`, `long`, `double`, `boolean` (equality only).
  enum Relation {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Relation(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }

    Relation negated() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> GREATER_OR_EQUAL;
        case LESS_OR_EQUAL -> GREATER;
        case GREATER -> LESS_OR_EQUAL;
        case GREATER_OR_EQUAL -> LESS;
      };
    }
  }

  record Compare(Relation relation, Code left, Code right) implements Code {
    @Override
    public Class<?> type() {
      return boolean.class;
    }
  }

  /// Cuts short, as `&&`.
  record And(Code left, Code right) implements Code {
    @Override
    public Class<?> type() {
      return boolean.class;
    }
  }

  /// Cuts short, as `||`.
  record Or(Code left, Code right) implements Code {
    @Override
    public Class<?> type() {
      return boolean.class;
    }
  }

  record Not(Code value) implements Code {
    @Override
    public Class<?> type() {
      return boolean.class;
    }
  }

  record Choose(Code condition, Code then, Code otherwise) implements Code {
    @Override
    public Class<?> type() {
      return then.type();
    }
  }

  /// A primitive conversion; `boolean` and `int` convert as 0 and 1.
  record Convert(Class<?> type, Code value) implements Code {}

  record Downcast(Class<?> type, Code value) implements Code {}

  record Element(Code array, Code index) implements Code {
    @Override
    public Class<?> type() {
      return array.type().componentType();
    }
  }

  record Length(Code array) implements Code {
    @Override
    public Class<?> type() {
      return int.class;
    }
  }

  record StaticCall(
      Class<?> owner, String name, List<Class<?>> parameters, Class<?> type, List<Code> arguments)
      implements Code {}

  record VirtualCall(
      Code target,
      Class<?> owner,
      String name,
      List<Class<?>> parameters,
      Class<?> type,
      List<Code> arguments)
      implements Code {}

  /// A call of a method of the generated class; its parameters have the arguments' types.
  record OwnCall(String name, Class<?> type, List<Code> arguments) implements Code {}
}

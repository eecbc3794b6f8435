package io.redward.codegen;

import static io.redward.codegen.Codes.binary;
import static io.redward.codegen.Codes.call;
import static io.redward.codegen.Codes.toLong;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Code.Operator;
import io.redward.codegen.dsl.Statement;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.runtime.number.DecimalMath;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.IntegerMath;
import io.redward.runtime.number.WideMath;
import java.util.Arrays;
import java.util.List;

/// Lowers numeric operators. Checks that the types of the operands prove needless are left out.
final class ArithmeticLowering {
  private final ClassPlan plan;

  ArithmeticLowering(ClassPlan plan) {
    this.plan = plan;
  }

  Value lower(Arithmetic operation, Value left, Value right, Scope scope) {
    Code isNull = Codes.or(left.isNull(), right.isNull());
    return scope.unlessNull(
        isNull, operation.physical(), "v", inner -> present(operation, left, right, inner));
  }

  private Value present(Arithmetic operation, Value left, Value right, Scope scope) {
    TypeKind kind = operation.type().kind();
    if (kind == TypeKind.DECIMAL) {
      return decimal(operation, left, right, scope);
    }
    if (operation.physical() == Physical.DOUBLE) {
      return Value.of(Physical.DOUBLE, floating(operation, left.part(), right.part()));
    }
    Physical physical = operation.physical();
    Code result =
        call(
            IntegerMath.class,
            methodName(operation.operator()),
            Value.types(physical).getFirst(),
            widen(left, physical, scope).part(),
            widen(right, physical, scope).part());
    if (kind == TypeKind.SMALLINT) {
      result = call(IntegerMath.class, "toSmallint", int.class, toLong(result));
    }
    return Value.of(physical, result);
  }

  private static String methodName(Arithmetic.Operator operator) {
    return switch (operator) {
      case ADD -> "add";
      case SUBTRACT -> "subtract";
      case MULTIPLY -> "multiply";
      case DIVIDE -> "divide";
      case MODULO -> "modulo";
    };
  }

  private Code floating(Arithmetic operation, Code left, Code right) {
    Code result =
        switch (operation.operator()) {
          case ADD -> checked(binary(Operator.ADD, left, right), left, right);
          case SUBTRACT -> checked(binary(Operator.SUBTRACT, left, right), left, right);
          case MULTIPLY -> checked(binary(Operator.MULTIPLY, left, right), left, right);
          case DIVIDE ->
              checked(call(DoubleMath.class, "divide", double.class, left, right), left, right);
          case MODULO -> call(DoubleMath.class, "modulo", double.class, left, right);
        };
    return operation.type().kind() == TypeKind.REAL
        ? call(DoubleMath.class, "toReal", double.class, result)
        : result;
  }

  private static Code checked(Code result, Code left, Code right) {
    return call(DoubleMath.class, "check", double.class, result, left, right);
  }

  private Value decimal(Arithmetic operation, Value left, Value right, Scope scope) {
    SqlType leftType = operation.left().type();
    SqlType rightType = operation.right().type();
    int scale = operation.type().scale();
    boolean narrow =
        operation.physical() == Physical.LONG
            && left.physical() != Physical.INT128
            && right.physical() != Physical.INT128;
    return switch (operation.operator()) {
      case ADD, SUBTRACT -> {
        int common = Math.max(leftType.scale(), rightType.scale());
        boolean exact = common <= scale;
        yield narrow && exact
            ? addNarrow(operation, left, right)
            : addWide(operation, left, right, Math.max(scale, common), scope);
      }
      case MULTIPLY -> {
        boolean exact = leftType.scale() + rightType.scale() == scale;
        yield narrow && exact
            ? multiplyNarrow(operation, left, right)
            : multiplyWide(operation, left, right, scope);
      }
      case DIVIDE -> divide(operation, left, right, scope);
      case MODULO -> modulo(operation, left, right, scope);
    };
  }

  private Value addNarrow(Arithmetic operation, Value left, Value right) {
    SqlType type = operation.type();
    Code first = scaleUp(left, type.scale() - operation.left().type().scale());
    Code second = scaleUp(right, type.scale() - operation.right().type().scale());
    boolean plus = operation.operator() == Arithmetic.Operator.ADD;
    int needed =
        1
            + type.scale()
            + Math.max(
                integerDigits(operation.left().type()), integerDigits(operation.right().type()));
    Code result =
        needed <= SqlType.MAX_LONG_DECIMAL_PRECISION
            ? binary(plus ? Operator.ADD : Operator.SUBTRACT, first, second)
            : call(DecimalMath.class, methodName(operation.operator()), long.class, first, second);
    return Value.of(Physical.LONG, result);
  }

  private static int digits(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      default -> type.precision();
    };
  }

  private static int integerDigits(SqlType type) {
    return digits(type) - type.scale();
  }

  private static Code scaleUp(Value value, int digits) {
    Code word = toLong(value.part());
    return digits == 0
        ? word
        : call(DecimalMath.class, "multiply", long.class, word, Code.of(DecimalMath.power(digits)));
  }

  private Value multiplyNarrow(Arithmetic operation, Value left, Value right) {
    Code first = toLong(left.part());
    Code second = toLong(right.part());
    int needed = digits(operation.left().type()) + digits(operation.right().type());
    Code result =
        needed <= SqlType.MAX_LONG_DECIMAL_PRECISION
            ? binary(Operator.MULTIPLY, first, second)
            : call(DecimalMath.class, "multiply", long.class, first, second);
    return Value.of(Physical.LONG, result);
  }

  private Value addWide(Arithmetic operation, Value left, Value right, int common, Scope scope) {
    Value first =
        rescale(
            widen(left, Physical.INT128, scope), common - operation.left().type().scale(), scope);
    Value second =
        rescale(
            widen(right, Physical.INT128, scope), common - operation.right().type().scale(), scope);
    first = scope.stable("a", first);
    second = scope.stable("b", second);
    boolean plus = operation.operator() == Arithmetic.Operator.ADD;
    Code low =
        scope.stable(
            "low", binary(plus ? Operator.ADD : Operator.SUBTRACT, first.low(), second.low()));
    Code high =
        plus
            ? call(
                WideMath.class,
                "addHigh",
                long.class,
                first.high(),
                second.high(),
                low,
                second.low())
            : call(
                WideMath.class,
                "subtractHigh",
                long.class,
                first.high(),
                second.high(),
                first.low(),
                second.low());
    Value sum = Value.of(Physical.INT128, scope.stable("high", high), low);
    int needed =
        1
            + common
            + Math.max(
                integerDigits(operation.left().type()), integerDigits(operation.right().type()));
    return result(operation, rescale(sum, operation.type().scale() - common, scope), needed, scope);
  }

  private Value multiplyWide(Arithmetic operation, Value left, Value right, Scope scope) {
    int down =
        operation.left().type().scale()
            + operation.right().type().scale()
            - operation.type().scale();
    int needed = digits(operation.left().type()) + digits(operation.right().type()) - down;
    boolean short64 =
        left.physical() != Physical.INT128 && right.physical() != Physical.INT128 && down == 0;
    if (short64) {
      Code first = scope.stable("a", toLong(left.part()));
      Code second = scope.stable("b", toLong(right.part()));
      Value product =
          Value.of(
              Physical.INT128,
              call(Math.class, "multiplyHigh", long.class, first, second),
              binary(Operator.MULTIPLY, first, second));
      return result(operation, product, needed, scope);
    }
    Value first = widen(left, Physical.INT128, scope);
    Value second = widen(right, Physical.INT128, scope);
    Value product;
    if (down >= 0) {
      product =
          wideCall(
              "multiply",
              scope,
              first.high(),
              first.low(),
              second.high(),
              second.low(),
              Code.of(down));
    } else {
      product =
          rescale(
              wideCall(
                  "multiply",
                  scope,
                  first.high(),
                  first.low(),
                  second.high(),
                  second.low(),
                  Code.of(0)),
              -down,
              scope);
    }
    return result(operation, product, needed, scope);
  }

  private Value divide(Arithmetic operation, Value left, Value right, Scope scope) {
    Value first = widen(left, Physical.INT128, scope);
    Value second = widen(right, Physical.INT128, scope);
    int up =
        operation.type().scale()
            + operation.right().type().scale()
            - operation.left().type().scale();
    Value quotient =
        wideCall(
            "divide", scope, first.high(), first.low(), second.high(), second.low(), Code.of(up));
    return result(operation, quotient, Integer.MAX_VALUE, scope);
  }

  private Value modulo(Arithmetic operation, Value left, Value right, Scope scope) {
    int common = Math.max(operation.left().type().scale(), operation.right().type().scale());
    Value first =
        rescale(
            widen(left, Physical.INT128, scope), common - operation.left().type().scale(), scope);
    Value second =
        rescale(
            widen(right, Physical.INT128, scope), common - operation.right().type().scale(), scope);
    Value rest = wideCall("modulo", scope, first.high(), first.low(), second.high(), second.low());
    return result(
        operation,
        rescale(rest, operation.type().scale() - common, scope),
        Integer.MAX_VALUE,
        scope);
  }

  /// A 128-bit result checked against its type and brought to the operation's form.
  private Value result(Arithmetic operation, Value wide, int neededDigits, Scope scope) {
    return checked(wide, operation.type(), operation.physical(), neededDigits, scope);
  }

  Value checked(Value wide, SqlType type, Physical physical, int neededDigits, Scope scope) {
    Value value = scope.stable("w", wide);
    if (type.kind() == TypeKind.DECIMAL && neededDigits > type.precision()) {
      scope
          .out()
          .add(
              new Statement.Run(
                  call(
                      WideMath.class,
                      "check",
                      void.class,
                      value.high(),
                      value.low(),
                      Code.of(type.precision()))));
    }
    return widen(value, physical, scope);
  }

  /// A 128-bit value at a scale `digits` higher, or lower if negative.
  Value rescale(Value wide, int digits, Scope scope) {
    return digits == 0
        ? wide
        : wideCall("rescale", scope, wide.high(), wide.low(), Code.of(digits));
  }

  /// A call of [WideMath] that answers through a holder.
  Value wideCall(String method, Scope scope, Code... arguments) {
    Code out = plan.out();
    Code[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = out;
    scope.out().add(new Statement.Run(call(WideMath.class, method, void.class, all)));
    return scope.stable(
        "w",
        Value.of(
            Physical.INT128,
            Codes.member(out, "high", long.class),
            Codes.member(out, "low", long.class)));
  }

  Value negate(SqlType type, Value operand, Scope scope) {
    return scope.unlessNull(
        operand.isNull(), operand.physical(), "v", inner -> negated(type, operand, inner));
  }

  private Value negated(SqlType type, Value operand, Scope scope) {
    return switch (operand.physical()) {
      case DOUBLE ->
          Value.of(Physical.DOUBLE, binary(Operator.MULTIPLY, operand.part(), Code.of(-1.0)));
      case INT128 -> wideCall("negate", scope, operand.high(), operand.low());
      case LONG -> {
        Class<?> owner = type.kind() == TypeKind.DECIMAL ? DecimalMath.class : IntegerMath.class;
        yield Value.of(Physical.LONG, call(owner, "negate", long.class, operand.part()));
      }
      case INT -> {
        Code result = call(IntegerMath.class, "negate", int.class, operand.part());
        yield Value.of(
            Physical.INT,
            type.kind() == TypeKind.SMALLINT
                ? call(IntegerMath.class, "toSmallint", int.class, toLong(result))
                : result);
      }
      case BYTES -> throw new IllegalStateException("minus a string");
    };
  }

  /// The same number in another form; a narrower one is checked.
  Value widen(Value value, Physical physical, Scope scope) {
    if (value.physical() == physical) {
      return value;
    }
    return switch (physical) {
      case LONG ->
          value.physical() == Physical.INT
              ? new Value(physical, value.isNull(), List.of(toLong(value.part())))
              : narrow(value, scope);
      case INT128 -> {
        Code low = scope.stable("w", toLong(value.part()));
        yield new Value(physical, value.isNull(), List.of(Codes.signWord(low), low));
      }
      case INT -> {
        Code word = value.physical() == Physical.LONG ? value.part() : narrow(value, scope).part();
        yield new Value(
            physical,
            value.isNull(),
            List.of(call(IntegerMath.class, "toInteger", int.class, word)));
      }
      case DOUBLE, BYTES ->
          throw new IllegalStateException(value.physical() + " is no " + physical);
    };
  }

  private static Value narrow(Value wide, Scope scope) {
    Value value = scope.stable("w", wide);
    Code word = call(WideMath.class, "toLong", long.class, value.high(), value.low());
    if (wide.nullable()) {
      word = new Code.Choose(value.isNull(), Code.of(0L), word);
    }
    return new Value(Physical.LONG, value.isNull(), List.of(word));
  }
}

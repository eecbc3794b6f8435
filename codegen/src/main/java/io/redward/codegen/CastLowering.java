package io.redward.codegen;

import static io.redward.codegen.Codes.call;
import static io.redward.codegen.Codes.toLong;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Cast;
import io.redward.runtime.number.DecimalMath;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.IntegerMath;
import io.redward.runtime.number.WideMath;
import java.util.List;
import java.util.Optional;

/// Lowers conversions: between numbers inline, from and to text, dates and times by calls.
final class CastLowering {
  private final ClassPlan plan;
  private final FunctionLibrary library;
  private final CallLowering calls;
  private final ArithmeticLowering arithmetic;

  CastLowering(ClassPlan plan, FunctionLibrary library, CallLowering calls) {
    this.plan = plan;
    this.library = library;
    this.calls = calls;
    arithmetic = new ArithmeticLowering(plan);
  }

  Value lower(Cast cast, Value operand, Scope scope) {
    if (operand.isNull().equals(Code.TRUE)) {
      return new Constants(plan).nullOf(cast.physical());
    }
    return cast.orNull() ? attempt(cast, operand, scope) : convert(cast, operand, scope);
  }

  /// NULL where the conversion fails.
  private Value attempt(Cast cast, Value operand, Scope scope) {
    Value stable = scope.stable("v", operand);
    List<Variable> variables = scope.declare("v", cast.physical());
    Variable isNull = scope.out().declare(plan.name("vNull"), Code.TRUE);
    Scope body = scope.inner();
    Value value = convert(cast, stable, body);
    body.assign(variables, value);
    body.out().assign(isNull, value.isNull());
    Scope failed = scope.inner();
    failed.out().assign(isNull, Code.TRUE);
    scope.out().add(new Statement.Attempt(body.block(), failed.block()));
    List<Code> parts = variables.stream().map(Variable::read).toList();
    return new Value(cast.physical(), isNull.read(), parts);
  }

  private Value convert(Cast cast, Value operand, Scope scope) {
    SqlType from = cast.operand().type();
    SqlType to = cast.type();
    boolean numeric = isNumber(from) && isNumber(to);
    Optional<FunctionBinding> binding =
        numeric
            ? Optional.empty()
            : (cast.orNull() ? library.castOrNull(from, to) : Optional.<FunctionBinding>empty())
                .or(() -> library.cast(from, to, cast.strict()));
    if (binding.isPresent()) {
      Value value = calls.lower(binding.get(), List.of(operand), scope);
      return arithmetic.widen(value, cast.physical(), scope);
    }
    return scope.unlessNull(
        operand.isNull(),
        cast.physical(),
        "v",
        inner -> {
          Value present = operand.withNull(Code.FALSE);
          return arithmetic.widen(
              convert(from, to, present, cast.physical(), inner), cast.physical(), inner);
        });
  }

  private static boolean isNumber(SqlType type) {
    return type.kind().isNumeric();
  }

  private Value convert(SqlType from, SqlType to, Value value, Physical wanted, Scope scope) {
    if (from.kind().isFloating()) {
      return fromDouble(to, value, scope);
    }
    if (to.kind().isFloating()) {
      return toDouble(from, to, value);
    }
    if (to.kind() == TypeKind.DECIMAL && isNumber(from)) {
      return toDecimal(from, to, value, wanted, scope);
    }
    if (from.kind() == TypeKind.DECIMAL && to.kind().isInteger()) {
      Value whole =
          arithmetic.rescale(arithmetic.widen(value, Physical.INT128, scope), -from.scale(), scope);
      Code word = call(WideMath.class, "toLong", long.class, whole.high(), whole.low());
      return toInteger(to, word);
    }
    if (to.kind() == TypeKind.BOOLEAN && value.physical() != Physical.BYTES) {
      return Value.of(
          Codes.compare(
              Code.Relation.NOT_EQUAL,
              value.part(),
              value.physical() == Physical.LONG ? Code.of(0L) : Code.of(0)));
    }
    if (to.kind().isInteger() && value.physical() != Physical.BYTES) {
      return toInteger(to, toLong(value.part()));
    }
    boolean same = from.physical() == to.physical();
    if (!same && (value.physical() == Physical.BYTES || to.physical() == Physical.BYTES)) {
      throw new SqlException(
          SqlState.CANNOT_COERCE,
          "cannot cast type " + from.kind().sqlName() + " to " + to.kind().sqlName());
    }
    return value;
  }

  private static Value toInteger(SqlType to, Code word) {
    return switch (to.kind()) {
      case SMALLINT ->
          Value.of(Physical.INT, call(IntegerMath.class, "toSmallint", int.class, word));
      case INTEGER ->
          Value.of(
              Physical.INT,
              word instanceof Code.Convert(Class<?> _, Code narrow) && narrow.type() == int.class
                  ? narrow
                  : call(IntegerMath.class, "toInteger", int.class, word));
      default -> Value.of(Physical.LONG, word);
    };
  }

  private Value fromDouble(SqlType to, Value value, Scope scope) {
    Code number = value.part();
    return switch (to.kind()) {
      case REAL ->
          Value.of(Physical.DOUBLE, call(DoubleMath.class, "toReal", double.class, number));
      case DOUBLE -> value;
      case SMALLINT ->
          Value.of(Physical.INT, call(DoubleMath.class, "toSmallint", int.class, number));
      case INTEGER ->
          Value.of(Physical.INT, call(DoubleMath.class, "toInteger", int.class, number));
      case BIGINT ->
          Value.of(Physical.LONG, call(DoubleMath.class, "toBigint", long.class, number));
      case DECIMAL -> {
        Code precision = Code.of(to.precision());
        Code scale = Code.of(to.scale());
        yield to.physical() == Physical.LONG
            ? Value.of(
                Physical.LONG,
                call(DecimalMath.class, "fromDouble", long.class, number, precision, scale))
            : arithmetic.wideCall("fromDouble", scope, number, precision, scale);
      }
      default ->
          throw new SqlException(
              SqlState.CANNOT_COERCE,
              "cannot cast type double precision to " + to.kind().sqlName());
    };
  }

  private static Value toDouble(SqlType from, SqlType to, Value value) {
    Code scale = Code.of(from.scale());
    Code number =
        switch (value.physical()) {
          case INT128 ->
              call(WideMath.class, "toDouble", double.class, value.high(), value.low(), scale);
          case LONG ->
              from.scale() == 0
                  ? new Code.Convert(double.class, value.part())
                  : call(DecimalMath.class, "toDouble", double.class, value.part(), scale);
          case INT -> new Code.Convert(double.class, value.part());
          case DOUBLE, BYTES -> value.part();
        };
    return Value.of(
        Physical.DOUBLE,
        to.kind() == TypeKind.REAL
            ? call(DoubleMath.class, "toReal", double.class, number)
            : number);
  }

  private Value toDecimal(SqlType from, SqlType to, Value value, Physical wanted, Scope scope) {
    int fromDigits =
        switch (from.kind()) {
          case SMALLINT -> 5;
          case INTEGER -> 10;
          case BIGINT -> 19;
          default -> from.precision();
        };
    int up = to.scale() - from.scale();
    int needed = fromDigits + up + (up < 0 ? 1 : 0);
    boolean narrow = value.physical() != Physical.INT128 && wanted == Physical.LONG;
    if (narrow && up >= 0 && up <= 18) {
      Code word = toLong(value.part());
      if (up > 0) {
        Code power = Code.of(DecimalMath.power(up));
        word =
            needed <= SqlType.MAX_LONG_DECIMAL_PRECISION
                ? Codes.binary(Code.Operator.MULTIPLY, word, power)
                : call(DecimalMath.class, "multiply", long.class, word, power);
      }
      if (needed > to.precision() && to.precision() <= SqlType.MAX_LONG_DECIMAL_PRECISION) {
        word = call(DecimalMath.class, "check", long.class, word, Code.of(to.precision()));
      }
      return Value.of(Physical.LONG, word);
    }
    Value wide = arithmetic.rescale(arithmetic.widen(value, Physical.INT128, scope), up, scope);
    return arithmetic.checked(wide, to, wanted, needed, scope);
  }
}

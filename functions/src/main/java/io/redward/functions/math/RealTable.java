package io.redward.functions.math;

import static io.redward.functions.signature.ParameterType.DOUBLE;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.Volatility;
import java.util.List;

/// Functions of DOUBLE PRECISION.
final class RealTable {
  private final Family family = new Family("math", Functions.class);

  private RealTable() {}

  static List<FunctionDefinition> definitions() {
    RealTable table = new RealTable();
    table.powers();
    table.angles();
    return table.family.definitions();
  }

  private Family.Entry one(String method, String... names) {
    return family.function(names).takes(DOUBLE).gives(SqlType.DOUBLE).by(method);
  }

  private Family.Entry two(String method, String... names) {
    return family.function(names).takes(DOUBLE, DOUBLE).gives(SqlType.DOUBLE).by(method);
  }

  private void powers() {
    one("sqrt", "sqrt", "dsqrt", "|/")
        .says("The square root.")
        .example("sqrt(16)", "4")
        .example("sqrt('2')", "1.4142135623731");
    one("cbrt", "cbrt", "dcbrt", "||/").says("The cube root.").example("cbrt(27)", "3");
    two("power", "power", "pow", "^", "dpow")
        .says("One number to the power of another.")
        .example("power(2, 10)", "1024");
    one("exp", "exp", "dexp").says("e to a power.").example("exp(0)", "1");
    one("ln", "ln", "dlog1").says("The natural logarithm.").example("ln(1)", "0");
    one("log10", "log", "dlog10").says("The logarithm to base 10.").example("log(1000)", "3");
    two("log", "log")
        .says("The logarithm of the second number to the base of the first.")
        .example("log(2, 8)", "3");
    family
        .function("random")
        .gives(SqlType.DOUBLE)
        .is(Volatility.VOLATILE)
        .with(Physical.LONG, _ -> new ExtraArgument.OfSession(Family.HANDLE))
        .by("random")
        .says("A random number from 0 to less than 1.")
        .example("random()", FunctionDefinition.VARIES);
  }

  private void angles() {
    family
        .function("pi")
        .gives(SqlType.DOUBLE)
        .by("pi")
        .says("The ratio of a circle's circumference to its diameter.")
        .example("pi()", "3.14159265358979");
    one("sin", "sin").says("The sine of an angle in radians.").example("sin(0)", "0");
    one("cos", "cos").says("The cosine of an angle in radians.").example("cos(0)", "1");
    one("tan", "tan").says("The tangent of an angle in radians.").example("tan(0)", "0");
    one("cot", "cot")
        .says("The cotangent of an angle in radians.")
        .example("cot(1)", "0.642092615934331");
    one("asin", "asin").says("The angle of a sine.").example("asin(1)", "1.5707963267949");
    one("acos", "acos").says("The angle of a cosine.").example("acos(1)", "0");
    one("atan", "atan").says("The angle of a tangent.").example("atan(1)", "0.785398163397448");
    two("atan2", "atan2")
        .says("The angle of the point whose y and x are given.")
        .example("atan2(2, 2)", "0.785398163397448");
    one("sinh", "sinh").says("The hyperbolic sine.").example("sinh(0)", "0");
    one("cosh", "cosh").says("The hyperbolic cosine.").example("cosh(0)", "1");
    one("tanh", "tanh").says("The hyperbolic tangent.").example("tanh(0)", "0");
    one("asinh", "asinh").says("The number of a hyperbolic sine.").example("asinh(0)", "0");
    one("acosh", "acosh").says("The number of a hyperbolic cosine.").example("acosh(1)", "0");
    one("atanh", "atanh").says("The number of a hyperbolic tangent.").example("atanh(0)", "0");
    one("degrees", "degrees").says("Radians in degrees.").example("degrees(pi())", "180");
    one("radians", "radians")
        .says("Degrees in radians.")
        .example("radians(180)", "3.14159265358979");
  }
}

package io.redward.functions.math;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.DECIMAL;
import static io.redward.functions.signature.ParameterType.DOUBLE;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.WIDE_DECIMAL;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.Placement;
import io.redward.functions.signature.ResultRule;
import java.util.ArrayList;
import java.util.List;

/// ABS, SIGN, CEIL, FLOOR, ROUND, TRUNC and MOD, each for every kind of number.
final class RoundingTable {
  private static final ResultRule SAME = ResultRule.sameAs(0);

  private RoundingTable() {}

  /// Digits of a decimal that is one long.
  private static final int NARROW_DIGITS = 18;

  static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>(signs());
    all.addAll(steps());
    all.addAll(roundings("round", "round", "Rounded, half away from zero,", "3.7", "4"));
    all.addAll(roundings("trunc", "truncate", "Cut off, towards zero,", "3.7", "3"));
    all.addAll(remainders());
    return all;
  }

  private static List<FunctionDefinition> signs() {
    Family f = new Family("math", Arithmetic.class);
    String abs = "The value without its sign.";
    f.function("abs", "@")
        .takes(INTEGER)
        .gives(Physical.INT, SAME)
        .by("abs")
        .says(abs)
        .example("abs(-38)", "38");
    f.function("abs", "@")
        .takes(BIGINT)
        .gives(SqlType.BIGINT)
        .by("abs")
        .says(abs)
        .example("abs(-3000000000)", "3000000000");
    f.function("abs", "@")
        .takes(DOUBLE)
        .gives(Physical.DOUBLE, SAME)
        .by("abs")
        .says(abs)
        .example("abs(-1.5::float)", "1.5");
    f.function("abs", "@")
        .takes(DECIMAL)
        .gives(Physical.LONG, SAME)
        .by("abs")
        .says(abs)
        .example("abs(-12.50)", "12.50");
    f.function("abs", "@")
        .takes(WIDE_DECIMAL)
        .gives(Physical.INT128, SAME)
        .by("abs")
        .says(abs)
        .example("abs(-12345678901234567890.50)", "12345678901234567890.50");
    String sign = "-1, 0 or 1 as the value is negative, zero or positive.";
    f.function("sign")
        .takes(INTEGER)
        .gives(SqlType.INTEGER)
        .by("sign")
        .says(sign)
        .example("sign(-7)", "-1");
    f.function("sign")
        .takes(BIGINT)
        .gives(SqlType.INTEGER)
        .by("sign")
        .says(sign)
        .example("sign(3000000000)", "1");
    f.function("sign")
        .takes(DOUBLE)
        .gives(SqlType.DOUBLE)
        .by("sign")
        .says(sign)
        .example("sign(-0.5::float)", "-1");
    f.function("sign")
        .takes(DECIMAL)
        .gives(SqlType.INTEGER)
        .by("sign")
        .says(sign)
        .example("sign(0.00)", "0");
    f.function("sign")
        .takes(WIDE_DECIMAL)
        .gives(SqlType.INTEGER)
        .by("sign")
        .says(sign)
        .example("sign(-12345678901234567890.50)", "-1");
    return f.definitions();
  }

  private static List<FunctionDefinition> steps() {
    Family f = new Family("math", Arithmetic.class);
    for (boolean up : List.of(true, false)) {
      String[] names = up ? new String[] {"ceil", "ceiling"} : new String[] {"floor"};
      String method = names[0];
      String says =
          up ? "The least whole number not below." : "The greatest whole number not above.";
      f.function(names)
          .takes(INTEGER)
          .gives(Physical.INT, SAME)
          .by("same")
          .says(says)
          .example(method + "(5)", "5");
      f.function(names)
          .takes(BIGINT)
          .gives(SqlType.BIGINT)
          .by("same")
          .says(says)
          .example(method + "(3000000000)", "3000000000");
      f.function(names)
          .takes(DOUBLE)
          .gives(SqlType.DOUBLE)
          .by(method)
          .says(says)
          .example(method + "(-2.5::float)", up ? "-2" : "-3");
      f.function(names)
          .takes(DECIMAL)
          .gives(Physical.LONG, RoundingTable::whole)
          .withScaleOf(0)
          .by(method)
          .says(says)
          .example(method + "(2.01)", up ? "3" : "2")
          .example(method + "(-2.01)", up ? "-2" : "-3");
      f.function(names)
          .takes(WIDE_DECIMAL)
          .gives(Physical.INT128, RoundingTable::whole)
          .withScaleOf(0)
          .by(method)
          .says(says)
          .example(
              method + "(12345678901234567890.5)",
              up ? "12345678901234567891" : "12345678901234567890");
    }
    return f.definitions();
  }

  /// No digits after the point; the physical form stays that of the argument.
  private static SqlType whole(List<SqlType> arguments) {
    SqlType type = arguments.getFirst();
    return SqlType.decimal(type.precision(), 0);
  }

  private static List<FunctionDefinition> roundings(
      String name, String method, String how, String value, String whole) {
    Family f = new Family("math", Arithmetic.class);
    String toWhole = how + " to a whole number.";
    String toPlaces = how + " to a number of digits after the point, or before it if negative.";
    boolean isRound = name.equals("round");
    f.function(name)
        .takes(INTEGER)
        .gives(Physical.INT, SAME)
        .by("same")
        .says(toWhole)
        .example(name + "(7)", "7");
    f.function(name)
        .takes(BIGINT)
        .gives(SqlType.BIGINT)
        .by("same")
        .says(toWhole)
        .example(name + "(3000000000)", "3000000000");
    f.function(name)
        .takes(DOUBLE)
        .gives(SqlType.DOUBLE)
        .by(method)
        .says(toWhole)
        .example(name + "(" + value + "::float)", whole)
        .example(name + "(2.5::float)", isRound ? "3" : "2");
    f.function(name)
        .takes(DECIMAL)
        .gives(Physical.LONG, RoundingTable::whole)
        .withScaleOf(0)
        .by(method + "Whole")
        .says(toWhole)
        .example(name + "(" + value + ")", whole)
        .example(name + "(-2.5)", isRound ? "-3" : "-2");
    f.function(name)
        .takes(WIDE_DECIMAL)
        .gives(Physical.INT128, RoundingTable::whole)
        .withScaleOf(0)
        .by(method + "Whole")
        .says(toWhole)
        .example(
            name + "(12345678901234567890.5)",
            isRound ? "12345678901234567891" : "12345678901234567890");
    f.function(name)
        .takes(DOUBLE, INTEGER)
        .gives(SqlType.DOUBLE)
        .by(method)
        .says(toPlaces)
        .example(name + "(28.05::float, 1)", isRound ? "28.1" : "28");
    f.function(name)
        .takes(DECIMAL, INTEGER)
        .gives(Physical.LONG, isRound ? RoundingTable::roundedNarrow : SAME)
        .withScaleOf(0)
        .by(method)
        .says(toPlaces)
        .example(name + "(28.05, 1)", isRound ? "28.1" : "28.0")
        .example(name + "(178.5, -2)", isRound ? "200" : "100");
    f.function(name)
        .takes(WIDE_DECIMAL, INTEGER)
        .gives(Physical.INT128, isRound ? RoundingTable::rounded : SAME)
        .withScaleOf(0)
        .by(method)
        .says(toPlaces)
        .example(
            name + "(12345678901234567890.55, 1)",
            isRound ? "12345678901234567890.6" : "12345678901234567890.5");
    return f.definitions();
  }

  private static List<FunctionDefinition> remainders() {
    Family f = new Family("math", Arithmetic.class);
    String says = "The remainder of a division; it has the sign of the dividend.";
    f.function("factorial")
        .takes(BIGINT)
        .gives(SqlType.decimal(38, 0))
        .by("factorial")
        .on(Placement.LEADER_ONLY)
        .says("The product of all whole numbers from 1 to this one.")
        .example("factorial(5)", "120")
        .example("factorial(30)", "265252859812191058636308480000000");
    f.function("mod")
        .takes(INTEGER, INTEGER)
        .gives(SqlType.INTEGER)
        .by("mod")
        .says(says)
        .example("mod(10, 4)", "2")
        .example("mod(-10, 4)", "-2");
    f.function("mod")
        .takes(BIGINT, BIGINT)
        .gives(SqlType.BIGINT)
        .by("mod")
        .says(says)
        .example("mod(3000000001, 10)", "1");
    f.function("mod")
        .takes(WIDE_DECIMAL, WIDE_DECIMAL)
        .gives(Physical.INT128, RoundingTable::remainder)
        .withScaleOf(0)
        .withScaleOf(1)
        .by("mod")
        .says(says)
        .example("mod(10.5, 4)", "2.5");
    f.function("mod")
        .takes(DOUBLE, DOUBLE)
        .gives(SqlType.DOUBLE)
        .by("mod")
        .says(says)
        .example("mod(10.5::float, 4::float)", "2.5");
    return f.definitions();
  }

  /// Rounding up may take a digit more.
  private static SqlType rounded(List<SqlType> arguments) {
    SqlType type = arguments.getFirst();
    return SqlType.decimal(
        Math.min(type.precision() + 1, SqlType.MAX_DECIMAL_PRECISION), type.scale());
  }

  private static SqlType roundedNarrow(List<SqlType> arguments) {
    SqlType type = arguments.getFirst();
    return type.precision() < NARROW_DIGITS ? rounded(arguments) : type;
  }

  private static SqlType remainder(List<SqlType> arguments) {
    int scale = Math.max(arguments.get(0).scale(), arguments.get(1).scale());
    return SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, scale);
  }
}

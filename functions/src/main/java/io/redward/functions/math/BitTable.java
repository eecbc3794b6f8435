package io.redward.functions.math;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.INTEGER;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import java.util.List;

/// Bit operators of integers.
final class BitTable {
  private BitTable() {}

  static List<FunctionDefinition> definitions() {
    Family f = new Family("math", Arithmetic.class);
    binary(f, "&", "and", "The bits set in both numbers.", "6 & 3", "2");
    binary(f, "|", "or", "The bits set in either number.", "6 | 3", "7");
    binary(f, "#", "xor", "The bits set in one of the numbers only.", "6 # 3", "5");
    f.function("~")
        .takes(INTEGER)
        .gives(SqlType.INTEGER)
        .by("not")
        .says("Each bit inverted.")
        .example("~ 5", "-6");
    f.function("~")
        .takes(BIGINT)
        .gives(SqlType.BIGINT)
        .by("not")
        .says("Each bit inverted.")
        .example("~ 5::bigint", "-6");
    shift(f, "<<", "shiftLeft", "The bits moved to the left.", "1 << 4", "16");
    shift(f, ">>", "shiftRight", "The bits moved to the right.", "-16 >> 2", "-4");
    return f.definitions();
  }

  private static void binary(
      Family f, String operator, String method, String says, String example, String answer) {
    f.function(operator)
        .takes(INTEGER, INTEGER)
        .gives(SqlType.INTEGER)
        .by(method)
        .says(says)
        .example(example, answer);
    f.function(operator)
        .takes(BIGINT, BIGINT)
        .gives(SqlType.BIGINT)
        .by(method)
        .says(says)
        .example(example.replace(" " + operator, "::bigint " + operator), answer);
  }

  private static void shift(
      Family f, String operator, String method, String says, String example, String answer) {
    f.function(operator)
        .takes(INTEGER, INTEGER)
        .gives(SqlType.INTEGER)
        .by(method)
        .says(says)
        .example(example, answer);
    f.function(operator)
        .takes(BIGINT, INTEGER)
        .gives(SqlType.BIGINT)
        .by(method)
        .says(says)
        .example(example.replace(" " + operator, "::bigint " + operator), answer);
  }
}

package io.redward.functions.math;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.DECIMAL;
import static io.redward.functions.signature.ParameterType.DOUBLE;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.WIDE_DECIMAL;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ResultRule;
import java.util.List;

/// TO_CHAR of numbers and TO_NUMBER.
final class NumberFormatTable {
  private static final ResultRule TEXT = ResultRule.always(SqlType.varchar(256));

  private NumberFormatTable() {}

  static List<FunctionDefinition> definitions() {
    Family f = new Family("formatting", NumberFormat.class);
    f.function("to_char")
        .takes(BIGINT, STRING)
        .gives(TEXT)
        .by("format")
        .says("A whole number by a format.")
        .example("to_char(482, '999th')", " 482nd")
        .example("to_char(1234567, 'FM9,999,999')", "1,234,567")
        .example("to_char(-12, '9999')", "  -12")
        .example("to_char(7, '0999')", " 0007")
        .example("to_char(125, 'FMRN')", "CXXV")
        .example("to_char(12345, '999')", " ###");
    f.function("to_char")
        .takes(DECIMAL, STRING)
        .gives(TEXT)
        .withScaleOf(0)
        .by("format")
        .says("A decimal by a format.")
        .example("to_char(125.8, '999D99')", " 125.80")
        .example("to_char(-125.8, '999D99S')", "125.80-")
        .example("to_char(-125.88, '$S999D99')", "$-125.88")
        .example("to_char(-125.88, '$999D99PR')", "$<125.88>")
        .example("to_char(125.8, 'PL999D99')", "+ 125.80")
        .example("to_char(0.5, '999.99')", "    .50")
        .example("to_char(125.80, 'FM999.999')", "125.8")
        .example("to_char(1125.8, '9,999.99')", " 1,125.80");
    f.function("to_char")
        .takes(WIDE_DECIMAL, STRING)
        .gives(TEXT)
        .withScaleOf(0)
        .by("format")
        .says("A decimal by a format.")
        .example(
            "to_char(12345678901234567890.5, 'FM99999999999999999999.00')",
            "12345678901234567890.50");
    f.function("to_char")
        .takes(DOUBLE, STRING)
        .gives(TEXT)
        .by("format")
        .says("A floating-point number by a format.")
        .example("to_char(3.14159::float, '9.99')", " 3.14");
    f.function("to_number")
        .takes(STRING, STRING)
        .gives(Physical.INT128, ResultRule.always(SqlType.decimal(38, NumberFormat.OPEN_SCALE)))
        .with(Physical.INT, _ -> ExtraArgument.of(NumberFormat.OPEN_SCALE))
        .by("parse")
        .says("A number from a text by a format, whose digits decide on the result's scale.")
        .example("to_number('$ 12,454.88', 'L 99G999D99')", "12454.88")
        .example("to_number('12.5-', '99.9S')", "-12.5");
    alternatives(f);
    return f.definitions();
  }

  private static final int MAX_NUMERAL = 64;

  private static void alternatives(Family f) {
    String says = "A whole number in Teradata's ways of writing; a sign may come last.";
    f.function("text_to_int_alt")
        .takes(STRING)
        .gives(SqlType.INTEGER)
        .by(AltNumbers.class, "toInt")
        .says(says)
        .example("text_to_int_alt('2147483647+')", "2147483647")
        .example("text_to_int_alt('12-')", "-12")
        .example("text_to_int_alt('-123E-2')", "-1");
    f.function("text_to_int_alt")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by(AltNumbers.class, "toInt")
        .says("The same by a format: `S` lets the last letter be a digit with its sign.")
        .example("text_to_int_alt('12{', '999S')", "120")
        .example("text_to_int_alt('12J', '999S')", "-121");
    SqlType wide = SqlType.decimal(38, 0);
    f.function("text_to_numeric_alt")
        .takes(STRING)
        .gives(wide)
        .by(AltNumbers.class, "toNumeric")
        .says(says)
        .example("text_to_numeric_alt('123.53-')", "-124");
    f.function("text_to_numeric_alt")
        .takes(STRING, STRING)
        .gives(wide)
        .by(AltNumbers.class, "toNumeric")
        .says("The same by a format: `V` stands where the point is that is not written.")
        .example("text_to_numeric_alt('12399', '999V99')", "124");
    f.function("$alt_numeral")
        .takes(STRING, STRING, INTEGER)
        .gives(SqlType.varchar(MAX_NUMERAL))
        .by(AltNumbers.class, "toNumeral")
        .says("The same as a numeral with some digits after the point; not for users.");
  }
}

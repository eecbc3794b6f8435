package io.redward.functions.json;

import static io.redward.functions.signature.ParameterType.BOOLEAN;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.ResultRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The JSON functions as a table.
public final class JsonFunctions {
  private static final int MAX_PATH = 5;

  private JsonFunctions() {}

  public static List<FunctionDefinition> definitions() {
    Family f = new Family("json", Json.class);
    f.function("is_valid_json")
        .takes(STRING)
        .gives(SqlType.BOOLEAN)
        .by("isValid")
        .says("True if a string is a JSON object.")
        .example("is_valid_json('{\"a\": [1, 2]}')", "t")
        .example("is_valid_json('{1: \"a\"}')", "f")
        .example("is_valid_json('[1, 2]')", "f");
    f.function("is_valid_json_array")
        .takes(STRING)
        .gives(SqlType.BOOLEAN)
        .by("isValidArray")
        .says("True if a string is a JSON array.")
        .example("is_valid_json_array('[1, {\"a\": 2}]')", "t")
        .example("is_valid_json_array('{}')", "f");
    f.function("can_json_parse")
        .takes(STRING)
        .gives(SqlType.BOOLEAN)
        .by("canParse")
        .says("True if a string is any JSON value.")
        .example("can_json_parse('[10001, \"abc\"]')", "t");
    f.function("json_array_length")
        .takes(STRING)
        .gives(SqlType.INTEGER)
        .nullable()
        .by("arrayLength")
        .says("The number of elements of a JSON array.")
        .example("json_array_length('[11, 12, {\"f1\": 21}]')", "3");
    f.function("json_array_length")
        .takes(STRING, BOOLEAN)
        .gives(SqlType.INTEGER)
        .nullable()
        .by("arrayLength")
        .says("The same, NULL for a string that is no JSON array if the flag is true.")
        .example("json_array_length('[11, 12', true)", "NULL");
    f.function("json_extract_array_element_text")
        .takes(STRING, INTEGER)
        .gives(ResultRule.partOf(0))
        .nullable()
        .by("arrayElement")
        .says("An element of a JSON array; elements count from 0.")
        .example("json_extract_array_element_text('[111, 112, 113]', 2)", "113")
        .example("json_extract_array_element_text('[\"a\", [1, 2]]', 1)", "[1, 2]")
        .example("json_extract_array_element_text('[111]', 5)", "NULL");
    f.function("json_extract_array_element_text")
        .takes(STRING, INTEGER, BOOLEAN)
        .gives(ResultRule.partOf(0))
        .nullable()
        .by("arrayElement")
        .says("The same, NULL for a string that is no JSON array if the flag is true.")
        .example("json_extract_array_element_text('[111', 0, true)", "NULL");
    for (int steps = 1; steps <= MAX_PATH; steps++) {
      path(f, steps);
    }
    return f.definitions();
  }

  private static void path(Family f, int steps) {
    List<ParameterType> parameters = new ArrayList<>(Collections.nCopies(steps + 1, STRING));
    String document = "'" + "{\"k\": ".repeat(steps) + "\"a\\u00e4\"" + "}".repeat(steps) + "'";
    String path = ", 'k'".repeat(steps);
    f.function("json_extract_path_text")
        .takes(parameters.toArray(ParameterType[]::new))
        .gives(ResultRule.partOf(0))
        .nullable()
        .with(Physical.INT, _ -> ExtraArgument.of(0))
        .by("path" + steps)
        .says("The value at a path of member names in a JSON object.")
        .example("json_extract_path_text(" + document + path + ")", "aä");
    parameters.add(BOOLEAN);
    f.function("json_extract_path_text")
        .takes(parameters.toArray(ParameterType[]::new))
        .gives(ResultRule.partOf(0))
        .nullable()
        .by("path" + steps)
        .says("The same, NULL for a string that is no JSON if the flag is true.")
        .example("json_extract_path_text('{\"k\": '" + path + ", true)", "NULL");
  }
}

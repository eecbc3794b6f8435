package io.redward.functions.json;

import static io.redward.functions.signature.ParameterType.BOOLEAN;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.SUPER;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.ResultRule;
import java.util.List;

/// The functions and conversions of SUPER values as a table. ARRAY and OBJECT take any number of
/// arguments: the binder builds them of `$array_append` and `$object_put`.
public final class SuperFunctions {
  private static final SqlType VALUE = SqlType.of(TypeKind.SUPER);

  private SuperFunctions() {}

  public static List<FunctionDefinition> definitions() {
    Family f = new Family("super", SuperValue.class);
    texts(f);
    types(f);
    arrays(f);
    SuperSetFunctions.add(f);
    conversions(f);
    return f.definitions();
  }

  private static void texts(Family f) {
    f.function("json_parse")
        .takes(STRING)
        .gives(VALUE)
        .by("parse")
        .says("The value of a JSON text.")
        .example("json_parse('[10001, 10002, \"abc\"]')", "[10001,10002,\"abc\"]");
    f.function("json_serialize")
        .takes(SUPER)
        .gives(ResultRule.longText())
        .by("same")
        .says("The JSON text of a value.")
        .example("json_serialize(json_parse('{\"a\": [1, null]}'))", "{\"a\":[1,null]}");
    f.function("json_serialize_to_varbyte")
        .takes(SUPER)
        .gives(SqlType.varbyte(SqlType.MAX_VARCHAR_BYTES))
        .by("same")
        .says("The JSON text of a value as bytes.")
        .example("json_serialize_to_varbyte(json_parse('[1]'))", "5b315d");
    f.function("json_size", "size")
        .takes(SUPER)
        .gives(SqlType.INTEGER)
        .by("size")
        .says("The number of bytes of a value's JSON text.")
        .example("json_size(json_parse('[10001, 10002, \"abc\"]'))", "19");
  }

  private static void types(Family f) {
    f.function("json_typeof")
        .takes(SUPER)
        .gives(ResultRule.always(SqlType.varchar(16)))
        .by("typeOf")
        .says("What a value is: object, array, string, number, boolean or null.")
        .example("json_typeof(json_parse('[1]'))", "array")
        .example("json_typeof(json_parse('\"a\"'))", "string");
    test(f, "is_array", "isArray", "an array", "[1, 2]");
    test(f, "is_object", "isObject", "an object", "{\"a\": 1}");
    test(f, "is_scalar", "isScalar", "neither array nor object", "1");
    test(f, "is_varchar", "isString", "a string", "\"a\"");
    test(f, "is_char", "isString", "a string", "\"a\"");
    test(f, "is_boolean", "isBoolean", "a boolean", "true");
    test(f, "is_decimal", "isDecimal", "a number without an exponent", "1.22");
    test(f, "is_float", "isFloat", "a number with an exponent", "1.5e3");
    integers(f, "is_smallint", Short.SIZE);
    integers(f, "is_integer", Integer.SIZE);
    integers(f, "is_bigint", Long.SIZE);
    f.function("decimal_precision")
        .takes(SUPER)
        .gives(SqlType.INTEGER)
        .nullable()
        .by("precision")
        .says("The number of digits of a number.")
        .example("decimal_precision(json_parse('1.220'))", "4");
    f.function("decimal_scale")
        .takes(SUPER)
        .gives(SqlType.INTEGER)
        .nullable()
        .by("scale")
        .says("The number of digits of a number after the point.")
        .example("decimal_scale(json_parse('1.220'))", "3");
  }

  private static void test(Family f, String name, String method, String what, String example) {
    f.function(name)
        .takes(SUPER)
        .gives(SqlType.BOOLEAN)
        .by(method)
        .says("True if a value is " + what + ".")
        .example(name + "(json_parse('" + example + "'))", "t");
  }

  private static void integers(Family f, String name, int bits) {
    f.function(name)
        .takes(SUPER)
        .gives(SqlType.BOOLEAN)
        .with(Physical.INT, _ -> ExtraArgument.of(bits))
        .by("isInteger")
        .says("True if a value is a whole number of at most " + bits + " bits.")
        .example(name + "(json_parse('5'))", "t")
        .example(name + "(json_parse('5.5'))", "f");
  }

  private static void arrays(Family f) {
    f.function("get_array_length")
        .takes(SUPER)
        .gives(SqlType.INTEGER)
        .nullable()
        .by(SuperArrays.class, "length")
        .says("The number of elements of an array.")
        .example("get_array_length(json_parse('[1, [2, 3], 4]'))", "3");
    f.function("array_concat")
        .takes(SUPER, SUPER)
        .gives(VALUE)
        .by(SuperArrays.class, "concat")
        .says("The elements of two arrays.")
        .example("array_concat(json_parse('[1]'), json_parse('[2, 3]'))", "[1,2,3]");
    f.function("array_flatten")
        .takes(SUPER)
        .gives(VALUE)
        .by(SuperArrays.class, "flatten")
        .says("The elements of the arrays in an array.")
        .example("array_flatten(json_parse('[[1, 2], [], 3, [4, [5]]]'))", "[1,2,3,4,5]");
    f.function("subarray")
        .takes(SUPER, INTEGER)
        .gives(VALUE)
        .by(SuperArrays.class, "from")
        .says("The elements of an array from an index on; elements count from 0.")
        .example("subarray(json_parse('[1, 2, 3]'), 1)", "[2,3]");
    f.function("subarray")
        .takes(SUPER, INTEGER, INTEGER)
        .gives(VALUE)
        .by(SuperArrays.class, "slice")
        .says("Some elements of an array from an index on.")
        .example("subarray(json_parse('[1, 2, 3, 4]'), 1, 2)", "[2,3]")
        .example("subarray(json_parse('[1, 2, 3, 4]'), -1, 2)", "[4]");
    f.function("split_to_array")
        .takes(STRING, STRING)
        .gives(VALUE)
        .by(SuperArrays.class, "split")
        .says("The parts of a string between delimiters.")
        .example("split_to_array('12|345|6789', '|')", "[\"12\",\"345\",\"6789\"]");
    hidden(f, "$refuse_navigation", VALUE, SUPER).nullable().by("refuseNavigation");
    hidden(f, "$refuse_cast", VALUE, SUPER).nullable().by("refuseCast");
    hidden(f, "$array_append", VALUE, SUPER, SUPER).by(SuperArrays.class, "append");
    hidden(f, "$object_put", VALUE, SUPER, STRING, SUPER).by(SuperArrays.class, "put");
    hidden(f, "$object_replace", VALUE, SUPER, STRING, SUPER).by(SuperArrays.class, "replace");
    hidden(f, "$member", VALUE, SUPER, STRING).nullable().by(SuperArrays.class, "member");
    hidden(f, "$element", VALUE, SUPER, INTEGER).nullable().by(SuperArrays.class, "element");
  }

  private static Family.Entry hidden(
      Family f, String name, SqlType result, ParameterType... parameters) {
    return f.function(name)
        .takes(parameters)
        .gives(result)
        .says("For the binder: navigation, constructors and conversions.");
  }

  /// Named as `FunctionCatalog.zonedCast` looks them up.
  private static void conversions(Family f) {
    hidden(f, "$super", VALUE, STRING).by("quote");
    hidden(f, "$super", VALUE, BOOLEAN).by("ofBoolean");
    hidden(f, "$text", SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), SUPER).nullable().by("toText");
    hidden(f, "$boolean", SqlType.BOOLEAN, SUPER).nullable().by("toBoolean");
    hidden(f, "$smallint", SqlType.SMALLINT, SUPER)
        .nullable()
        .with(Physical.INT, _ -> ExtraArgument.of(Short.SIZE))
        .by("toInt");
    hidden(f, "$integer", SqlType.INTEGER, SUPER).nullable().by("toInt");
    hidden(f, "$bigint", SqlType.BIGINT, SUPER).nullable().by("toLong");
    hidden(f, "$real", SqlType.DOUBLE, SUPER).nullable().by("toDouble");
    hidden(f, "$double", SqlType.DOUBLE, SUPER).nullable().by("toDouble");
    hidden(f, "$decimal", SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), SUPER)
        .nullable()
        .by("toNumberText");
    hidden(f, "$date", SqlType.varchar(64), SUPER).nullable().by("toText");
    hidden(f, "$timestamp", SqlType.varchar(64), SUPER).nullable().by("toText");
    hidden(f, "$varbyte", SqlType.varbyte(SqlType.MAX_VARCHAR_BYTES), SUPER)
        .nullable()
        .by("toText");
  }
}

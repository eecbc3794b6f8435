package io.redward.functions.json;

import static io.redward.functions.signature.ParameterType.BOOLEAN;
import static io.redward.functions.signature.ParameterType.SUPER;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Family;

/// Arrays as sets, members' names, and arithmetic of SUPER values as a table.
final class SuperSetFunctions {
  private static final SqlType VALUE = SqlType.of(TypeKind.SUPER);

  private SuperSetFunctions() {}

  static void add(Family f) {
    search(f);
    sets(f);
    f.function("get_number_attributes")
        .takes(SUPER)
        .gives(SqlType.INTEGER)
        .nullable()
        .by(SuperSets.class, "attributes")
        .says("The number of members of an object.")
        .example("get_number_attributes(json_parse('{\"a\": 1, \"b\": {\"c\": 2}}'))", "2");
    f.function("object_transform")
        .takes(SUPER, SUPER, SUPER)
        .gives(VALUE)
        .by(ObjectTransform.class, "transform")
        .says(
            "An object with only the members at the paths behind KEEP, if there are any, and with"
                + " the values behind SET at their paths.")
        .example(
            "object_transform(json_parse('{\"a\":1,\"b\":{\"c\":2}}') keep '\"b\".\"c\"' set"
                + " '\"d\"', 4)",
            "{\"b\":{\"c\":2},\"d\":4}");
    f.function("lower_attribute_names")
        .takes(SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "lowerNames")
        .says("The value with the names of all members in lower case.")
        .example("lower_attribute_names(json_parse('{\"A\": {\"Bc\": 1}}'))", "{\"a\":{\"bc\":1}}");
    f.function("upper_attribute_names")
        .takes(SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "upperNames")
        .says("The value with the names of all members in upper case.")
        .example(
            "upper_attribute_names(json_parse('{\"a\": [{\"b\": 1}]}'))", "{\"A\":[{\"B\":1}]}");
    for (String name : new String[] {"add", "subtract", "multiply", "divide", "modulo"}) {
      f.function("$super_" + name)
          .takes(SUPER, SUPER)
          .gives(VALUE)
          .nullable()
          .by(SuperMath.class, name)
          .says("For the binder: arithmetic.");
    }
    f.function("$super_compare")
        .takes(SUPER, SUPER)
        .gives(SqlType.INTEGER)
        .nullable()
        .by(SuperMath.class, "compare")
        .says("For the binder: the order of two values.");
    f.function("$super_plain")
        .takes(SUPER)
        .gives(VALUE)
        .nullable()
        .by(SuperMath.class, "plain")
        .says("For the binder: the result of an aggregate.");
  }

  private static void search(Family f) {
    f.function("array_contains")
        .takes(SUPER, SUPER)
        .gives(SqlType.BOOLEAN)
        .by(SuperSets.class, "contains")
        .says("True if a value is an element of an array.")
        .example("array_contains(json_parse('[1, 2]'), json_parse('2.0'))", "t");
    f.function("array_position")
        .takes(SUPER, SUPER)
        .gives(SqlType.INTEGER)
        .by(SuperSets.class, "position")
        .says("The index of a value in an array, from 0 on; -1 if it is no element.")
        .example("array_position(json_parse('[\"a\", \"b\"]'), json_parse('\"b\"'))", "1");
    f.function("array_positions")
        .takes(SUPER, SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "positions")
        .says("All indexes of a value in an array.")
        .example("array_positions(json_parse('[7, 8, 7]'), json_parse('7'))", "[0,2]");
    f.function("arrays_overlap")
        .takes(SUPER, SUPER)
        .gives(SqlType.BOOLEAN)
        .by(SuperSets.class, "overlap")
        .says("True if two arrays share an element.")
        .example("arrays_overlap(json_parse('[1, 2]'), json_parse('[2, 3]'))", "t");
  }

  private static void sets(Family f) {
    f.function("array_distinct")
        .takes(SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "distinct")
        .says("The different elements of an array.")
        .example("array_distinct(json_parse('[1, 2, 1, \"a\"]'))", "[1,2,\"a\"]");
    f.function("array_union")
        .takes(SUPER, SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "union")
        .says("The different elements of two arrays.")
        .example("array_union(json_parse('[1, 2]'), json_parse('[2, 3]'))", "[1,2,3]");
    f.function("array_except")
        .takes(SUPER, SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "except")
        .says("The different elements of one array that are not in another.")
        .example("array_except(json_parse('[1, 2, 1]'), json_parse('[2]'))", "[1]");
    f.function("array_intersection")
        .takes(SUPER, SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "intersection")
        .says("The different elements that are in both of two arrays.")
        .example("array_intersection(json_parse('[1, 2]'), json_parse('[2, 3]'))", "[2]");
    f.function("array_sort")
        .takes(SUPER)
        .gives(VALUE)
        .by(SuperSets.class, "sort")
        .says("The elements of an array in ascending order, nulls last.")
        .example("array_sort(json_parse('[3, 1, null, 2]'))", "[1,2,3,null]");
    f.function("array_sort")
        .takes(SUPER, BOOLEAN)
        .gives(VALUE)
        .by(SuperSets.class, "sort")
        .says("The elements of an array in ascending order if the flag is true, else descending.")
        .example("array_sort(json_parse('[3, 1, 2]'), false)", "[3,2,1]");
    f.function("array_sort")
        .takes(SUPER, BOOLEAN, BOOLEAN)
        .gives(VALUE)
        .by(SuperSets.class, "sort")
        .says("The same with nulls first if the second flag is true.")
        .example("array_sort(json_parse('[3, null, 2]'), true, true)", "[null,2,3]");
  }
}

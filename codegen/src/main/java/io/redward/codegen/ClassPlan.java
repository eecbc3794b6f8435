package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.foundation.batch.ValueOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a generated class in the making and what they are bound to. The class knows the
/// fields only; their values belong to one segment of that shape.
final class ClassPlan {
  private final List<Code.Field> fields = new ArrayList<>();
  private final List<FieldValue> values = new ArrayList<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Map<String, Code.Field> named = new HashMap<>();
  private final Map<String, Integer> variables = new HashMap<>();

  /// A new field, called `prefix` and a number.
  Code.Field field(String prefix, Class<?> type, FieldValue value) {
    int number = counters.merge(prefix, 1, Integer::sum) - 1;
    Code.Field field = new Code.Field(prefix + number, type);
    fields.add(field);
    values.add(value);
    return field;
  }

  /// The field of this very name, made the first time.
  Code.Field single(String name, Class<?> type, FieldValue value) {
    Code.Field known = named.get(name);
    if (known != null) {
      return known;
    }
    Code.Field field = new Code.Field(name, type);
    fields.add(field);
    values.add(value);
    named.put(name, field);
    return field;
  }

  /// A result holder for one call site.
  Code.Field out() {
    return field("out", ValueOut.class, _ -> new ValueOut());
  }

  /// An empty byte array: what the page of a NULL string is.
  Code noBytes() {
    return single("noBytes", byte[].class, _ -> new byte[0]);
  }

  /// A name for a local variable that no other has.
  String name(String prefix) {
    int number = variables.merge(prefix, 1, Integer::sum);
    return number == 1 ? prefix : prefix + number;
  }

  List<Code.Field> fields() {
    return List.copyOf(fields);
  }

  List<FieldValue> values() {
    return List.copyOf(values);
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.procedure.PlText;
import io.redward.plan.expression.Constant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables of a block and those around it.
final class Variables implements PlText.Names {
  /// A value and its type.
  record Value(SqlType type, Constant constant) {}

  private final @Nullable Variables outer;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Map<String, Value>> records = new HashMap<>();
  private final Map<String, BoundCursor> boundCursors = new HashMap<>();

  Variables(@Nullable Variables outer) {
    this.outer = outer;
  }

  void declare(String name, SqlType type, Constant value) {
    values.put(name, new Value(type, value));
  }

  void declareRecord(String name) {
    records.put(name, new LinkedHashMap<>());
  }

  /// A cursor whose query was given with its declaration.
  ///
  /// @param parameters in their order, with their types
  record BoundCursor(String query, Map<String, SqlType> parameters) {}

  void bindCursor(String name, BoundCursor cursor) {
    boundCursors.put(name, cursor);
  }

  Optional<BoundCursor> boundCursor(String name) {
    BoundCursor cursor = boundCursors.get(name);
    return cursor != null || outer == null ? Optional.ofNullable(cursor) : outer.boundCursor(name);
  }

  @Override
  public boolean isValue(String name) {
    return values.containsKey(name) || outer != null && outer.isValue(name);
  }

  @Override
  public boolean isRecord(String name) {
    return records.containsKey(name) || outer != null && outer.isRecord(name);
  }

  /// A variable's value, or that of a record's field.
  Value get(String name, String field) {
    Value value = values.get(name);
    if (field.isEmpty() && value != null) {
      return value;
    }
    Map<String, Value> fields = records.get(name);
    if (!field.isEmpty() && fields != null) {
      Value found = fields.get(field);
      if (found == null) {
        throw new SqlException(
            SqlState.UNDEFINED_COLUMN, "record \"" + name + "\" has no field \"" + field + "\"");
      }
      return found;
    }
    if (outer == null) {
      throw unknown(name);
    }
    return outer.get(name, field);
  }

  /// The type that a value assigned to the variable must have; empty if it takes any.
  Optional<SqlType> type(String name, String field) {
    if (!field.isEmpty()) {
      return isRecord(name) ? Optional.of(get(name, field).type()) : Optional.empty();
    }
    return Optional.of(get(name, "").type());
  }

  void set(String name, String field, Constant value) {
    Map<String, Value> place = field.isEmpty() ? values : records.getOrDefault(name, Map.of());
    String key = field.isEmpty() ? name : field;
    Value old = place.get(key);
    if (old != null) {
      place.put(key, new Value(old.type(), value));
    } else if (outer == null) {
      throw unknown(name);
    } else {
      outer.set(name, field, value);
    }
  }

  /// Gives a record its fields.
  void setRecord(String name, Map<String, Value> fields) {
    if (records.containsKey(name)) {
      records.put(name, new LinkedHashMap<>(fields));
    } else if (outer != null) {
      outer.setRecord(name, fields);
    } else {
      throw unknown(name);
    }
  }

  private static SqlException unknown(String name) {
    return new SqlException(SqlState.SYNTAX_ERROR, "\"" + name + "\" is not a known variable");
  }
}

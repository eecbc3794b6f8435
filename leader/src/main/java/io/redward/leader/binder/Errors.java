package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;

/// The binder's errors, in PostgreSQL's words.
final class Errors {
  private Errors() {}

  static SqlException at(int position, SqlState state, String message) {
    return new SqlException(state, message).withPosition(position);
  }

  static SqlException unsupported(int position, String what) {
    return at(position, SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported");
  }

  static SqlException noOperator(int position, String operator, SqlType left, SqlType right) {
    return at(
            position,
            SqlState.UNDEFINED_FUNCTION,
            "operator does not exist: " + name(left) + " " + operator + " " + name(right))
        .withHint(
            "No operator matches the given name and argument type(s). "
                + "You may need to add explicit type casts.");
  }

  static SqlException noOperator(int position, String operator, SqlType operand) {
    return at(
            position,
            SqlState.UNDEFINED_FUNCTION,
            "operator does not exist: " + operator + " " + name(operand))
        .withHint(
            "No operator matches the given name and argument type. "
                + "You may need to add an explicit type cast.");
  }

  static SqlException cannotCast(int position, SqlType from, SqlType to) {
    return at(
        position, SqlState.CANNOT_COERCE, "cannot cast type " + name(from) + " to " + name(to));
  }

  static SqlException notBoolean(int position, String clause, SqlType type) {
    return at(
        position,
        SqlState.DATATYPE_MISMATCH,
        "argument of " + clause + " must be type boolean, not type " + name(type));
  }

  /// A type's name without its modifiers, as messages show it.
  static String name(SqlType type) {
    return type.kind().sqlName();
  }
}

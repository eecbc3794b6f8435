package io.redward.python;

import io.redward.foundation.types.SqlType;
import java.util.Optional;

/// How values of a type go to Python and back.
enum PythonForm {
  BOOLEAN,
  INTEGER,
  FLOAT,
  /// As `decimal.Decimal`.
  DECIMAL,
  TEXT,
  /// As `datetime.date`.
  DATE,
  /// As `datetime.datetime`.
  TIMESTAMP;

  static Optional<PythonForm> of(SqlType type) {
    return Optional.ofNullable(
        switch (type.kind()) {
          case BOOLEAN -> BOOLEAN;
          case SMALLINT, INTEGER, BIGINT -> INTEGER;
          case REAL, DOUBLE -> FLOAT;
          case DECIMAL -> DECIMAL;
          case CHAR, VARCHAR, TEXT -> TEXT;
          case DATE -> DATE;
          case TIMESTAMP -> TIMESTAMP;
          default -> null;
        });
  }

  /// An expression of Python that makes the value of what Java hands over.
  String read(String value) {
    return switch (this) {
      case DECIMAL -> "decimal.Decimal(" + value + ")";
      case DATE -> "datetime.date.fromisoformat(" + value + ")";
      case TIMESTAMP -> "datetime.datetime.fromisoformat(" + value + ")";
      case BOOLEAN, INTEGER, FLOAT, TEXT -> value;
    };
  }

  /// An expression that makes something Java takes of an answer.
  String write(String value) {
    return switch (this) {
      case BOOLEAN -> "bool(" + value + ")";
      case INTEGER -> "int(" + value + ")";
      case FLOAT -> "float(" + value + ")";
      case DECIMAL, TEXT -> "str(" + value + ")";
      case DATE -> value + ".isoformat()[:10]";
      case TIMESTAMP -> value + ".isoformat()";
    };
  }
}

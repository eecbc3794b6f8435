package io.redward.leader.session;

import io.redward.foundation.types.SqlType;

/// The numbers of a type as SHOW prints them; an empty text where the type has none.
///
/// @param length of strings, in bytes
/// @param precision of numbers: bits, or digits of decimals
record TypeNumbers(String length, String precision, String scale) {
  static TypeNumbers of(SqlType type) {
    return switch (type.kind()) {
      case CHAR, VARCHAR -> new TypeNumbers(Integer.toString(type.precision()), "", "");
      case SMALLINT -> new TypeNumbers("", "16", "0");
      case INTEGER -> new TypeNumbers("", "32", "0");
      case BIGINT -> new TypeNumbers("", "64", "0");
      case REAL -> new TypeNumbers("", "24", "");
      case DOUBLE -> new TypeNumbers("", "53", "");
      case DECIMAL ->
          new TypeNumbers("", Integer.toString(type.precision()), Integer.toString(type.scale()));
      default -> new TypeNumbers("", "", "");
    };
  }
}

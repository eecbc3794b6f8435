package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.util.List;

/// The type of a function's result, from the types its arguments were cast to.
@FunctionalInterface
public interface ResultRule {
  SqlType type(List<SqlType> arguments);

  static ResultRule always(SqlType type) {
    return _ -> type;
  }

  static ResultRule sameAs(int index) {
    return arguments -> arguments.get(index);
  }

  /// VARCHAR of at most the length of the argument at `index`: parts of a string.
  static ResultRule partOf(int index) {
    return arguments -> SqlType.varchar(lengthOf(arguments.get(index)));
  }

  /// VARCHAR of the longest length: results longer than their arguments in ways types don't tell.
  static ResultRule longText() {
    return _ -> SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
  }

  /// VARCHAR as long as all arguments together.
  static ResultRule concatenation() {
    return arguments -> {
      long bytes = 0;
      for (SqlType argument : arguments) {
        bytes += lengthOf(argument);
      }
      return SqlType.varchar((int) Math.min(bytes, SqlType.MAX_VARCHAR_BYTES));
    };
  }

  /// The declared length in bytes of a string type, the longest if it has none.
  static int lengthOf(SqlType type) {
    return type.precision() > 0 && type.kind() != TypeKind.DECIMAL
        ? type.precision()
        : SqlType.MAX_VARCHAR_BYTES;
  }
}

package io.redward.spi;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// What files hold, as far as it can be told from them.
///
/// @param request a load of them all
/// @param columns in the order of the files' fields
/// @param bytes of the files
public record FileShape(CopyRequest request, List<Column> columns, long bytes) {
  /// A column.
  public record Column(String name, SqlType type) {}

  public FileShape {
    columns = List.copyOf(columns);
  }
}

package io.redward.spi;

import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;

/// Values as text. Keeps the last one; for one thread.
public interface ValueText {
  /// Makes the text of a value that is not null.
  ///
  /// @return its length in bytes
  int put(SqlType type, Vector vector, int row);

  /// Where the text is, from 0 on; valid until the next `put`.
  byte[] bytes();
}

package io.redward.codegen;

import io.redward.foundation.types.SqlType;
import java.util.Optional;

/// Finds the methods behind functions and conversions.
interface FunctionLibrary {
  FunctionBinding function(String functionId);

  /// True if two calls with the same arguments may answer differently.
  boolean isVolatile(String functionId);

  /// Empty if the conversion is inline or there is none.
  Optional<FunctionBinding> cast(SqlType from, SqlType to, boolean strict);

  /// A conversion that answers NULL where it fails; empty if that of [#cast] cannot fail, or is
  /// inline.
  Optional<FunctionBinding> castOrNull(SqlType from, SqlType to);
}

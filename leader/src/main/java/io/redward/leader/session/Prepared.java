package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A parsed and bound statement that can be executed many times.
public interface Prepared {
  List<SqlType> parameterTypes();

  /// Empty if the statement returns no rows.
  List<ResultColumn> columns();

  /// True for an empty or comment-only text.
  boolean isEmpty();
}

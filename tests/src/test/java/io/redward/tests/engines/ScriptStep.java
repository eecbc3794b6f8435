package io.redward.tests.engines;

import java.util.List;

/// One statement or query of a file, with the names of its loops filled in.
///
/// @param line the line of its first word, from 1
/// @param wanted the rows of a query
record ScriptStep(
    int line,
    Kind kind,
    String connection,
    String sort,
    String sql,
    List<String> wanted,
    int columns) {
  /// What shall happen.
  enum Kind {
    OK,
    ERROR,
    MAYBE,
    QUERY,
    RESTART
  }
}

package io.redward.gateway.dataapi;

/// The form in which a statement's rows are kept and given.
enum ResultForm {
  /// `GetStatementResult`'s fields, which name their type.
  JSON,
  /// `GetStatementResultV2`'s lines.
  CSV,
  /// Ours: `GetStatementResult` with every row an array of strings and nulls, exact whatever the
  /// type, where a JSON number would lose digits in a browser.
  TEXT
}

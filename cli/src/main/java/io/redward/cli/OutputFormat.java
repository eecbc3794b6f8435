package io.redward.cli;

/// How results are laid out.
public enum OutputFormat {
  /// Aligned columns with a header and a row count.
  TABLE,
  /// RFC 4180 with a header line.
  CSV,
  /// An array of objects.
  JSON,
  /// One line a column, a block a row.
  VERTICAL
}

package io.redward.load.format;

import io.redward.load.source.Chunk;

/// Where a format reader puts its rows: a row is begun, its fields given in order, and then ended
/// or rejected. One a worker.
public interface RowSink {
  /// A new row; `chunk`, `from` and `to` say where it stands, for error reports.
  void begin(Chunk chunk, int from, int to);

  /// A field of the row: bytes of the chunk, or NULL if `length` is negative.
  ///
  /// @param quoted whether it stood in quotes, which an empty string or a null marker may be known
  ///     by
  void field(int index, byte[] bytes, int offset, int length, boolean quoted);

  /// The row is complete.
  ///
  /// @param fields how many it had
  /// @param delimiterFollows whether the last one was followed by a delimiter: an empty field more,
  ///     if the table has room for it
  void end(int fields, boolean delimiterFollows);

  /// The row is bad as a whole.
  void reject(int code, String reason, int position);

  /// True once the current row is known to be bad; the rest of its fields may be skipped.
  boolean rejected();
}

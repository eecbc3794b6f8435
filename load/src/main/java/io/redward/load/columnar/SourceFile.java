package io.redward.load.columnar;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import org.jspecify.annotations.Nullable;

/// How messages name a file.
///
/// @param name its URL or path
/// @param format as in "Parquet schema"
public record SourceFile(String name, String format) {

  /// The error a user sees for whatever went wrong when reading a file.
  public SqlException explain(RuntimeException problem) {
    return switch (problem) {
      case SqlException sql -> sql;
      case MalformedFile malformed -> damaged(malformed.problem(), null);
      default -> damaged("its structure is damaged", problem);
    };
  }

  private SqlException damaged(String what, @Nullable RuntimeException cause) {
    String message = "file \"" + name + "\" is not a valid " + format + " file: " + what;
    SqlException error =
        cause == null
            ? new SqlException(SqlState.DATA_CORRUPTED, message)
            : new SqlException(SqlState.DATA_CORRUPTED, message, cause);
    return error.withDetail(scanError("File '" + name + "' is not a valid " + format + " file"));
  }

  /// The number of columns is not the table's.
  public SqlException unmatched(int expected, int found) {
    return new SqlException(
        SqlState.BAD_COPY_FILE_FORMAT,
        ("Unmatched number of columns between table and file. Table columns: %d,"
                + " Data columns: %d, File name: %s")
            .formatted(expected, found, name));
  }

  /// The detail that goes with what a scan of files finds.
  static String scanError(String context) {
    return "error:  Spectrum Scan Error\ncode:  15001\ncontext:  " + context;
  }
}

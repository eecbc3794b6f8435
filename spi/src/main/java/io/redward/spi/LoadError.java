package io.redward.spi;

/// A row that could not be loaded, as `stl_load_errors` shows it.
///
/// @param line 1-based line of the file where the row starts
/// @param column name of the offending column, empty if the row as a whole is bad
/// @param type of the column, with its length if it has one
/// @param position 0-based byte offset of the field in the row
/// @param rawLine the row as read, at most 1024 bytes
/// @param rawValue the field as read, at most 1024 bytes
/// @param code Redshift's load error number
/// @param reason in Redshift's words
public record LoadError(
    String file,
    long line,
    String column,
    String type,
    int position,
    String rawLine,
    String rawValue,
    int code,
    String reason) {}

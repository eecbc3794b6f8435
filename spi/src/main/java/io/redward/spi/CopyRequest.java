package io.redward.spi;

import java.util.List;
import java.util.Optional;

/// COPY's parameters, checked and typed.
///
/// @param source what stands behind FROM: a `file:` URL, possibly with a glob or a directory
/// @param format of the files
/// @param compression of the files
/// @param ignoreHeader lines to skip at the start of each file
/// @param conversion how fields become values
/// @param maxErrors bad rows to tolerate
/// @param analyzeOnly NOLOAD: check the files, append nothing
public record CopyRequest(
    String source,
    Format format,
    Compression compression,
    int ignoreHeader,
    Conversion conversion,
    int maxErrors,
    boolean analyzeOnly) {
  /// The files' form.
  public sealed interface Format {
    /// Fields between delimiters, not quoted.
    ///
    /// @param escape backslash escapes the next character
    /// @param removeQuotes surrounding quotes are dropped
    record Delimited(byte delimiter, boolean escape, boolean removeQuotes) implements Format {}

    /// Comma-separated by default, quoted where needed, quotes doubled inside.
    record Csv(byte delimiter, byte quote) implements Format {}

    /// Columns of fixed widths in bytes.
    record FixedWidth(List<Integer> widths) implements Format {}

    /// One JSON object a line or after another; members are matched to columns by name.
    record Json(boolean ignoreCase) implements Format {}

    /// Parquet files; columns by position.
    record Parquet() implements Format {}
  }

  /// How the files are packed.
  public enum Compression {
    NONE,
    GZIP,
    BZIP2,
    ZSTD
  }

  /// How fields become values.
  ///
  /// @param nullAs the text that means NULL
  /// @param acceptInvalidChars what replaces bytes that are not UTF-8; empty refuses them
  /// @param dateFormat DATEFORMAT, empty for ISO or 'auto'
  /// @param timeFormat TIMEFORMAT, likewise; `epochsecs` and `epochmillisecs` too
  public record Conversion(
      Optional<String> nullAs,
      boolean blanksAsNull,
      boolean emptyAsNull,
      boolean fillRecord,
      boolean ignoreBlankLines,
      boolean trimBlanks,
      boolean truncateColumns,
      boolean roundDecimals,
      Optional<Byte> acceptInvalidChars,
      boolean acceptAnyDate,
      String dateFormat,
      String timeFormat) {}
}

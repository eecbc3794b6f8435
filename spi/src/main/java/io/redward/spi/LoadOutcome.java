package io.redward.spi;

import java.util.List;

/// What a load came to.
///
/// @param rows rows appended
/// @param bytes bytes read from the files, before decompression
/// @param files read, in the order they were named
/// @param errors rows left out, as far as MAXERROR allowed
/// @param replacements values of which ACCEPTINVCHARS has replaced bytes
public record LoadOutcome(
    long rows,
    long bytes,
    List<LoadedFile> files,
    List<LoadError> errors,
    List<LoadError> replacements) {
  /// Of no files.
  public static final LoadOutcome NOTHING = new LoadOutcome(0, 0, List.of(), List.of(), List.of());

  public LoadOutcome {
    files = List.copyOf(files);
    errors = List.copyOf(errors);
    replacements = List.copyOf(replacements);
  }
}

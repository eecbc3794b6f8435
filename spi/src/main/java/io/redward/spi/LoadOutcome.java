package io.redward.spi;

import java.util.List;

/// What a load came to.
///
/// @param rows rows appended
/// @param files files read
/// @param bytes bytes read from them, before decompression
/// @param errors rows left out, as far as MAXERROR allowed
public record LoadOutcome(long rows, List<LoadedFile> files, long bytes, List<LoadError> errors) {
  public LoadOutcome {
    files = List.copyOf(files);
    errors = List.copyOf(errors);
  }
}

package io.redward.load.unload;

import io.redward.foundation.batch.Batch;
import java.io.IOException;
import java.nio.file.Path;

/// A file of rows that is being written, in a temporary place.
interface RowFile {
  void add(Batch batch, int row) throws IOException;

  /// Bytes before compression.
  long bytes();

  long rows();

  Path path();

  void close() throws IOException;
}

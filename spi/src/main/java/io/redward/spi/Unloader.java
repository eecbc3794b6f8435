package io.redward.spi;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// Carries UNLOAD out: writes the rows of a query to files.
public interface Unloader {
  /// A column of the query.
  record Column(String name, SqlType type) {}

  /// A file in its place.
  record Written(String url, long bytes, long rows) {}

  /// Files that are being written. One thread at a time.
  interface Writing extends AutoCloseable {
    /// The vectors are valid until the call returns.
    void rows(Batch batch);

    /// Ends the files and puts them to their places.
    ///
    /// @return the files of rows
    List<Written> finish();

    /// Gives up what has not been finished.
    @Override
    void close();
  }

  /// Looks at what is there, and prepares to write.
  ///
  /// @throws io.redward.foundation.base.SqlException if the target may not be written to
  Writing begin(UnloadRequest request, List<Column> columns);
}

package io.redward.spi;

import io.redward.foundation.base.CancelToken;
import io.redward.storage.table.WriteTransaction;

/// Carries COPY out: reads files and appends rows to a table within the statement's transaction.
public interface Loader {
  /// Loads everything the request names. On an error that the request does not tolerate nothing is
  /// appended.
  ///
  /// @param progress told now and then, by one thread at a time
  /// @throws io.redward.foundation.base.SqlException the statement's error; bad rows are in
  ///     [LoadFailedException] where there are any
  LoadOutcome load(
      CopyRequest request,
      LoadTarget target,
      WriteTransaction transaction,
      CancelToken cancel,
      LoadProgress progress);

  /// Whether there are files at a place beyond those that are known.
  boolean hasFiles(CopyRequest.Origin origin);

  /// Looks at what files hold: their form is told by their names, columns and types by the first of
  /// them.
  FileShape describe(CopyRequest.Origin origin);

  /// Hears how far a load has come, and what it has met.
  @FunctionalInterface
  interface LoadProgress {
    void at(long rows, long bytesRead, long bytesTotal);

    /// Those who only count do not listen.
    default void met(LoadIncident incident) {}
  }
}

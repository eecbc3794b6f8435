package io.redward.storage.namespace;

/// Whether what a process has begun to use may still be used.
interface Tenure {
  /// Of a process that has the namespace to itself.
  Tenure UNLIMITED = () -> {};

  /// @throws io.redward.foundation.base.SqlException CANNOT_CONNECT_NOW if others may have
  ///     deleted it
  void check();
}

package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;

/// The store failed in a way that leaves open whether a commit was written, now or later. Its
/// staged objects must stay, and the log must be read before the next commit.
final class UncertainCommitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SqlException failure;

  UncertainCommitException(SqlException failure) {
    super(failure);
    this.failure = failure;
  }

  SqlException failure() {
    return failure;
  }
}

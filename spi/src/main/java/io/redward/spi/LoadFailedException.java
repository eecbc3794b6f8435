package io.redward.spi;

import io.redward.foundation.base.SqlException;
import java.util.List;

/// A load that was given up because of bad rows: the statement's error, and the rows for
/// `stl_load_errors`.
public final class LoadFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SqlException error;
  private final transient List<LoadError> errors;

  public LoadFailedException(SqlException error, List<LoadError> errors) {
    super(error.message(), error);
    this.error = error;
    this.errors = List.copyOf(errors);
  }

  public SqlException error() {
    return error;
  }

  public List<LoadError> errors() {
    return errors;
  }
}

package io.redward.cluster.scaling;

import io.redward.foundation.base.SqlException;
import java.io.IOException;

/// Says that a cluster is there but does not see what the query is to read.
final class BehindException extends IOException {
  private static final long serialVersionUID = 1L;

  BehindException(SqlException cause) {
    super(cause.message(), cause);
  }
}

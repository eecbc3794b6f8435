package io.redward.storage.bytes;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;

/// Bytes that are whole, as their checksum says, in a version of their format that is not known:
/// a later release has written them.
public final class UnknownVersionException extends MalformedBytesException {
  private static final long serialVersionUID = 1L;

  /// @param kind of thing, as in "rowset"
  public UnknownVersionException(String kind, int version) {
    super(kind + " version " + version + " is not known");
  }

  /// The error of whoever needs the object.
  ///
  /// @param object as errors name it
  public SqlException of(String object) {
    return new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            object + " was written by a later release: " + reason(),
            this)
        .withHint("Read it with the release that wrote it, or a later one.");
  }
}

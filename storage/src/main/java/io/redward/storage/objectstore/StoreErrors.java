package io.redward.storage.objectstore;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.util.Locale;

/// The errors of stores, in one wording.
public final class StoreErrors {
  private StoreErrors() {}

  public static SqlException missing(String key) {
    return new SqlException(SqlState.UNDEFINED_FILE, "object \"" + key + "\" is missing")
        .withHint("Restore the object from a backup.");
  }

  public static SqlException truncated(String key, long wanted, long present) {
    return new SqlException(
        SqlState.DATA_CORRUPTED,
        "object \"" + key + "\" is cut short: " + present + " bytes instead of at least " + wanted);
  }

  static SqlException failed(String action, String key, IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new SqlException(
              SqlState.DISK_FULL, "could not " + action + " \"" + key + "\": disk full", cause)
          .withDetail(reason)
          .withHint("Free some space on the volume of the data directory and try again.");
    }
    return new SqlException(
            SqlState.IO_ERROR, "could not " + action + " \"" + key + "\": " + reason, cause)
        .withHint("Check the volume of the data directory and who may write to it.");
  }
}

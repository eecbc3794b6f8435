package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.system.Incident;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Failures that views of their own tell of: those that are the warehouse's rather than the
/// statement's (`stl_error`, `stl_disk_full_diag`), and those of users' functions (`svl_udf_log`).
record FailureNotes(Incident.Kind kind, List<String> values) {
  private static final int BLOCK_SHIFT = 20;

  /// What a function that failed makes the statement say.
  private static final Pattern FUNCTION =
      Pattern.compile("function \"([^\"]+)\": (.*)", Pattern.DOTALL);

  /// What is to be noted of a statement's end.
  ///
  /// @param spilledBytes that the statement has in temporary files
  static Optional<FailureNotes> of(SqlException failure, long spilledBytes) {
    return switch (failure.state()) {
      case INTERNAL_ERROR -> Optional.of(internal(failure));
      case DISK_FULL -> diskFull(failure, spilledBytes);
      default -> function(failure);
    };
  }

  private static Optional<FailureNotes> function(SqlException failure) {
    Matcher matcher = FUNCTION.matcher(failure.message());
    return matcher.matches()
        ? Optional.of(
            new FailureNotes(
                Incident.Kind.FUNCTION_MESSAGE,
                List.of(matcher.group(1), matcher.group(2), failure.detail().orElse(""))))
        : Optional.empty();
  }

  /// A schema's quota has the same state, but leaves room for others.
  private static Optional<FailureNotes> diskFull(SqlException failure, long spilledBytes) {
    return failure.message().contains("quota")
        ? Optional.empty()
        : Optional.of(
            new FailureNotes(
                Incident.Kind.DISK_FULL, List.of(Long.toString(spilledBytes >> BLOCK_SHIFT))));
  }

  /// Where the first of the causes was thrown.
  private static FailureNotes internal(SqlException failure) {
    Throwable origin = failure;
    while (origin.getCause() != null) {
      origin = origin.getCause();
    }
    StackTraceElement[] frames = origin.getStackTrace();
    String file = frames.length == 0 ? "" : frames[0].getFileName();
    return new FailureNotes(
        Incident.Kind.INTERNAL_ERROR,
        List.of(
            file == null ? "" : file,
            Integer.toString(frames.length == 0 ? 0 : Math.max(0, frames[0].getLineNumber())),
            failure.message()));
  }
}

package io.redward.server;

import io.redward.foundation.base.SqlException;
import java.io.IOException;

/// Failures in words a user can act on.
final class Failures {
  private Failures() {}

  static String describe(Throwable failure) {
    return switch (failure) {
      case SqlException e -> e.message() + e.hint().map(hint -> "\n  hint: " + hint).orElse("");
      case java.nio.file.AccessDeniedException e -> "no permission for " + e.getFile();
      case java.nio.file.NoSuchFileException e -> "no such file: " + e.getFile();
      case IOException e -> message(e);
      default -> failure.getClass().getSimpleName() + ": " + message(failure);
    };
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}

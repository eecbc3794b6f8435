package io.redward.load.columnar;

import org.jspecify.annotations.Nullable;

/// What is wrong with a file's bytes; becomes an error that names the file where that is known.
public final class MalformedFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  public MalformedFile(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  public String problem() {
    return problem;
  }

  /// What a file must have.
  public static <T> T required(@Nullable T part, String name) {
    if (part == null) {
      throw new MalformedFile(name + " is missing");
    }
    return part;
  }
}

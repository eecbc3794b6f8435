package io.redward.functions.user;

/// A body that cannot be made a function.
public final class BodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /// @param offset of the place in the body, in characters; negative if there is none
  public BodyException(String message, int offset) {
    super(message, null, false, false);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }

  /// Always present, unlike [#getMessage()].
  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}

package io.redward.storage.bytes;

/// Bytes that are not what the format says. Whoever knows which object they came from turns it into
/// an error that names it.
public class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedBytesException(String message) {
    super(message);
  }

  /// The message, always present.
  public String reason() {
    String message = getMessage();
    return message == null ? "malformed" : message;
  }
}

package io.redward.gateway.aws;

import java.util.Map;

/// A call that is answered with an error of the AWS JSON protocol.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient Map<String, String> members;

  private ApiException(int status, String type, String message, Map<String, String> members) {
    super(message);
    this.status = status;
    this.type = type;
    this.members = members;
  }

  public static ApiException validation(String message) {
    return new ApiException(400, "ValidationException", message, Map.of());
  }

  public static ApiException notFound(String message, String resource) {
    return new ApiException(
        400, "ResourceNotFoundException", message, Map.of("ResourceId", resource));
  }

  public static ApiException denied(String message) {
    return new ApiException(400, "AccessDeniedException", message, Map.of());
  }

  public static ApiException of(int status, String type, String message) {
    return new ApiException(status, type, message, Map.of());
  }

  public static ApiException ofStatement(String type, String message, String statementId) {
    return new ApiException(400, type, message, Map.of("StatementId", statementId));
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  /// Members of the answer beside type and message.
  public Map<String, String> members() {
    return members;
  }

  public String text() {
    String message = getMessage();
    return message == null ? type : message;
  }
}

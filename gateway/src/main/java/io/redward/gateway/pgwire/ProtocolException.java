package io.redward.gateway.pgwire;

import java.io.IOException;

/// The client broke the protocol so that the connection can't go on.
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}

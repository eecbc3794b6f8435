package io.redward.gateway.dataapi;

/// The life of a submitted statement.
enum StatementStatus {
  SUBMITTED,
  PICKED,
  STARTED,
  FINISHED,
  ABORTED,
  FAILED;

  boolean ended() {
    return this == FINISHED || this == ABORTED || this == FAILED;
  }
}

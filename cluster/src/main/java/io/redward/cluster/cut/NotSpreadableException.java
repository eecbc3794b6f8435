package io.redward.cluster.cut;

/// Says that a plan is one for the leader alone.
final class NotSpreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotSpreadableException(String reason) {
    super(reason, null, false, false);
  }
}

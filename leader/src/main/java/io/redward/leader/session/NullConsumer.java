package io.redward.leader.session;

/// Hears results nobody wants.
public enum NullConsumer implements QuietConsumer {
  INSTANCE
}

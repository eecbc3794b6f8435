package io.redward.runtime.segment;

import io.redward.foundation.base.CancelToken;

/// Looks at the cancel token from within the inner loops of generated code.
public final class Cancellation {
  private static final int MASK = (1 << 12) - 1;

  private Cancellation() {}

  /// Checks `token` in one round of some thousands.
  public static void poll(CancelToken token, int round) {
    if ((round & MASK) == 0) {
      token.check();
    }
  }
}

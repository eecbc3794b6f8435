package io.redward.leader.relational;

import io.redward.foundation.base.CancelToken;
import java.util.function.Supplier;

/// The cancel token of the statement that the current thread plans. Planning walks through the
/// algebra library's callbacks, which pass nothing of ours along; so the token is bound to the
/// thread, and whoever works on one operator or expression after another asks here.
public final class PlanningCancellation {
  private static final ScopedValue<CancelToken> TOKEN = ScopedValue.newInstance();

  private PlanningCancellation() {}

  /// Plans under a token.
  public static <T> T within(CancelToken token, Supplier<T> planning) {
    return ScopedValue.where(TOKEN, token).call(planning::get);
  }

  /// Throws the reason if the statement has been cancelled.
  public static void check() {
    if (TOKEN.isBound()) {
      TOKEN.get().check();
    }
  }
}

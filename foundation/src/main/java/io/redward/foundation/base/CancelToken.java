package io.redward.foundation.base;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells the workers of a query to stop. Polled once a work unit or batch, never per row.
/// Thread-safe; the first reason wins.
///
/// Work that takes long within a batch (sorting and encoding a rowset's rows, writing rows to disk)
/// is given no token; it asks for the one of its thread, [#checkCurrent()].
public final class CancelToken {
  private static final ScopedValue<CancelToken> CURRENT = ScopedValue.newInstance();

  private volatile @Nullable SqlException reason;

  /// Asks the query to stop with `reason` as its error.
  public void cancel(SqlException reason) {
    if (this.reason == null) {
      this.reason = reason;
    }
  }

  /// The token that the thread works under.
  public static Optional<CancelToken> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Throws the reason if what the thread works for has been cancelled.
  public static void checkCurrent() {
    if (CURRENT.isBound()) {
      CURRENT.get().check();
    }
  }

  /// Works under this token.
  public <T> T over(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /// Works under this token.
  public void within(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  public boolean canceled() {
    return reason != null;
  }

  /// Throws the reason if the query has been cancelled.
  public void check() {
    SqlException current = reason;
    if (current != null) {
      throw current;
    }
  }
}

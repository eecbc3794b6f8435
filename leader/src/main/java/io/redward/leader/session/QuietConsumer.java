package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import java.util.List;

/// A consumer that hears what it overrides and lets the rest go.
interface QuietConsumer extends ResultConsumer {
  @Override
  default void columns(List<ResultColumn> columns) {}

  @Override
  default void rows(Batch batch) {}

  @Override
  default void complete(String tag) {}

  @Override
  default void empty() {}

  @Override
  default void notice(String severity, String sqlState, String message) {}

  @Override
  default void parameterChanged(String name, String value) {}
}

package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import java.util.List;

/// Hears results nobody wants.
public enum NullConsumer implements ResultConsumer {
  INSTANCE;

  @Override
  public void columns(List<ResultColumn> columns) {}

  @Override
  public void rows(Batch batch) {}

  @Override
  public void complete(String tag) {}

  @Override
  public void empty() {}

  @Override
  public void notice(String severity, String sqlState, String message) {}

  @Override
  public void parameterChanged(String name, String value) {}
}

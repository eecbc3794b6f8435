package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchCopy;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Keeps what a statement answers back until its transaction has been committed, so that it can be
/// run again if that fails. Rows are those of RETURNING. A statement that has read from the client
/// is not run again.
final class HeldResults implements ResultConsumer {
  private final ResultConsumer client;
  private final List<Runnable> held = new ArrayList<>();
  private boolean leaked;

  HeldResults(ResultConsumer client) {
    this.client = client;
  }

  /// Whether the client has given anything.
  boolean leaked() {
    return leaked;
  }

  void release() {
    held.forEach(Runnable::run);
    held.clear();
  }

  @Override
  public void columns(List<ResultColumn> columns) {
    held.add(() -> client.columns(columns));
  }

  @Override
  public void rows(Batch batch) {
    Batch copy = BatchCopy.of(batch);
    held.add(() -> client.rows(copy));
  }

  @Override
  public InputStream copyIn(int columns) {
    leaked = true;
    return client.copyIn(columns);
  }

  @Override
  public void complete(String tag) {
    held.add(() -> client.complete(tag));
  }

  @Override
  public void empty() {
    held.add(client::empty);
  }

  @Override
  public void notice(String severity, String sqlState, String message) {
    held.add(() -> client.notice(severity, sqlState, message));
  }

  @Override
  public void parameterChanged(String name, String value) {
    held.add(() -> client.parameterChanged(name, value));
  }
}

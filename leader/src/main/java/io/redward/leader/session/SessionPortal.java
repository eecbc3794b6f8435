package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A statement bound to values. Asked for all rows at once it runs in the caller's thread and
/// writes straight to the client; asked for a portion it runs in a thread of its own behind a
/// [RowRelay].
final class SessionPortal implements Portal {
  /// Runs the statement to its end and gives rows and tag to `results`.
  interface Execution {
    void run(ResultConsumer results);
  }

  private final PreparedStatement prepared;
  private final Execution execution;
  private final Runnable cancel;
  private @Nullable RowRelay relay;
  private @Nullable Thread thread;
  private boolean ended;

  SessionPortal(PreparedStatement prepared, Execution execution, Runnable cancel) {
    this.prepared = prepared;
    this.execution = execution;
    this.cancel = cancel;
  }

  @Override
  public Prepared prepared() {
    return prepared;
  }

  @Override
  public boolean fetch(int maxRows, ResultConsumer results) {
    if (ended) {
      results.complete("SELECT 0");
      return true;
    }
    if (relay == null && (maxRows == 0 || prepared.columns().isEmpty())) {
      ended = true;
      execution.run(results);
      return true;
    }
    RowRelay open = relay == null ? start() : relay;
    Optional<String> tag = open.take(maxRows == 0 ? Integer.MAX_VALUE : maxRows, results);
    if (tag.isPresent()) {
      ended = true;
      results.complete(tag.get());
      return true;
    }
    return false;
  }

  private RowRelay start() {
    RowRelay open = new RowRelay();
    relay = open;
    thread =
        Thread.ofVirtual()
            .name("portal")
            .start(
                () -> {
                  try {
                    execution.run(new Relaying(open));
                  } catch (RuntimeException | Error e) {
                    open.fail(StatementFailure.of(e));
                  }
                });
    return open;
  }

  @Override
  public void close() {
    RowRelay open = relay;
    Thread running = thread;
    if (open != null && running != null && running.isAlive()) {
      open.close();
      cancel.run();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    ended = true;
  }

  /// Hands a result over to the thread that reads the portal.
  private record Relaying(RowRelay relay) implements QuietConsumer {
    @Override
    public void rows(Batch batch) {
      relay.accept(batch);
    }

    @Override
    public void complete(String tag) {
      relay.end(tag);
    }

    @Override
    public void empty() {
      relay.end("");
    }
  }
}

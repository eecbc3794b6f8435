package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.BatchCopy;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets a statement run on a thread of its own while a portal takes its rows in portions. Holds at
/// most a few batches, so that a slow reader holds execution back.
final class RowRelay implements BatchConsumer {
  private static final int HELD_BATCHES = 2;

  /// What comes over: rows, the end, or the error that ended the statement.
  private sealed interface Item {
    record Rows(Batch batch) implements Item {}

    record End(String tag) implements Item {}

    record Failure(SqlException error) implements Item {}
  }

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(HELD_BATCHES);
  private @Nullable Batch current;
  private int position;
  private @Nullable String tag;
  private volatile boolean closed;

  /// From the executing thread.
  @Override
  public void accept(Batch batch) {
    put(new Item.Rows(BatchCopy.of(batch)));
  }

  void end(String tag) {
    put(new Item.End(tag));
  }

  /// Whoever has closed the portal does not ask how the statement ended.
  void fail(SqlException error) {
    offer(new Item.Failure(error));
  }

  private void put(Item item) {
    if (!offer(item)) {
      throw new SqlException(SqlState.QUERY_CANCELED, "portal closed");
    }
  }

  /// Waits until there is room.
  ///
  /// @return false if the portal is closed
  private boolean offer(Item item) {
    try {
      while (!closed) {
        if (items.offer(item, 100, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// From the reading thread: passes on up to `maxRows` rows.
  ///
  /// @return the statement's tag if it has ended, empty if rows may follow
  Optional<String> take(int maxRows, ResultConsumer results) {
    int left = maxRows;
    while (left > 0) {
      Batch batch = current;
      if (batch == null) {
        if (!next()) {
          return Optional.ofNullable(tag);
        }
        continue;
      }
      int count = Math.min(left, batch.selectedCount - position);
      results.rows(BatchCopy.slice(batch, position, count));
      position += count;
      left -= count;
      if (position == batch.selectedCount) {
        current = null;
      }
    }
    return Optional.empty();
  }

  /// Makes the next batch current; false at the end.
  private boolean next() {
    if (tag != null) {
      return false;
    }
    try {
      switch (items.take()) {
        case Item.Rows rows -> {
          current = rows.batch();
          position = 0;
        }
        case Item.End end -> tag = end.tag();
        case Item.Failure failure -> throw failure.error();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.QUERY_CANCELED, "interrupted");
    }
    return tag == null;
  }

  /// Lets the executing thread go.
  void close() {
    closed = true;
    items.clear();
  }
}

package io.redward.compute.node;

import io.redward.compute.node.WorkSlots.Slot;
import io.redward.compute.step.BatchSink;
import io.redward.foundation.batch.Batch;
import io.redward.runtime.sort.TopRows;
import org.jspecify.annotations.Nullable;

/// One worker's end of a segment's output. Used by that worker's thread.
sealed interface WorkerOutput {
  /// The part of a state that the program fills.
  Object part();

  /// The batch that the program fills.
  default Batch batch() {
    throw new IllegalStateException("a state takes no batches");
  }

  /// Hands the batch on and empties it.
  default void flush() {
    throw new IllegalStateException("a state takes no batches");
  }

  /// Called after each batch of the source: true if the program must be replaced by a fresh one,
  /// because `part` is another now.
  default boolean afterBatch() {
    return false;
  }

  /// Says that the worker runs on `slot`.
  default void slot(Slot slot) {}

  /// A part of a state.
  record Part(Object part) implements WorkerOutput {}

  /// A part of a state that moves to disk when memory runs short.
  final class Movable implements WorkerOutput {
    private final StateOutput owner;
    private final StateSpill spill;
    private Object part;

    Movable(StateOutput owner, StateSpill spill, Object part) {
      this.owner = owner;
      this.spill = spill;
      this.part = part;
    }

    @Override
    public Object part() {
      return part;
    }

    @Override
    public boolean afterBatch() {
      if (!spill.due(part)) {
        return false;
      }
      Object next = spill.exchange(part);
      owner.replace(part, next);
      part = next;
      return true;
    }
  }

  /// The first rows of a sort.
  record Top(TopRows rows) implements WorkerOutput {
    @Override
    public Object part() {
      return rows.writer();
    }

    @Override
    public boolean afterBatch() {
      return rows.prune();
    }
  }

  /// Batches for the client or a table. While the client may keep the worker waiting, the worker's
  /// slot is lent to others.
  record Batches(Batch batch, BatchSink sink, BatchSink.Part end, SlotLoan loan)
      implements WorkerOutput {
    @Override
    public Object part() {
      throw new IllegalStateException("no state to fill");
    }

    @Override
    public void flush() {
      if (sink.waitsForClient()) {
        loan.release();
        try {
          end.accept(batch);
        } finally {
          loan.acquire();
        }
      } else {
        end.accept(batch);
      }
      batch.reset();
    }

    @Override
    public void slot(Slot slot) {
      loan.slot = slot;
    }
  }

  /// The slot of a worker that has one.
  final class SlotLoan {
    private @Nullable Slot slot;

    private void release() {
      if (slot != null) {
        slot.release();
      }
    }

    private void acquire() {
      if (slot != null) {
        slot.acquire();
      }
    }
  }
}

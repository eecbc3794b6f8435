package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.plan.step.Field;
import java.util.List;

/// Moves the parts of one state to disk while it is filled, and reads it back. Workers call `move`
/// for their own parts, several at once.
abstract sealed class StateSpill permits BufferSpill, GroupsSpill, BuildSpill {
  /// Fewer rows are not worth a trip.
  private static final long FEW_ROWS = 256;

  private final QueryMemory memory;
  private final long threshold;
  private volatile boolean used;

  StateSpill(QueryMemory memory) {
    this.memory = memory;
    threshold = memory.threshold();
  }

  QueryMemory memory() {
    return memory;
  }

  /// Whether memory is short and moving this part would help.
  final boolean due(Object part) {
    return memory.budget().usedBytes() > threshold && rows(part) >= FEW_ROWS;
  }

  /// Whether anything has been moved.
  final boolean used() {
    return used;
  }

  /// Writes a part's rows away, gives its memory back, and makes a new part.
  final Object exchange(Object part) {
    used = true;
    move(part);
    return newPart();
  }

  /// Moves what is left when the workers have ended.
  final void finish(List<Object> parts) {
    parts.forEach(this::move);
  }

  abstract long rows(Object part);

  abstract void move(Object part);

  abstract Object newPart();

  /// The state's rows.
  abstract BatchSource source(List<Field> fields);
}

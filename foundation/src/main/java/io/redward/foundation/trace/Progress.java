package io.redward.foundation.trace;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How far a statement's execution has come. Written by the threads that carry it out, read by
/// others while they do.
public final class Progress {
  /// The segment at work.
  ///
  /// @param number of the segment among those of the plan, from 1
  /// @param segments of the plan
  /// @param units pieces its source is cut into
  /// @param unitsTaken of them so far
  /// @param startNanos as `System.nanoTime` gives it
  public record Step(
      int number,
      int segments,
      int stream,
      int segment,
      String label,
      int units,
      IntSupplier unitsTaken,
      long startNanos) {}

  /// The execution's place among those that want to use the machine.
  ///
  /// @param position how many are before it while none of its workers may work; -1 while one may,
  ///     or none wants to
  /// @param waitedNanos how long it has had to wait so far
  public record Turn(IntSupplier position, LongSupplier waitedNanos) {}

  /// Bytes that the execution holds and has spilled.
  public record Memory(LongSupplier held, LongSupplier spilled) {}

  /// A segment that is at work, or has been.
  ///
  /// @param sourceRows rows that have left its source
  /// @param sinkRows rows that have reached its sink
  /// @param bytesRead bytes of blocks that its source has asked storage for
  /// @param bytes what the sink keeps, known once the segment has ended
  public record Tally(
      int stream,
      int segment,
      long sourceRows,
      long sinkRows,
      long bytesRead,
      long bytes,
      long nanos,
      boolean active) {}

  private static final Step NONE = new Step(0, 0, 0, 0, "", 0, () -> 0, 0);

  private static final Turn NO_TURN = new Turn(() -> -1, () -> 0);

  private final LongAdder rows = new LongAdder();
  private volatile Step step = NONE;
  private volatile Memory memory = new Memory(() -> 0, () -> 0);
  private volatile Turn turn = NO_TURN;
  private volatile Supplier<List<Tally>> tallies = List::of;
  private volatile LongSupplier nanosLeft = () -> -1;
  private final LongAdder waitedBefore = new LongAdder();

  /// An execution begins elsewhere, whose segments are not known here.
  public void begin(Memory memory, Turn turn) {
    begin(memory, turn, List::of, () -> -1);
  }

  /// An execution begins.
  ///
  /// @param tallies asked by other threads
  /// @param nanosLeft how long it may go on, -1 while that is not known; asked by other threads
  public void begin(
      Memory memory, Turn turn, Supplier<List<Tally>> tallies, LongSupplier nanosLeft) {
    this.nanosLeft = nanosLeft;
    this.memory = memory;
    this.turn = turn;
    this.tallies = tallies;
    step = NONE;
    rows.reset();
  }

  /// A segment begins, or another pass of it.
  public void at(Step step) {
    this.step = step;
  }

  /// So many rows more came out of a source.
  public void read(long more) {
    rows.add(more);
  }

  /// The execution has ended.
  public void end() {
    step = NONE;
    memory = new Memory(() -> 0, () -> 0);
    waitedBefore.add(turn.waitedNanos().getAsLong());
    turn = NO_TURN;
    tallies = List::of;
    nanosLeft = () -> -1;
  }

  /// How long the execution may go on, -1 where that is not known.
  public long nanosLeft() {
    return nanosLeft.getAsLong();
  }

  /// The segments of the execution so far, in the order in which they began.
  public List<Tally> tallies() {
    return tallies.get();
  }

  /// How many are before it in the line, -1 if it does not wait.
  public int position() {
    return turn.position().getAsInt();
  }

  /// How long it has waited for its turn, all executions together.
  public long waitedNanos() {
    return waitedBefore.sum() + turn.waitedNanos().getAsLong();
  }

  /// The segment at work; its number is 0 if none is.
  public Step step() {
    return step;
  }

  public long rowsRead() {
    return rows.sum();
  }

  public Memory memory() {
    return memory;
  }
}
